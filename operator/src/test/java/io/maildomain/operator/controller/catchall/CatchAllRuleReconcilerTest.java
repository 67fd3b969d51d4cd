package io.maildomain.operator.controller.catchall;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllDeletionPolicy;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DomainRef;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.controller.catchall.plan.Content;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The controller with the real client against the simulator; statuses are kept in memory. */
class CatchAllRuleReconcilerTest {

    private static final Action TO_TEAM = Action.forwarding("team@corp.example");
    private static final Action TO_WORKER = Action.handingTo("mailbox-worker");

    private CatchAllScenario scenario;

    @BeforeEach
    void start() {
        scenario = new CatchAllScenario();
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void aCatchAllIsWrittenOnceAndThenLeftAlone() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));

        scenario.reconcile(rule);
        assertThat(scenario.target()).isEqualTo("team@corp.example");
        assertThat(scenario.catchAll().name()).matches("mail/one \\[was:[0-9a-f]{32}] \\[mdo:us]");
        assertThat(scenario.ready(rule).reason()).isEqualTo("Applied");

        scenario.forgetCalls();
        int statuses = scenario.env().rules().statuses().size();
        int ownershipRecords = scenario.env().rules().ownershipRecords().size();
        Duration next = scenario.reconcile(rule);

        assertThat(scenario.calls()).isEqualTo(1);
        assertThat(scenario.writes()).isZero();
        assertThat(scenario.env().rules().statuses()).hasSize(statuses);
        assertThat(scenario.env().rules().ownershipRecords()).hasSize(ownershipRecords);
        assertThat(next).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whatStoodThereBeforeIsInTheOwnershipRecordBeforeTheFirstWriteAndComesBack() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_WORKER));
        scenario.env().rules().afterOwnership(() -> {
            if (scenario.env().rules().ownershipRecords().size() == 1) {
                assertThat(scenario.target()).isEqualTo("boss@corp.example");
            }
        });
        scenario.reconcile(rule);
        assertThat(scenario.ownership(rule).previous())
                .isEqualTo(new CatchAllContent("by hand", true, "forward", "boss@corp.example"));

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.target()).isEqualTo("boss@corp.example");
        assertThat(scenario.catchAll().name()).isEqualTo("by hand");
    }

    @Test
    void whatSomebodyWroteWhileItWasNotedIsWhatComesBack() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_WORKER));
        scenario.env().rules().afterOwnership(() -> {
            if (scenario.env().rules().ownershipRecords().size() == 1) {
                scenario.somebodyWrites("{\"name\": \"just now\", \"forward_to\": \"team@corp.example\"}");
            }
        });
        scenario.reconcile(rule);
        scenario.reconcile(rule);
        assertThat(scenario.target()).isEqualTo("mailbox-worker");

        scenario.cleanup(scenario.delete(rule));

        assertThat(scenario.target()).isEqualTo("team@corp.example");
    }

    @Test
    void resetLeavesTheCatchAllAsCloudflareMakesIt() {
        CatchAllRule rule = scenario.rule("one", 0, spec(TO_TEAM, CatchAllDeletionPolicy.Reset));
        scenario.reconcile(rule);

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.target()).isEqualTo("drop (disabled)");
        assertThat(scenario.catchAll().name()).isNullOrEmpty();
    }

    @Test
    void retainNeedsNoCallAndNoToken() {
        CatchAllRule rule = scenario.rule("one", 0, spec(TO_TEAM, CatchAllDeletionPolicy.Retain));
        scenario.reconcile(rule);
        scenario.env().secrets().remove("mail-system", "tokens");
        scenario.forgetCalls();

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.calls()).isZero();
        assertThat(scenario.target()).isEqualTo("team@corp.example");
    }

    @Test
    void aLostStatusIsResetOnDeletionAndSaid() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        CatchAllRule restored = scenario.env().rules().live(rule).orElseThrow();
        restored.setStatus(null);
        scenario.env().rules().put(restored);
        scenario.reconcile(rule);

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.target()).isEqualTo("drop (disabled)");
        assertThat(scenario.events()).contains("PreviousLost");
    }

    @Test
    void aLostStatusIsFoundOutEvenIfTheResourceIsDeletedAtOnce() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        CatchAllRule restored = scenario.env().rules().live(rule).orElseThrow();
        restored.setStatus(null);
        scenario.env().rules().put(restored);

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.target()).isEqualTo("drop (disabled)");
        assertThat(scenario.events()).contains("PreviousLost");
    }

    @Test
    void whatWasNeverWrittenIsNotUndone() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.writes()).isZero();
        assertThat(scenario.events()).isEmpty();
    }

    @Test
    void aLostAnswerIsFoundOutAndGivenBackAllTheSame() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.controls().failNext("PUT", "catch_all", Fault.resetAfter());

        scenario.reconcile(rule);
        assertThat(scenario.ownership(rule).applied()).isNull();
        scenario.reconcile(rule);

        assertThat(scenario.writes()).isEqualTo(1);
        assertThat(scenario.ready(rule).status()).isEqualTo("True");
        scenario.cleanup(scenario.delete(rule));
        assertThat(scenario.target()).isEqualTo("boss@corp.example");
    }

    /** It is tried again and again: a note that came and went with each try would never be still. */
    @Test
    void aWriteThatIsRefusedForItsTargetStaysNotedAndSaysWhatIsMissing() {
        scenario.controls().removeWorker("mailbox-worker");
        CatchAllRule rule = scenario.rule("one", 0, to(TO_WORKER));

        scenario.reconcile(rule);
        CatchAllOwnership noted = scenario.ownership(rule);
        scenario.reconcile(rule);

        assertThat(noted.applied()).isNull();
        assertThat(noted.previous().actionValue()).isEqualTo("boss@corp.example");
        assertThat(scenario.ownership(rule)).isEqualTo(noted);
        assertThat(scenario.ready(rule).message()).contains("mailbox-worker");
        assertThat(scenario.condition(rule, ConditionType.RECONCILING)).isPresent();
        scenario.controls().putWorker("mailbox-worker");
        scenario.reconcile(rule);
        assertThat(scenario.target()).isEqualTo("mailbox-worker");
        scenario.cleanup(scenario.delete(rule));
        assertThat(scenario.target()).isEqualTo("boss@corp.example");
    }

    /** Another refusal may be about what is written, or who writes it: nothing is left of that. */
    @Test
    void aWriteThatIsRefusedForAnotherReasonLeavesNothingInTheOwnershipRecord() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.controls().failNext("PUT", "catch_all", Fault.status(403));

        scenario.reconcile(rule);

        assertThat(scenario.ownership(rule)).isNull();
    }

    @Test
    void whatAnotherMadeThatDoesTheSameIsNeitherWrittenNorUndone() {
        CatchAllRule rule = scenario.rule("one", 0, to(Action.forwarding("boss@corp.example")));

        scenario.reconcile(rule);
        assertThat(scenario.ready(rule).reason()).isEqualTo("Matched");
        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.writes()).isZero();
        assertThat(scenario.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void driftIsCorrected() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.somebodyWrites("{\"name\": \"mine\", \"forward_to\": \"boss@corp.example\"}");

        scenario.reconcile(rule);

        assertThat(scenario.target()).isEqualTo("team@corp.example");
    }

    @Test
    void driftIsOnlyReportedWhereTheDomainSaysSo() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.domain(domain -> {
            domain.setSpec(spec(null, DriftPolicy.Report, null));
            return domain;
        });
        scenario.somebodyWrites("{\"name\": \"mine\", \"forward_to\": \"boss@corp.example\"}");

        scenario.reconcile(rule);
        assertThat(scenario.target()).isEqualTo("boss@corp.example");
        assertThat(scenario.ready(rule).reason()).isEqualTo("DriftReported");
        assertThat(scenario.env().drift("catchallrule")).as("found, mended").containsExactly(1, 0);

        scenario.reconcile(rule);
        assertThat(scenario.env().drift("catchallrule")).as("counted once").containsExactly(1, 0);

        scenario.reconcile(scenario.edit(rule, to(TO_WORKER)));
        assertThat(scenario.target()).isEqualTo("mailbox-worker");
    }

    @Test
    void whatSomebodyHasChangedSinceIsLeftOnDeletion() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.somebodyWrites("{\"name\": \"mine\", \"worker\": \"mailbox-worker\"}");

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.target()).isEqualTo("mailbox-worker");
        assertThat(scenario.events()).contains("CatchAllKept");
    }

    @Test
    void aWorkerThatIsGoneCannotComeBack() {
        scenario.somebodyWrites("{\"name\": \"by hand\", \"worker\": \"mailbox-worker\"}");
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.controls().removeWorker("mailbox-worker");

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.target()).isEqualTo("team@corp.example");
        assertThat(scenario.events()).contains("RestoreImpossible");
    }

    @Test
    void aDestinationThatIsNotVerifiedAnyMoreCannotComeBack() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.controls().putAddress("boss@corp.example", false);

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.target()).isEqualTo("team@corp.example");
        assertThat(scenario.events()).contains("RestoreImpossible");
    }

    @Test
    void aServerErrorOnTheWayBackIsTriedAgain() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.controls().failNext("PUT", "catch_all", Fault.status(502));

        assertThat(scenario.cleanup(scenario.delete(rule))).isFalse();
        assertThat(scenario.ownership(rule)).isNotNull();
        assertThat(scenario.cleanup(rule)).isTrue();
        assertThat(scenario.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void aZoneThatIsGoneHoldsNothingToGiveBack() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.controls().removeZone(CatchAllScenario.DOMAIN);

        CatchAllRule deleted = scenario.delete(rule);
        assertThat(scenario.cleanup(deleted)).as("seen once").isFalse();
        assertThat(scenario.cleanup(deleted)).isTrue();
        assertThat(scenario.events()).contains("ZoneGone");
    }

    @Test
    void theLastGoodTokenUndoesWhatItsSecretCannotAnyMore() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.env().secrets().remove("mail-system", "tokens");

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void withoutATokenDeletionSaysWhatItWaitsForAndTheAnnotationLetsGo() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.env().secrets().remove("mail-system", "tokens");
        written(rule);

        assertThat(scenario.cleanup(scenario.delete(rule))).isFalse();
        assertThat(scenario.ready(rule).reason()).isEqualTo("SecretMissing");

        CatchAllRule live = scenario.env().rules().live(rule).orElseThrow();
        live.getMetadata().setAnnotations(Map.of("maildomain.io/abandon", "true"));
        scenario.env().rules().put(live);
        assertThat(scenario.cleanup(rule)).isTrue();
        assertThat(scenario.writes()).isZero();
        assertThat(scenario.events()).contains("CatchAllKept");
    }

    @Test
    void accessThatWasTakenAwayWritesNothingAnyMore() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.revokeAccess();
        scenario.forgetCalls();

        scenario.reconcile(scenario.edit(rule, to(TO_WORKER)));
        assertThat(scenario.ready(rule).reason()).isEqualTo("AccessDenied");
        assertThat(scenario.condition(rule, ConditionType.STALLED)).isPresent();
        CatchAllRule deleted = scenario.delete(rule);
        assertThat(scenario.cleanup(deleted)).as("seen once").isFalse();
        assertThat(scenario.cleanup(deleted)).isTrue();

        assertThat(scenario.calls()).isZero();
        assertThat(scenario.target()).isEqualTo("team@corp.example");
    }

    @Test
    void aTargetThatIsNotGrantedIsNotWritten() {
        scenario.grant(List.of("other-*"), List.of("*@corp.example"));
        CatchAllRule rule = scenario.rule("one", 0, to(TO_WORKER));

        scenario.reconcile(rule);

        assertThat(scenario.ready(rule).reason()).isEqualTo("AccessDenied");
        assertThat(scenario.ready(rule).message()).contains("mailbox-worker").contains("workers");
        assertThat(scenario.calls()).isZero();
    }

    @Test
    void aDomainThatIsDeletedFirstGetsItsCatchAllBack() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);

        scenario.deleteDomain();
        scenario.reconcile(rule);

        assertThat(scenario.target()).isEqualTo("boss@corp.example");
        assertThat(scenario.ownership(rule)).isNull();
        assertThat(scenario.ready(rule).reason()).isEqualTo("DomainDeleted");
    }

    @Test
    void aDomainWhoseDeletionIsHeldKeepsItsCatchAll() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.domain(domain -> {
            domain.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
            domain.setStatus(scenario.status(Reason.DeletionHeld, ConditionType.ROUTING_ENABLED));
            return domain;
        });

        scenario.reconcile(rule);
        assertThat(scenario.target()).isEqualTo("team@corp.example");
        assertThat(scenario.cleanup(scenario.delete(rule))).isFalse();
        assertThat(scenario.target()).isEqualTo("team@corp.example");

        scenario.deleteDomain();
        assertThat(scenario.cleanup(rule)).isTrue();
        assertThat(scenario.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void aDomainThatGoesAndRetainsAllRetainsItsCatchAll() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        CatchAllOwnership noted = scenario.ownership(rule);
        scenario.forgetCalls();
        scenario.domain(domain -> {
            domain.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
            domain.setSpec(spec(DeletionPolicy.Retain, null, null));
            return domain;
        });

        scenario.reconcile(rule);

        assertThat(scenario.calls()).isZero();
        assertThat(scenario.ownership(rule).previous())
                .as("the domain may come back")
                .isEqualTo(noted.previous());
        assertThat(scenario.target()).isEqualTo("team@corp.example");
    }

    @Test
    void aDomainThatOnlyObservesIsNotWrittenToNotEvenOnDeletion() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.forgetCalls();
        scenario.domain(domain -> {
            domain.setSpec(spec(null, null, Mode.Observe));
            return domain;
        });

        scenario.reconcile(rule);
        assertThat(scenario.ready(rule).message()).isEqualTo("waits until MailDomain example-com has been looked at");
        assertThat(scenario.calls())
                .as("nothing is told of a zone that the domain does not look at")
                .isZero();

        scenario.domain(domain -> {
            domain.setSpec(spec(null, null, Mode.Observe));
            domain.setStatus(scenario.status(Reason.Observing, ConditionType.READY, ConditionType.ROUTING_ENABLED));
            return domain;
        });
        scenario.reconcile(scenario.edit(rule, to(Action.dropping())));
        assertThat(scenario.ready(rule).reason()).isEqualTo("Observing");
        assertThat(scenario.condition(rule, ConditionType.CATCH_ALL_APPLIED).map(Condition::reason))
                .contains("DomainObserved");
        assertThat(scenario.condition(rule, ConditionType.IN_SYNC).map(Condition::message))
                .contains("1 change would be made: set the catch-all to drop");
        assertThat(scenario.writes()).isZero();
        scenario.forgetCalls();
        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.calls()).isZero();
    }

    /** Its status may be forged, and another's zone may lie behind it. */
    @Test
    void ofAZoneWithAnotherNameNothingIsToldWhileTheDomainObserves() {
        String others = scenario.controls().putZone("other.example", "{}").id();
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.domain(domain -> {
            domain.setSpec(spec(null, null, Mode.Observe));
            MailDomainStatus watching =
                    scenario.status(Reason.Observing, ConditionType.READY, ConditionType.ROUTING_ENABLED);
            domain.setStatus(watching.withOwnership(
                    Ownership.nothing().withZone(new ZoneOwnership(others, null, ZoneOrigin.Adopted, null))));
            return domain;
        });

        scenario.reconcile(rule);

        assertThat(scenario.ready(rule).reason()).isEqualTo("ZoneNotVisible");
        assertThat(scenario.condition(rule, ConditionType.IN_SYNC)).isEmpty();
    }

    /** Ready says Conflict of a single rule as well: that is no reason to leave our catch-all behind. */
    @Test
    void aRuleOfTheDomainInConflictDoesNotKeepTheCatchAllFromGoingBack() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.forgetCalls();
        scenario.domain(domain -> {
            domain.setStatus(scenario.status(Reason.Conflict));
            return domain;
        });

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.calls()).isPositive();
    }

    @Test
    void aDomainThatAnotherOneManagesUndoesNothing() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.forgetCalls();
        scenario.domain(domain -> {
            domain.setStatus(scenario.heldByAnother());
            return domain;
        });

        scenario.reconcile(rule);
        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.calls()).isZero();
    }

    @Test
    void aDomainOneOfWhoseRulesIsInConflictStillGetsItsCatchAllBack() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        scenario.domain(domain -> {
            domain.setStatus(scenario.status(Reason.Conflict, ConditionType.ROUTING_ENABLED));
            return domain;
        });

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void theOldestOfTwoCounts() {
        CatchAllRule young = scenario.rule("young", 5, to(TO_WORKER));
        CatchAllRule old = scenario.rule("old", 0, to(TO_TEAM));

        scenario.reconcile(young);
        scenario.reconcile(old);

        assertThat(scenario.target()).isEqualTo("team@corp.example");
        assertThat(scenario.ready(young).reason()).isEqualTo("Conflict");
        assertThat(scenario.ready(young).message()).contains("old");
        scenario.forgetCalls();
        assertThat(scenario.cleanup(scenario.delete(young))).isTrue();
        assertThat(scenario.calls()).isZero();
    }

    @Test
    void aHandoverIsOneWriteAndNothingIsRestoredInBetween() {
        CatchAllRule old = scenario.rule("old", 0, to(TO_TEAM));
        CatchAllRule young = scenario.rule("young", 5, to(TO_WORKER));
        scenario.reconcile(old);
        scenario.reconcile(young);
        scenario.forgetCalls();

        assertThat(scenario.cleanup(scenario.delete(old))).isFalse();
        assertThat(scenario.ready(old).reason()).isEqualTo("HandingOver");
        scenario.reconcile(young);
        assertThat(scenario.cleanup(old)).isTrue();

        assertThat(scenario.writes()).isEqualTo(1);
        assertThat(scenario.target()).isEqualTo("mailbox-worker");
        scenario.cleanup(scenario.delete(young));
        assertThat(scenario.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void aSuccessorThatFailsDoesNotHoldThePredecessor() {
        scenario.grant(List.of(), List.of("*"));
        CatchAllRule old = scenario.rule("old", 0, to(TO_TEAM));
        CatchAllRule young = scenario.rule("young", 5, to(TO_WORKER));
        scenario.reconcile(old);
        scenario.reconcile(young);

        assertThat(scenario.cleanup(scenario.delete(old))).isFalse();
        scenario.reconcile(young);
        assertThat(scenario.ready(young).reason()).isEqualTo("AccessDenied");

        assertThat(scenario.cleanup(old)).isTrue();
        assertThat(scenario.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void whoeverLosesToAnOlderOneThatShowsUpLateHandsItsOwnershipRecordOver() {
        CatchAllRule young = scenario.rule("young", 5, to(TO_WORKER));
        scenario.reconcile(young);
        CatchAllRule old = scenario.rule("old", 0, to(TO_TEAM));
        scenario.reconcile(old);
        assertThat(scenario.ownership(old).previous().actionValue()).isEqualTo("boss@corp.example");
        scenario.reconcile(young);
        assertThat(scenario.ownership(young)).isNull();

        scenario.cleanup(scenario.delete(young));
        assertThat(scenario.target()).isEqualTo("team@corp.example");
        scenario.cleanup(scenario.delete(old));
        assertThat(scenario.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void aRuleThatTheClusterViewHasNotSeenYetStillCounts() {
        CatchAllRule old = scenario.rule("old", 0, to(TO_TEAM));
        CatchAllRule young = scenario.rule("young", 5, to(TO_WORKER));
        scenario.env().view().hide(old);

        scenario.reconcile(old);

        assertThat(scenario.target()).isEqualTo("team@corp.example");
        assertThat(young.getStatus()).isNull();
    }

    @Test
    void aRateLimitChangesNoCondition() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        scenario.reconcile(rule);
        Condition before = scenario.ready(rule);
        int statuses = scenario.env().rules().statuses().size();
        scenario.controls()
                .addFault(FaultPlan.next("GET", "catch_all", Fault.status(429)).always());

        scenario.reconcile(rule);
        scenario.reconcile(rule);

        assertThat(scenario.ready(rule)).isEqualTo(before);
        assertThat(scenario.env().rules().statuses()).hasSize(statuses);
    }

    @Test
    void aNotedZoneOfAnotherNameIsNotWrittenTo() {
        scenario.controls().putZone("somebody-else.example", "{\"routing\": true}");
        String stolen =
                scenario.controls().zone("somebody-else.example").orElseThrow().id();
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        CatchAllContent ours = Content.of("mail/one [mdo:us]", true, MailAction.of(TO_TEAM));
        forge(rule, new CatchAllOwnership(stolen, null, ours, ours));

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();

        assertThat(scenario.writes()).isZero();
        assertThat(scenario.events()).contains("CatchAllKept");
    }

    @Test
    void aNotedZoneThatIsNoIdDoesNotWedgeDeletion() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        CatchAllContent ours = Content.untouched();
        forge(rule, new CatchAllOwnership("../accounts", null, ours, ours));

        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();
        assertThat(scenario.calls()).isZero();
    }

    @Test
    void whoFindsTheZoneTakenComesBackSoonAndSaysNothing() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));

        Duration next = scenario.env()
                .locks()
                .alone(CatchAllScenario.DOMAIN, () -> scenario.reconcile(rule))
                .orElseThrow();

        assertThat(next).isEqualTo(Duration.ofSeconds(2));
        assertThat(scenario.calls()).isZero();
        assertThat(scenario.env().rules().statuses()).isEmpty();
    }

    @Test
    void whoeverChangesTheResourceMeanwhileMakesTheReconcileStartAgain() {
        CatchAllRule rule = scenario.rule("one", 0, to(TO_TEAM));
        boolean[] edited = {false};
        scenario.env().rules().afterOwnership(() -> {
            if (!edited[0]) {
                edited[0] = true;
                scenario.edit(rule, to(TO_WORKER));
            }
        });

        assertThat(scenario.reconcile(rule)).isEqualTo(Duration.ofSeconds(2));
        scenario.reconcile(rule);

        assertThat(scenario.target()).isEqualTo("mailbox-worker");
        scenario.cleanup(scenario.delete(rule));
        assertThat(scenario.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void aMissingDomainIsWaitedFor() {
        CatchAllRule rule = scenario.rule("one", 0, new CatchAllRuleSpec(new DomainRef("nobody"), TO_TEAM, true, null));

        scenario.reconcile(rule);

        assertThat(scenario.ready(rule).reason()).isEqualTo("DomainNotFound");
        assertThat(scenario.condition(rule, ConditionType.STALLED)).isEmpty();
        assertThat(scenario.cleanup(scenario.delete(rule))).isTrue();
    }

    /** As if it had been written by a process that is gone, and so is its memory. */
    private void written(CatchAllRule rule) {
        CatchAllContent ours = Content.of("mail/one [mdo:us]", true, MailAction.of(TO_TEAM));
        scenario.somebodyWrites("{\"name\": \"mail/one [mdo:us]\", \"forward_to\": \"team@corp.example\"}");
        forge(rule, new CatchAllOwnership(scenario.zoneId(), Content.untouched(), ours, ours));
    }

    private void forge(CatchAllRule rule, CatchAllOwnership ownership) {
        CatchAllRule live = scenario.env().rules().live(rule).orElseThrow();
        live.setStatus(new CatchAllRuleStatus(1L, List.of(), ownership));
        scenario.env().rules().put(live);
    }

    private static CatchAllRuleSpec to(Action action) {
        return CatchAllRuleSpec.of("example-com", action);
    }

    private static CatchAllRuleSpec spec(Action action, CatchAllDeletionPolicy policy) {
        return new CatchAllRuleSpec(new DomainRef("example-com"), action, true, policy);
    }

    private static MailDomainSpec spec(DeletionPolicy deletion, DriftPolicy drift, Mode mode) {
        return new MailDomainSpec(
                CatchAllScenario.DOMAIN, null, null, null, null, null, null, null, deletion, drift, mode, null);
    }
}
