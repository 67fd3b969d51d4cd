package io.maildomain.operator.controller.catchall;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllDeletionPolicy;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.CatchAllDraft;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Cleanup;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Ours;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Put;
import io.maildomain.operator.controller.catchall.plan.Content;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every catch-all, every ownership record and every wish. */
class CatchAllProperties {

    private static final String ZONE = "11111111111111111111111111111111";
    private static final OwnerMark MARK = new OwnerMark("us");

    @Property(tries = 500)
    void onceWrittenThereIsNothingMoreToWrite(
            @ForAll("wishes") CatchAllContent desired,
            @ForAll("catchAlls") CatchAll live,
            @ForAll("ownershipRecords") List<CatchAllOwnership> ownership) {
        CatchAllDecision decision = decide(desired, live, first(ownership));
        if (decision instanceof Put put) {
            CatchAllOwnership noted = put.ownership();
            assertThat(Content.same(put.intended(), desired)).isTrue();
            // Its name may carry the seal of what was there before, besides what is asked for.
            assertThat(decide(desired, written(put.intended()), noted))
                    .isEqualTo(new Ours(new CatchAllOwnership(ZONE, noted.previous(), put.intended(), put.intended())));
        }
    }

    @Property(tries = 500)
    void whatIsNotedAsBeforeUsIsNeverOurs(
            @ForAll("wishes") CatchAllContent desired, @ForAll("catchAlls") CatchAll live) {
        CatchAllOwnership noted = ownership(decide(desired, live, null));
        if (noted != null && noted.previous() != null) {
            assertThat(MARK.isOn(noted.previous().name())).isFalse();
        }
    }

    @Property(tries = 500)
    void whoTakesACatchAllGivesItBackAsItWas(
            @ForAll("wishes") CatchAllContent desired, @ForAll("catchAlls") CatchAll before) {
        if (MARK.isOn(before.name()) || !(decide(desired, before, null) instanceof Put put)) {
            return;
        }
        Cleanup cleanup = CatchAllDecision.cleanup(
                CatchAllDeletionPolicy.Restore, put.ownership(), written(put.intended()), MARK);

        assertThat(cleanup).isInstanceOfSatisfying(Cleanup.PutBack.class, back -> {
            CatchAllDraft draft = Content.draft(back.content());
            assertThat(draft).isEqualTo(new CatchAllDraft(before.name(), before.enabled(), before.actions()));
        });
    }

    @Property(tries = 500)
    void undoingTouchesNothingWithoutOurMark(
            @ForAll("catchAlls") CatchAll live,
            @ForAll("ownershipRecords") List<CatchAllOwnership> ownership,
            @ForAll CatchAllDeletionPolicy policy) {
        if (ownership.isEmpty() || MARK.isOn(live.name())) {
            return;
        }
        assertThat(CatchAllDecision.cleanup(policy, ownership.get(0), live, MARK))
                .isInstanceOf(Cleanup.Leave.class);
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
    Arbitrary<List<CatchAllOwnership>> ownershipRecords() {
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

    private static CatchAllDecision decide(CatchAllContent desired, CatchAll live, CatchAllOwnership noted) {
        return CatchAllDecision.forward(ZONE, desired, live, noted, null, MARK);
    }

    private static CatchAllOwnership first(List<CatchAllOwnership> ownership) {
        return ownership.isEmpty() ? null : ownership.get(0);
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
