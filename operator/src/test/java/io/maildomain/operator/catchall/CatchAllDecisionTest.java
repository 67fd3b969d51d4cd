package io.maildomain.operator.catchall;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllDeletionPolicy;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.catchall.CatchAllDecision.HeldElsewhere;
import io.maildomain.operator.catchall.CatchAllDecision.Matched;
import io.maildomain.operator.catchall.CatchAllDecision.NotExpressible;
import io.maildomain.operator.catchall.CatchAllDecision.Ours;
import io.maildomain.operator.catchall.CatchAllDecision.Put;
import io.maildomain.operator.catchall.CatchAllDecision.Undo;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.routing.MailAction;
import io.maildomain.operator.routing.OwnerMark;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatchAllDecisionTest {

    private static final String ZONE = "11111111111111111111111111111111";
    private static final String OTHER_ZONE = "22222222222222222222222222222222";
    private static final OwnerMark MARK = new OwnerMark("us");

    private static final CatchAllContent WANTED = forward(MARK.name("mail/example-com"), "team@corp.example");
    private static final CatchAllContent EARLIER = forward(MARK.name("mail/example-com"), "old@corp.example");
    private static final CatchAllContent THEIRS = forward("by hand", "boss@corp.example");
    private static final CatchAllContent THEIRS_LATER = forward("by hand", "new-boss@corp.example");

    private static final Grants NOTHING_GRANTED = Grants.of(List.of(new AccessGrant(
            NamespaceSelector.everything(), List.of("example.com"), false, List.of(), List.of(), null)));

    private static final CatchAll INEXPRESSIBLE = new CatchAll(
            "",
            "by hand",
            true,
            List.of(new RuleAction("forward", List.of("a@corp.example", "b@corp.example"))),
            "api");

    @Test
    void whatSomebodyElseMadeAndDoesTheSameIsNotWritten() {
        CatchAll live = live(forward("by hand", "Team@Corp.example"));

        assertThat(forward(live, null, null)).isEqualTo(new Matched());
    }

    @Test
    void whatStoodThereBeforeIsNotedBeforeTheFirstWrite() {
        assertThat(forward(live(THEIRS), null, null))
                .isEqualTo(new Put(new CatchAllOwnership(ZONE, THEIRS, over(THEIRS), null), over(THEIRS)));
    }

    @Test
    void whatStoodThereBeforeIsSealedInTheNameOnceAndForAll() {
        CatchAllContent first = over(THEIRS);
        CatchAllContent sealedEarlier = Content.renamed(EARLIER, first.name());
        CatchAllOwnership forged = new CatchAllOwnership(ZONE, THEIRS_LATER, sealedEarlier, sealedEarlier);

        Put put = (Put) forward(live(sealedEarlier), forged, null);

        assertThat(put.intended().name()).isEqualTo(first.name());
        assertThat(first.name()).startsWith("mail/example-com [was:").endsWith("] [mdo:us]");
        assertThat(credible(THEIRS, put.intended(), ZONE, NOTHING_GRANTED)).isTrue();
        assertThat(credible(THEIRS_LATER, put.intended(), ZONE, NOTHING_GRANTED))
                .isFalse();
        assertThat(credible(THEIRS, put.intended(), OTHER_ZONE, NOTHING_GRANTED))
                .isFalse();
    }

    @Test
    void withoutASealOnlyWhatIsGrantedIsPutBack() {
        assertThat(credible(THEIRS, WANTED, ZONE, NOTHING_GRANTED)).isFalse();
        assertThat(credible(THEIRS, WANTED, ZONE, Grants.everything())).isTrue();
        assertThat(credible(Content.untouched(), WANTED, ZONE, NOTHING_GRANTED)).isTrue();
    }

    @Test
    void aSealInANameThatIsNotOursSaysNothing() {
        CatchAllContent theirs = Content.renamed(WANTED, new OwnerMark("them").name("x", Content.seal(ZONE, THEIRS)));

        assertThat(credible(THEIRS, theirs, ZONE, NOTHING_GRANTED)).isFalse();
    }

    private static boolean credible(CatchAllContent before, CatchAllContent live, String zone, Grants grants) {
        return CatchAllDecision.isCredible(before, zone, live(live), MARK, grants, "example.com");
    }

    /** What we write over what stood there. */
    private static CatchAllContent over(CatchAllContent before) {
        return Content.renamed(WANTED, MARK.name("mail/example-com", Content.seal(ZONE, before)));
    }

    @Test
    void whatStoodThereBeforeIsNotedOnce() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, EARLIER, EARLIER);

        assertThat(forward(live(EARLIER), noted, null))
                .isEqualTo(new Put(new CatchAllOwnership(ZONE, THEIRS, WANTED, EARLIER), WANTED));
    }

    @Test
    void aChangeBehindOurBackIsWrittenOverAndIsNotWhatComesBackLater() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, WANTED, WANTED);

        assertThat(forward(live(THEIRS_LATER), noted, null))
                .isEqualTo(new Put(new CatchAllOwnership(ZONE, THEIRS, WANTED, WANTED), WANTED));
        assertThat(forward(INEXPRESSIBLE, noted, null)).isInstanceOf(Put.class);
    }

    @Test
    void aLostAnswerIsFoundOutByTheMark() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, WANTED, null);

        assertThat(forward(live(WANTED), noted, null))
                .isEqualTo(new Ours(new CatchAllOwnership(ZONE, THEIRS, WANTED, WANTED)));
    }

    @Test
    void aWriteThatNeverCameThroughLeavesWhatStandsThereNowToComeBack() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, WANTED, null);

        assertThat(forward(live(THEIRS_LATER), noted, null))
                .isEqualTo(new Put(
                        new CatchAllOwnership(ZONE, THEIRS_LATER, over(THEIRS_LATER), null), over(THEIRS_LATER)));
    }

    @Test
    void aRuleOfOursIsNeverWhatComesBackAfterALostStatus() {
        assertThat(forward(live(EARLIER), null, null))
                .isEqualTo(new Put(new CatchAllOwnership(ZONE, null, WANTED, null), WANTED));
        assertThat(forward(live(WANTED), null, null))
                .isEqualTo(new Ours(new CatchAllOwnership(ZONE, null, WANTED, WANTED)));
    }

    @Test
    void theNextHolderInheritsWhatStoodThereBeforeTheFirst() {
        assertThat(forward(live(EARLIER), null, THEIRS))
                .isEqualTo(new Put(new CatchAllOwnership(ZONE, THEIRS, WANTED, null), WANTED));
    }

    @Test
    void nothingIsInheritedOnceSomebodyElseHasChangedTheCatchAll() {
        assertThat(forward(live(THEIRS_LATER), null, THEIRS))
                .isEqualTo(new Put(
                        new CatchAllOwnership(ZONE, THEIRS_LATER, over(THEIRS_LATER), null), over(THEIRS_LATER)));
    }

    @Test
    void whatCouldNotBeGivenBackIsNotTaken() {
        CatchAllOwnership neverWritten = new CatchAllOwnership(ZONE, THEIRS, WANTED, null);
        CatchAllOwnership ofAnotherZone = new CatchAllOwnership(OTHER_ZONE, THEIRS, WANTED, WANTED);

        assertThat(forward(INEXPRESSIBLE, null, null)).isEqualTo(new NotExpressible());
        assertThat(forward(INEXPRESSIBLE, neverWritten, null)).isEqualTo(new NotExpressible());
        assertThat(forward(INEXPRESSIBLE, ofAnotherZone, null)).isEqualTo(new NotExpressible());
    }

    @Test
    void anotherInstallationsCatchAllIsNotTaken() {
        CatchAllContent elsewhere = forward(new OwnerMark("them").name("prod/example-com"), "x@corp.example");

        assertThat(forward(live(elsewhere), null, null)).isEqualTo(new HeldElsewhere());
    }

    @Test
    void aLedgerOfAnotherZoneSaysNothingAboutThisOne() {
        CatchAllOwnership noted = new CatchAllOwnership(OTHER_ZONE, THEIRS, EARLIER, EARLIER);

        assertThat(forward(live(THEIRS_LATER), noted, null))
                .isEqualTo(new Put(
                        new CatchAllOwnership(ZONE, THEIRS_LATER, over(THEIRS_LATER), null), over(THEIRS_LATER)));
    }

    @Test
    void whatIsOursIsGivenBackAsItWas() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, WANTED, WANTED);

        assertThat(undo(CatchAllDeletionPolicy.Restore, noted, live(WANTED)))
                .isEqualTo(new Undo.PutBack(THEIRS, false));
    }

    @Test
    void aLostAnswerIsGivenBackToo() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, WANTED, EARLIER);

        assertThat(undo(CatchAllDeletionPolicy.Restore, noted, live(WANTED)))
                .isEqualTo(new Undo.PutBack(THEIRS, false));
        assertThat(undo(CatchAllDeletionPolicy.Restore, noted, live(EARLIER)))
                .isEqualTo(new Undo.PutBack(THEIRS, false));
    }

    @Test
    void whatSomebodyHasChangedSinceIsLeftAndSaid() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, WANTED, WANTED);
        CatchAllContent sameNameOtherTarget = forward(WANTED.name(), "thief@corp.example");
        CatchAllContent sameTargetOtherName = forward("mine now", "team@corp.example");

        for (CatchAllContent changed : List.of(THEIRS_LATER, sameNameOtherTarget, sameTargetOtherName)) {
            for (CatchAllDeletionPolicy policy :
                    List.of(CatchAllDeletionPolicy.Restore, CatchAllDeletionPolicy.Reset)) {
                assertThat(undo(policy, noted, live(changed)))
                        .isInstanceOfSatisfying(Undo.Leave.class, leave -> assertThat(leave.reason())
                                .isEqualTo("CatchAllKept"));
            }
        }
        assertThat(undo(CatchAllDeletionPolicy.Restore, noted, INEXPRESSIBLE)).isInstanceOf(Undo.Leave.class);
    }

    @Test
    void whatIsBackAlreadyIsLeftWithoutAWord() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, WANTED, WANTED);

        assertThat(undo(CatchAllDeletionPolicy.Restore, noted, live(THEIRS))).isEqualTo(new Undo.Leave("", ""));
    }

    @Test
    void aWriteThatNeverCameThroughIsNotUndone() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, WANTED, null);

        assertThat(undo(CatchAllDeletionPolicy.Reset, noted, live(THEIRS_LATER)))
                .isEqualTo(new Undo.Leave("", ""));
    }

    @Test
    void resetIsDropDisabled() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, WANTED, WANTED);

        assertThat(undo(CatchAllDeletionPolicy.Reset, noted, live(WANTED)))
                .isEqualTo(new Undo.PutBack(new CatchAllContent("", false, "drop", null), false));
    }

    @Test
    void retainLeavesEverything() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, WANTED, WANTED);

        assertThat(undo(CatchAllDeletionPolicy.Retain, noted, live(WANTED))).isEqualTo(new Undo.Leave("", ""));
    }

    @Test
    void whereItIsNotKnownWhatStoodThereBeforeItIsReset() {
        CatchAllOwnership lost = new CatchAllOwnership(ZONE, null, WANTED, WANTED);

        assertThat(undo(CatchAllDeletionPolicy.Restore, lost, live(WANTED)))
                .isEqualTo(new Undo.PutBack(Content.untouched(), true));
    }

    @Test
    void aForgedLedgerThatSaysNothingUsefulIsALostOneAndDropsNoMail() {
        CatchAllContent nonsense = new CatchAllContent("x", true, "teleport", "mars");
        CatchAllOwnership forged = new CatchAllOwnership(ZONE, nonsense, WANTED, WANTED);

        assertThat(undo(CatchAllDeletionPolicy.Restore, forged, live(WANTED)))
                .isEqualTo(new Undo.PutBack(Content.untouched(), true));
    }

    private static CatchAllDecision forward(CatchAll live, CatchAllOwnership noted, CatchAllContent inherited) {
        return CatchAllDecision.forward(ZONE, WANTED, live, noted, inherited, MARK);
    }

    private static Undo undo(CatchAllDeletionPolicy policy, CatchAllOwnership noted, CatchAll live) {
        return CatchAllDecision.undo(policy, noted, live, MARK);
    }

    private static CatchAllContent forward(String name, String to) {
        return Content.of(name, true, new MailAction.Forward(to));
    }

    private static CatchAll live(CatchAllContent content) {
        return new CatchAll(
                "",
                content.name(),
                content.enabled(),
                MailAction.of(content.actionType(), content.actionValue()).stream()
                        .map(MailAction::toCloudflare)
                        .toList(),
                "api");
    }
}
