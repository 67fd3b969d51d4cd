package io.maildomain.operator.catchall;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
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
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.routing.MailAction;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The controller with the real client against the simulator; statuses are kept in memory. */
@EnableKubernetesMockClient(crud = true)
class CatchAllRuleReconcilerTest {

    private static final Action TO_TEAM = Action.forwarding("team@corp.example");
    private static final Action TO_WORKER = Action.handingTo("mailbox-worker");

    KubernetesClient kubernetes;
    private Stage stage;

    @BeforeEach
    void start() {
        stage = new Stage(kubernetes);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void aCatchAllIsWrittenOnceAndThenLeftAlone() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));

        stage.reconcile(rule);
        assertThat(stage.target()).isEqualTo("team@corp.example");
        assertThat(stage.catchAll().name()).matches("mail/one \\[was:[0-9a-f]{32}] \\[mdo:us]");
        assertThat(stage.ready(rule).reason()).isEqualTo("Applied");

        stage.forgetCalls();
        int statuses = stage.rules.statuses().size();
        int ledgers = stage.rules.ledgers().size();
        Duration next = stage.reconcile(rule);

        assertThat(stage.calls()).isEqualTo(1);
        assertThat(stage.writes()).isZero();
        assertThat(stage.rules.statuses()).hasSize(statuses);
        assertThat(stage.rules.ledgers()).hasSize(ledgers);
        assertThat(next).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whatStoodThereBeforeIsInTheLedgerBeforeTheFirstWriteAndComesBack() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_WORKER));
        stage.rules.afterLedger(() -> {
            if (stage.rules.ledgers().size() == 1) {
                assertThat(stage.target()).isEqualTo("boss@corp.example");
            }
        });
        stage.reconcile(rule);
        assertThat(stage.ledger(rule).previous())
                .isEqualTo(new CatchAllContent("by hand", true, "forward", "boss@corp.example"));

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.target()).isEqualTo("boss@corp.example");
        assertThat(stage.catchAll().name()).isEqualTo("by hand");
    }

    @Test
    void whatSomebodyWroteWhileItWasNotedIsWhatComesBack() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_WORKER));
        stage.rules.afterLedger(() -> {
            if (stage.rules.ledgers().size() == 1) {
                stage.somebodyWrites("{\"name\": \"just now\", \"forward_to\": \"team@corp.example\"}");
            }
        });
        stage.reconcile(rule);
        stage.reconcile(rule);
        assertThat(stage.target()).isEqualTo("mailbox-worker");

        stage.cleanup(stage.delete(rule));

        assertThat(stage.target()).isEqualTo("team@corp.example");
    }

    @Test
    void resetLeavesTheCatchAllAsCloudflareMakesIt() {
        CatchAllRule rule = stage.rule("one", 0, spec(TO_TEAM, CatchAllDeletionPolicy.Reset));
        stage.reconcile(rule);

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.target()).isEqualTo("drop (disabled)");
        assertThat(stage.catchAll().name()).isNullOrEmpty();
    }

    @Test
    void retainNeedsNoCallAndNoToken() {
        CatchAllRule rule = stage.rule("one", 0, spec(TO_TEAM, CatchAllDeletionPolicy.Retain));
        stage.reconcile(rule);
        stage.secrets.remove("mail-system", "tokens");
        stage.forgetCalls();

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.calls()).isZero();
        assertThat(stage.target()).isEqualTo("team@corp.example");
    }

    @Test
    void aLostStatusIsResetOnDeletionAndSaid() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        CatchAllRule restored = stage.rules.live(rule).orElseThrow();
        restored.setStatus(null);
        stage.rules.put(restored);
        stage.reconcile(rule);

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.target()).isEqualTo("drop (disabled)");
        assertThat(stage.events()).contains("PreviousLost");
    }

    @Test
    void aLostStatusIsFoundOutEvenIfTheResourceIsDeletedAtOnce() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        CatchAllRule restored = stage.rules.live(rule).orElseThrow();
        restored.setStatus(null);
        stage.rules.put(restored);

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.target()).isEqualTo("drop (disabled)");
        assertThat(stage.events()).contains("PreviousLost");
    }

    @Test
    void whatWasNeverWrittenIsNotUndone() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.writes()).isZero();
        assertThat(stage.events()).isEmpty();
    }

    @Test
    void aLostAnswerIsFoundOutAndGivenBackAllTheSame() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.controls().failNext("PUT", "catch_all", Fault.resetAfter());

        stage.reconcile(rule);
        assertThat(stage.ledger(rule).applied()).isNull();
        stage.reconcile(rule);

        assertThat(stage.writes()).isEqualTo(1);
        assertThat(stage.ready(rule).status()).isEqualTo("True");
        stage.cleanup(stage.delete(rule));
        assertThat(stage.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void aRefusedWriteLeavesNothingInTheLedgerAndSaysWhatIsMissing() {
        stage.controls().removeWorker("mailbox-worker");
        CatchAllRule rule = stage.rule("one", 0, to(TO_WORKER));

        stage.reconcile(rule);

        assertThat(stage.ledger(rule)).isNull();
        assertThat(stage.ready(rule).message()).contains("mailbox-worker");
        assertThat(stage.condition(rule, ConditionType.RECONCILING)).isPresent();
        stage.controls().putWorker("mailbox-worker");
        stage.reconcile(rule);
        assertThat(stage.target()).isEqualTo("mailbox-worker");
    }

    @Test
    void whatAnotherMadeThatDoesTheSameIsNeitherWrittenNorUndone() {
        CatchAllRule rule = stage.rule("one", 0, to(Action.forwarding("boss@corp.example")));

        stage.reconcile(rule);
        assertThat(stage.ready(rule).reason()).isEqualTo("Matched");
        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.writes()).isZero();
        assertThat(stage.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void driftIsCorrected() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.somebodyWrites("{\"name\": \"mine\", \"forward_to\": \"boss@corp.example\"}");

        stage.reconcile(rule);

        assertThat(stage.target()).isEqualTo("team@corp.example");
    }

    @Test
    void driftIsOnlyReportedWhereTheDomainSaysSo() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.domain(domain -> {
            domain.setSpec(spec(null, DriftPolicy.Report, null));
            return domain;
        });
        stage.somebodyWrites("{\"name\": \"mine\", \"forward_to\": \"boss@corp.example\"}");

        stage.reconcile(rule);
        assertThat(stage.target()).isEqualTo("boss@corp.example");
        assertThat(stage.ready(rule).reason()).isEqualTo("DriftReported");

        stage.reconcile(stage.edit(rule, to(TO_WORKER)));
        assertThat(stage.target()).isEqualTo("mailbox-worker");
    }

    @Test
    void whatSomebodyHasChangedSinceIsLeftOnDeletion() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.somebodyWrites("{\"name\": \"mine\", \"worker\": \"mailbox-worker\"}");

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.target()).isEqualTo("mailbox-worker");
        assertThat(stage.events()).contains("CatchAllKept");
    }

    @Test
    void aWorkerThatIsGoneCannotComeBack() {
        stage.somebodyWrites("{\"name\": \"by hand\", \"worker\": \"mailbox-worker\"}");
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.controls().removeWorker("mailbox-worker");

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.target()).isEqualTo("team@corp.example");
        assertThat(stage.events()).contains("RestoreImpossible");
    }

    @Test
    void aDestinationThatIsNotVerifiedAnyMoreCannotComeBack() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.controls().putAddress("boss@corp.example", false);

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.target()).isEqualTo("team@corp.example");
        assertThat(stage.events()).contains("RestoreImpossible");
    }

    @Test
    void aServerErrorOnTheWayBackIsTriedAgain() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.controls().failNext("PUT", "catch_all", Fault.status(502));

        assertThat(stage.cleanup(stage.delete(rule))).isFalse();
        assertThat(stage.ledger(rule)).isNotNull();
        assertThat(stage.cleanup(rule)).isTrue();
        assertThat(stage.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void aZoneThatIsGoneHoldsNothingToGiveBack() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.controls().removeZone(Stage.DOMAIN);

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();
        assertThat(stage.events()).contains("ZoneGone");
    }

    @Test
    void theLastGoodTokenUndoesWhatItsSecretCannotAnyMore() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.secrets.remove("mail-system", "tokens");

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void withoutATokenDeletionSaysWhatItWaitsForAndTheAnnotationLetsGo() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.secrets.remove("mail-system", "tokens");
        written(rule);

        assertThat(stage.cleanup(stage.delete(rule))).isFalse();
        assertThat(stage.ready(rule).reason()).isEqualTo("SecretMissing");

        CatchAllRule live = stage.rules.live(rule).orElseThrow();
        live.getMetadata().setAnnotations(Map.of("maildomain.io/abandon", "true"));
        stage.rules.put(live);
        assertThat(stage.cleanup(rule)).isTrue();
        assertThat(stage.writes()).isZero();
        assertThat(stage.events()).contains("CatchAllKept");
    }

    @Test
    void accessThatWasTakenAwayWritesNothingAnyMore() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.revokeAccess();
        stage.forgetCalls();

        stage.reconcile(stage.edit(rule, to(TO_WORKER)));
        assertThat(stage.ready(rule).reason()).isEqualTo("AccessDenied");
        assertThat(stage.condition(rule, ConditionType.STALLED)).isPresent();
        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.calls()).isZero();
        assertThat(stage.target()).isEqualTo("team@corp.example");
    }

    @Test
    void aTargetThatIsNotGrantedIsNotWritten() {
        stage.grant(List.of("other-*"), List.of("*@corp.example"));
        CatchAllRule rule = stage.rule("one", 0, to(TO_WORKER));

        stage.reconcile(rule);

        assertThat(stage.ready(rule).reason()).isEqualTo("AccessDenied");
        assertThat(stage.ready(rule).message()).contains("mailbox-worker").contains("workers");
        assertThat(stage.calls()).isZero();
    }

    @Test
    void aDomainThatIsDeletedFirstGetsItsCatchAllBack() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);

        stage.deleteDomain();
        stage.reconcile(rule);

        assertThat(stage.target()).isEqualTo("boss@corp.example");
        assertThat(stage.ledger(rule)).isNull();
        assertThat(stage.ready(rule).reason()).isEqualTo("DomainDeleted");
    }

    @Test
    void aDomainWhoseDeletionIsHeldKeepsItsCatchAll() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.domain(domain -> {
            domain.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
            domain.setStatus(stage.status("DeletionHeld", ConditionType.ROUTING_ENABLED));
            return domain;
        });

        stage.reconcile(rule);
        assertThat(stage.target()).isEqualTo("team@corp.example");
        assertThat(stage.cleanup(stage.delete(rule))).isFalse();
        assertThat(stage.target()).isEqualTo("team@corp.example");

        stage.deleteDomain();
        assertThat(stage.cleanup(rule)).isTrue();
        assertThat(stage.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void aDomainThatGoesAndRetainsAllRetainsItsCatchAll() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        CatchAllOwnership noted = stage.ledger(rule);
        stage.forgetCalls();
        stage.domain(domain -> {
            domain.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
            domain.setSpec(spec(DeletionPolicy.Retain, null, null));
            return domain;
        });

        stage.reconcile(rule);

        assertThat(stage.calls()).isZero();
        assertThat(stage.ledger(rule).previous()).as("the domain may come back").isEqualTo(noted.previous());
        assertThat(stage.target()).isEqualTo("team@corp.example");
    }

    @Test
    void aDomainThatOnlyObservesIsNotWrittenToNotEvenOnDeletion() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.forgetCalls();
        stage.domain(domain -> {
            domain.setSpec(spec(null, null, Mode.Observe));
            return domain;
        });

        stage.reconcile(rule);
        assertThat(stage.ready(rule).reason()).isEqualTo("DomainObserved");
        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.calls()).isZero();
    }

    /** Ready says Conflict of a single rule as well: that is no reason to leave our catch-all behind. */
    @Test
    void aRuleOfTheDomainInConflictDoesNotKeepTheCatchAllFromGoingBack() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.forgetCalls();
        stage.domain(domain -> {
            domain.setStatus(stage.status("Conflict"));
            return domain;
        });

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.calls()).isPositive();
    }

    @Test
    void aDomainThatAnotherOneManagesUndoesNothing() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.forgetCalls();
        stage.domain(domain -> {
            domain.setStatus(stage.heldByAnother());
            return domain;
        });

        stage.reconcile(rule);
        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.calls()).isZero();
    }

    @Test
    void aDomainOneOfWhoseRulesIsInConflictStillGetsItsCatchAllBack() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        stage.domain(domain -> {
            domain.setStatus(stage.status("Conflict", ConditionType.ROUTING_ENABLED));
            return domain;
        });

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void theOldestOfTwoCounts() {
        CatchAllRule young = stage.rule("young", 5, to(TO_WORKER));
        CatchAllRule old = stage.rule("old", 0, to(TO_TEAM));

        stage.reconcile(young);
        stage.reconcile(old);

        assertThat(stage.target()).isEqualTo("team@corp.example");
        assertThat(stage.ready(young).reason()).isEqualTo("Conflict");
        assertThat(stage.ready(young).message()).contains("old");
        stage.forgetCalls();
        assertThat(stage.cleanup(stage.delete(young))).isTrue();
        assertThat(stage.calls()).isZero();
    }

    @Test
    void aHandoverIsOneWriteAndNothingIsRestoredInBetween() {
        CatchAllRule old = stage.rule("old", 0, to(TO_TEAM));
        CatchAllRule young = stage.rule("young", 5, to(TO_WORKER));
        stage.reconcile(old);
        stage.reconcile(young);
        stage.forgetCalls();

        assertThat(stage.cleanup(stage.delete(old))).isFalse();
        assertThat(stage.ready(old).reason()).isEqualTo("HandingOver");
        stage.reconcile(young);
        assertThat(stage.cleanup(old)).isTrue();

        assertThat(stage.writes()).isEqualTo(1);
        assertThat(stage.target()).isEqualTo("mailbox-worker");
        stage.cleanup(stage.delete(young));
        assertThat(stage.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void aSuccessorThatFailsDoesNotHoldThePredecessor() {
        stage.grant(List.of(), List.of("*"));
        CatchAllRule old = stage.rule("old", 0, to(TO_TEAM));
        CatchAllRule young = stage.rule("young", 5, to(TO_WORKER));
        stage.reconcile(old);
        stage.reconcile(young);

        assertThat(stage.cleanup(stage.delete(old))).isFalse();
        stage.reconcile(young);
        assertThat(stage.ready(young).reason()).isEqualTo("AccessDenied");

        assertThat(stage.cleanup(old)).isTrue();
        assertThat(stage.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void whoeverLosesToAnOlderOneThatShowsUpLateHandsItsLedgerOver() {
        CatchAllRule young = stage.rule("young", 5, to(TO_WORKER));
        stage.reconcile(young);
        CatchAllRule old = stage.rule("old", 0, to(TO_TEAM));
        stage.reconcile(old);
        assertThat(stage.ledger(old).previous().actionValue()).isEqualTo("boss@corp.example");
        stage.reconcile(young);
        assertThat(stage.ledger(young)).isNull();

        stage.cleanup(stage.delete(young));
        assertThat(stage.target()).isEqualTo("team@corp.example");
        stage.cleanup(stage.delete(old));
        assertThat(stage.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void aRuleThatTheClusterViewHasNotSeenYetStillCounts() {
        CatchAllRule old = stage.rule("old", 0, to(TO_TEAM));
        CatchAllRule young = stage.rule("young", 5, to(TO_WORKER));
        stage.unseen(old);

        stage.reconcile(old);

        assertThat(stage.target()).isEqualTo("team@corp.example");
        assertThat(young.getStatus()).isNull();
    }

    @Test
    void aRateLimitChangesNoCondition() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        stage.reconcile(rule);
        Condition before = stage.ready(rule);
        int statuses = stage.rules.statuses().size();
        stage.controls()
                .addFault(FaultPlan.next("GET", "catch_all", Fault.status(429)).always());

        stage.reconcile(rule);
        stage.reconcile(rule);

        assertThat(stage.ready(rule)).isEqualTo(before);
        assertThat(stage.rules.statuses()).hasSize(statuses);
    }

    @Test
    void aNotedZoneOfAnotherNameIsNotWrittenTo() {
        stage.controls().putZone("somebody-else.example", "{\"routing\": true}");
        String stolen =
                stage.controls().zone("somebody-else.example").orElseThrow().id();
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        CatchAllContent ours = Content.of("mail/one [mdo:us]", true, MailAction.of(TO_TEAM));
        forge(rule, new CatchAllOwnership(stolen, null, ours, ours));

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();

        assertThat(stage.writes()).isZero();
        assertThat(stage.events()).contains("CatchAllKept");
    }

    @Test
    void aNotedZoneThatIsNoIdDoesNotWedgeDeletion() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        CatchAllContent ours = Content.untouched();
        forge(rule, new CatchAllOwnership("../accounts", null, ours, ours));

        assertThat(stage.cleanup(stage.delete(rule))).isTrue();
        assertThat(stage.calls()).isZero();
    }

    @Test
    void whoFindsTheZoneTakenComesBackSoonAndSaysNothing() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));

        Duration next =
                stage.locks.alone(Stage.DOMAIN, () -> stage.reconcile(rule)).orElseThrow();

        assertThat(next).isEqualTo(Duration.ofSeconds(2));
        assertThat(stage.calls()).isZero();
        assertThat(stage.rules.statuses()).isEmpty();
    }

    @Test
    void whoeverChangesTheResourceMeanwhileMakesTheReconcileStartAgain() {
        CatchAllRule rule = stage.rule("one", 0, to(TO_TEAM));
        boolean[] edited = {false};
        stage.rules.afterLedger(() -> {
            if (!edited[0]) {
                edited[0] = true;
                stage.edit(rule, to(TO_WORKER));
            }
        });

        assertThat(stage.reconcile(rule)).isEqualTo(Duration.ofSeconds(2));
        stage.reconcile(rule);

        assertThat(stage.target()).isEqualTo("mailbox-worker");
        stage.cleanup(stage.delete(rule));
        assertThat(stage.target()).isEqualTo("boss@corp.example");
    }

    @Test
    void aMissingDomainIsWaitedFor() {
        CatchAllRule rule = stage.rule("one", 0, new CatchAllRuleSpec(new DomainRef("nobody"), TO_TEAM, true, null));

        stage.reconcile(rule);

        assertThat(stage.ready(rule).reason()).isEqualTo("DomainNotFound");
        assertThat(stage.condition(rule, ConditionType.STALLED)).isEmpty();
        assertThat(stage.cleanup(stage.delete(rule))).isTrue();
    }

    /** As if it had been written by a process that is gone, and so is its memory. */
    private void written(CatchAllRule rule) {
        CatchAllContent ours = Content.of("mail/one [mdo:us]", true, MailAction.of(TO_TEAM));
        stage.somebodyWrites("{\"name\": \"mail/one [mdo:us]\", \"forward_to\": \"team@corp.example\"}");
        forge(rule, new CatchAllOwnership(stage.zoneId(), Content.untouched(), ours, ours));
    }

    private void forge(CatchAllRule rule, CatchAllOwnership ledger) {
        CatchAllRule live = stage.rules.live(rule).orElseThrow();
        live.setStatus(new CatchAllRuleStatus(1L, List.of(), ledger));
        stage.rules.put(live);
    }

    private static CatchAllRuleSpec to(Action action) {
        return CatchAllRuleSpec.of("example-com", action);
    }

    private static CatchAllRuleSpec spec(Action action, CatchAllDeletionPolicy policy) {
        return new CatchAllRuleSpec(new DomainRef("example-com"), action, true, policy);
    }

    private static MailDomainSpec spec(DeletionPolicy deletion, DriftPolicy drift, Mode mode) {
        return new MailDomainSpec(Stage.DOMAIN, null, null, null, null, null, null, null, deletion, drift, mode, null);
    }
}
