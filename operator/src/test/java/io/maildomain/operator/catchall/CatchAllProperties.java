package io.maildomain.operator.catchall;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllDeletionPolicy;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.operator.catchall.CatchAllDecision.Ours;
import io.maildomain.operator.catchall.CatchAllDecision.Put;
import io.maildomain.operator.catchall.CatchAllDecision.Undo;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.CatchAllDraft;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.routing.MailAction;
import io.maildomain.operator.routing.OwnerMark;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every catch-all, every ledger and every wish. */
class CatchAllProperties {

    private static final String ZONE = "11111111111111111111111111111111";
    private static final OwnerMark MARK = new OwnerMark("us");

    @Property(tries = 500)
    void onceWrittenThereIsNothingMoreToWrite(
            @ForAll("wishes") CatchAllContent wanted,
            @ForAll("catchAlls") CatchAll live,
            @ForAll("ledgers") List<CatchAllOwnership> ledger) {
        CatchAllDecision decision = decide(wanted, live, first(ledger));
        if (decision instanceof Put put) {
            CatchAllOwnership noted = put.ownership();
            assertThat(Content.same(put.intended(), wanted)).isTrue();
            // Its name may carry the seal of what was there before, besides what is asked for.
            assertThat(decide(wanted, written(put.intended()), noted))
                    .isEqualTo(new Ours(new CatchAllOwnership(ZONE, noted.previous(), put.intended(), put.intended())));
        }
    }

    @Property(tries = 500)
    void whatIsNotedAsBeforeUsIsNeverOurs(
            @ForAll("wishes") CatchAllContent wanted, @ForAll("catchAlls") CatchAll live) {
        CatchAllOwnership noted = ownership(decide(wanted, live, null));
        if (noted != null && noted.previous() != null) {
            assertThat(MARK.isOn(noted.previous().name())).isFalse();
        }
    }

    @Property(tries = 500)
    void whoTakesACatchAllGivesItBackAsItWas(
            @ForAll("wishes") CatchAllContent wanted, @ForAll("catchAlls") CatchAll before) {
        if (MARK.isOn(before.name()) || !(decide(wanted, before, null) instanceof Put put)) {
            return;
        }
        Undo undo =
                CatchAllDecision.undo(CatchAllDeletionPolicy.Restore, put.ownership(), written(put.intended()), MARK);

        assertThat(undo).isInstanceOfSatisfying(Undo.PutBack.class, back -> {
            CatchAllDraft draft = Content.draft(back.content());
            assertThat(draft).isEqualTo(new CatchAllDraft(before.name(), before.enabled(), before.actions()));
        });
    }

    @Property(tries = 500)
    void undoingTouchesNothingWithoutOurMark(
            @ForAll("catchAlls") CatchAll live,
            @ForAll("ledgers") List<CatchAllOwnership> ledger,
            @ForAll CatchAllDeletionPolicy policy) {
        if (ledger.isEmpty() || MARK.isOn(live.name())) {
            return;
        }
        assertThat(CatchAllDecision.undo(policy, ledger.get(0), live, MARK)).isInstanceOf(Undo.Leave.class);
    }

    @Provide
    Arbitrary<CatchAllContent> wishes() {
        Arbitrary<MailAction> actions = Arbitraries.of(
                new MailAction.Forward("team@corp.example"),
                new MailAction.Forward("boss@corp.example"),
                new MailAction.Worker("mailbox-worker"),
                new MailAction.Drop());
        return Combinators.combine(actions, Arbitraries.of(true, false))
                .as((action, enabled) -> Content.of(MARK.name("mail/example-com"), enabled, action));
    }

    @Provide
    Arbitrary<CatchAll> catchAlls() {
        Arbitrary<String> names = Arbitraries.of(
                "",
                "by hand",
                MARK.name("mail/example-com"),
                MARK.name("mail/another"),
                new OwnerMark("them").name("mail/example-com"));
        Arbitrary<List<RuleAction>> actions = Arbitraries.of(
                List.of(new RuleAction("forward", List.of("team@corp.example"))),
                List.of(new RuleAction("forward", List.of("boss@corp.example"))),
                List.of(new RuleAction("worker", List.of("mailbox-worker"))),
                List.of(new RuleAction("drop", List.of())),
                List.of(new RuleAction("forward", List.of("a@corp.example", "b@corp.example"))),
                List.of(new RuleAction("drop", List.of()), new RuleAction("worker", List.of("w"))),
                List.of());
        return Combinators.combine(names, Arbitraries.of(true, false), actions)
                .as((name, enabled, action) -> new CatchAll("", name, enabled, action, "api"));
    }

    @Provide
    Arbitrary<List<CatchAllOwnership>> ledgers() {
        Arbitrary<CatchAllContent> contents = Arbitraries.of(
                Content.untouched(),
                new CatchAllContent("by hand", true, "forward", "boss@corp.example"),
                new CatchAllContent(MARK.name("mail/example-com"), true, "worker", "mailbox-worker"));
        return Combinators.combine(
                        Arbitraries.of(ZONE, "22222222222222222222222222222222"),
                        contents.injectNull(0.3),
                        contents.injectNull(0.3),
                        contents.injectNull(0.3))
                .as(CatchAllOwnership::new)
                .list()
                .ofMaxSize(1);
    }

    private static CatchAllDecision decide(CatchAllContent wanted, CatchAll live, CatchAllOwnership noted) {
        return CatchAllDecision.forward(ZONE, wanted, live, noted, null, MARK);
    }

    private static CatchAllOwnership first(List<CatchAllOwnership> ledger) {
        return ledger.isEmpty() ? null : ledger.get(0);
    }

    private static CatchAllOwnership ownership(CatchAllDecision decision) {
        if (decision instanceof Put put) {
            return put.ownership();
        }
        return decision instanceof Ours ours ? ours.ownership() : null;
    }

    private static CatchAll written(CatchAllContent content) {
        CatchAllDraft draft = Content.draft(content);
        return new CatchAll("", draft.name(), draft.enabled(), draft.actions(), "api");
    }
}
