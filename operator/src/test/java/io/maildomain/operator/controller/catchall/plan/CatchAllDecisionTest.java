package io.maildomain.operator.controller.catchall.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllDeletionPolicy;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Cleanup;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.HeldElsewhere;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Matched;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.NotExpressible;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.NotTaken;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Ours;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Put;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatchAllDecisionTest {

    private static final String ZONE = "11111111111111111111111111111111";
    private static final String OTHER_ZONE = "22222222222222222222222222222222";
    private static final OwnerMark MARK = new OwnerMark("us");

    private static final CatchAllContent DESIRED = forward(MARK.name("mail/example-com"), "team@corp.example");
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
        assertThat(credible(THEIRS, DESIRED, ZONE, NOTHING_GRANTED)).isFalse();
        assertThat(credible(THEIRS, DESIRED, ZONE, Grants.everything())).isTrue();
        assertThat(credible(Content.untouched(), DESIRED, ZONE, NOTHING_GRANTED))
                .isTrue();
    }

    @Test
    void aSealInANameThatIsNotOursSaysNothing() {
        CatchAllContent theirs = Content.renamed(DESIRED, new OwnerMark("them").name("x", Content.seal(ZONE, THEIRS)));

        assertThat(credible(THEIRS, theirs, ZONE, NOTHING_GRANTED)).isFalse();
    }

    private static boolean credible(CatchAllContent before, CatchAllContent live, String zone, Grants grants) {
        return CatchAllDecision.isCredible(before, zone, live(live), MARK, grants, "example.com");
    }

    /** What we write over what stood there. */
    private static CatchAllContent over(CatchAllContent before) {
        return Content.renamed(DESIRED, MARK.name("mail/example-com", Content.seal(ZONE, before)));
    }

    @Test
    void whatStoodThereBeforeIsNotedOnce() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, EARLIER, EARLIER);

        assertThat(forward(live(EARLIER), noted, null))
                .isEqualTo(new Put(new CatchAllOwnership(ZONE, THEIRS, DESIRED, EARLIER), DESIRED));
    }

    @Test
    void aChangeBehindOurBackIsWrittenOverAndIsNotWhatComesBackLater() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, DESIRED);

        assertThat(forward(live(THEIRS_LATER), noted, null))
                .isEqualTo(new Put(new CatchAllOwnership(ZONE, THEIRS, DESIRED, DESIRED), DESIRED));
        assertThat(forward(INEXPRESSIBLE, noted, null)).isInstanceOf(Put.class);
    }

    @Test
    void aWriteWhoseAnswerWasAnErrorIsMadeAgain() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, EARLIER);

        assertThat(forward(live(EARLIER), noted, null)).isEqualTo(new Put(noted, DESIRED));
    }

    @Test
    void aWriteThatWasConfirmedAndIsKeptDisabledIsNotMadeAgain() {
        CatchAllContent kept = disabled(DESIRED);
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, kept);

        assertThat(forward(live(kept), noted, null)).isEqualTo(new NotTaken(noted));
    }

    @Test
    void whatSomebodyHasSwitchedOffSinceIsSwitchedOnAgain() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, DESIRED);

        assertThat(forward(live(disabled(DESIRED)), noted, null)).isEqualTo(new Put(noted, DESIRED));
    }

    @Test
    void anotherActionThatIsKeptDisabledSaysNothingAboutTheOneThatIsWantedNow() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, disabled(EARLIER));

        assertThat(forward(live(disabled(EARLIER)), noted, null)).isEqualTo(new Put(noted, DESIRED));
    }

    @Test
    void aLostAnswerIsFoundOutByTheMark() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, null);

        assertThat(forward(live(DESIRED), noted, null))
                .isEqualTo(new Ours(new CatchAllOwnership(ZONE, THEIRS, DESIRED, DESIRED)));
    }

    @Test
    void aWriteThatNeverCameThroughLeavesWhatStandsThereNowToComeBack() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, null);

        assertThat(forward(live(THEIRS_LATER), noted, null))
                .isEqualTo(new Put(
                        new CatchAllOwnership(ZONE, THEIRS_LATER, over(THEIRS_LATER), null), over(THEIRS_LATER)));
    }

    @Test
    void aRuleOfOursIsNeverWhatComesBackAfterALostStatus() {
        assertThat(forward(live(EARLIER), null, null))
                .isEqualTo(new Put(new CatchAllOwnership(ZONE, null, DESIRED, null), DESIRED));
        assertThat(forward(live(DESIRED), null, null))
                .isEqualTo(new Ours(new CatchAllOwnership(ZONE, null, DESIRED, DESIRED)));
    }

    @Test
    void theNextHolderInheritsWhatStoodThereBeforeTheFirst() {
        assertThat(forward(live(EARLIER), null, THEIRS))
                .isEqualTo(new Put(new CatchAllOwnership(ZONE, THEIRS, DESIRED, null), DESIRED));
    }

    @Test
    void nothingIsInheritedOnceSomebodyElseHasChangedTheCatchAll() {
        assertThat(forward(live(THEIRS_LATER), null, THEIRS))
                .isEqualTo(new Put(
                        new CatchAllOwnership(ZONE, THEIRS_LATER, over(THEIRS_LATER), null), over(THEIRS_LATER)));
    }

    @Test
    void whatCouldNotBeGivenBackIsNotTaken() {
        CatchAllOwnership neverWritten = new CatchAllOwnership(ZONE, THEIRS, DESIRED, null);
        CatchAllOwnership ofAnotherZone = new CatchAllOwnership(OTHER_ZONE, THEIRS, DESIRED, DESIRED);

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
    void anOwnershipRecordOfAnotherZoneSaysNothingAboutThisOne() {
        CatchAllOwnership noted = new CatchAllOwnership(OTHER_ZONE, THEIRS, EARLIER, EARLIER);

        assertThat(forward(live(THEIRS_LATER), noted, null))
                .isEqualTo(new Put(
                        new CatchAllOwnership(ZONE, THEIRS_LATER, over(THEIRS_LATER), null), over(THEIRS_LATER)));
    }

    @Test
    void whatIsOursIsGivenBackAsItWas() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, DESIRED);

        assertThat(cleanup(CatchAllDeletionPolicy.Restore, noted, live(DESIRED)))
                .isEqualTo(new Cleanup.PutBack(THEIRS, false));
    }

    @Test
    void aLostAnswerIsGivenBackToo() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, EARLIER);

        assertThat(cleanup(CatchAllDeletionPolicy.Restore, noted, live(DESIRED)))
                .isEqualTo(new Cleanup.PutBack(THEIRS, false));
        assertThat(cleanup(CatchAllDeletionPolicy.Restore, noted, live(EARLIER)))
                .isEqualTo(new Cleanup.PutBack(THEIRS, false));
    }

    @Test
    void whatSomebodyHasChangedSinceIsLeftAndSaid() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, DESIRED);
        CatchAllContent sameNameOtherTarget = forward(DESIRED.name(), "thief@corp.example");
        CatchAllContent sameTargetOtherName = forward("mine now", "team@corp.example");

        for (CatchAllContent changed : List.of(THEIRS_LATER, sameNameOtherTarget, sameTargetOtherName)) {
            for (CatchAllDeletionPolicy policy :
                    List.of(CatchAllDeletionPolicy.Restore, CatchAllDeletionPolicy.Reset)) {
                assertThat(cleanup(policy, noted, live(changed)))
                        .isInstanceOfSatisfying(Cleanup.Leave.class, leave -> assertThat(leave.why())
                                .contains("it is left as it is"));
            }
        }
        assertThat(cleanup(CatchAllDeletionPolicy.Restore, noted, INEXPRESSIBLE))
                .isInstanceOf(Cleanup.Leave.class);
    }

    @Test
    void whatIsBackAlreadyIsLeftWithoutAWord() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, DESIRED);

        assertThat(cleanup(CatchAllDeletionPolicy.Restore, noted, live(THEIRS))).isEqualTo(new Cleanup.Leave(""));
    }

    @Test
    void aWriteThatNeverCameThroughIsNotUndone() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, null);

        assertThat(cleanup(CatchAllDeletionPolicy.Reset, noted, live(THEIRS_LATER)))
                .isEqualTo(new Cleanup.Leave(""));
    }

    @Test
    void resetIsDropDisabled() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, DESIRED);

        assertThat(cleanup(CatchAllDeletionPolicy.Reset, noted, live(DESIRED)))
                .isEqualTo(new Cleanup.PutBack(new CatchAllContent("", false, "drop", null), false));
    }

    @Test
    void retainLeavesEverything() {
        CatchAllOwnership noted = new CatchAllOwnership(ZONE, THEIRS, DESIRED, DESIRED);

        assertThat(cleanup(CatchAllDeletionPolicy.Retain, noted, live(DESIRED))).isEqualTo(new Cleanup.Leave(""));
    }

    @Test
    void whereItIsNotKnownWhatStoodThereBeforeItIsReset() {
        CatchAllOwnership lost = new CatchAllOwnership(ZONE, null, DESIRED, DESIRED);

        assertThat(cleanup(CatchAllDeletionPolicy.Restore, lost, live(DESIRED)))
                .isEqualTo(new Cleanup.PutBack(Content.untouched(), true));
    }

    @Test
    void aForgedOwnershipRecordThatSaysNothingUsefulIsALostOneAndDropsNoMail() {
        CatchAllContent nonsense = new CatchAllContent("x", true, "teleport", "mars");
        CatchAllOwnership forged = new CatchAllOwnership(ZONE, nonsense, DESIRED, DESIRED);

        assertThat(cleanup(CatchAllDeletionPolicy.Restore, forged, live(DESIRED)))
                .isEqualTo(new Cleanup.PutBack(Content.untouched(), true));
    }

    private static CatchAllDecision forward(CatchAll live, CatchAllOwnership noted, CatchAllContent inherited) {
        return CatchAllDecision.forward(ZONE, DESIRED, live, noted, inherited, MARK);
    }

    private static Cleanup cleanup(CatchAllDeletionPolicy policy, CatchAllOwnership noted, CatchAll live) {
        return CatchAllDecision.cleanup(policy, noted, live, MARK);
    }

    private static CatchAllContent forward(String name, String to) {
        return Content.of(name, true, new MailAction.Forward(to));
    }

    private static CatchAllContent disabled(CatchAllContent content) {
        return new CatchAllContent(content.name(), false, content.actionType(), content.actionValue());
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
