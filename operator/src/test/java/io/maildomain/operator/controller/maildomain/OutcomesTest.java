package io.maildomain.operator.controller.maildomain;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.cloudflare.errors.FailureKind;
import io.maildomain.operator.controller.maildomain.Outcomes.Requeued;
import io.maildomain.operator.controller.maildomain.plan.Aftermath;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.HostOutcome;
import io.maildomain.operator.controller.maildomain.plan.Plan;
import io.maildomain.operator.controller.maildomain.plan.Plan.RoutingOutcome;
import io.maildomain.operator.controller.maildomain.plan.Planned;
import io.maildomain.operator.controller.maildomain.plan.RuleOutcome;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomesTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Aftermath READY =
            new Aftermath(new RoutingSettings(true, "ready", "example.com", false), List.of(), NOW);
    private static final String ADDRESS = "a@example.com";
    private static final Change CREATE = new Change.CreateRule(
            ADDRESS, new RuleDraft("", true, 0, List.of(Matcher.to(ADDRESS)), List.of(RuleAction.drop())));
    private static final Change ADD = new Change.AddSubdomain("in.example.com");

    private static Plan plan(RoutingOutcome routing, List<Change> changes, HostOutcome host, RuleOutcome rule) {
        return new Plan(changes, routing, List.of(new Planned<>(host, changes)), List.of(new Planned<>(rule, changes)));
    }

    private static Requeued<RuleOutcome> rule(RuleState planned, ApplyResult applied, Diagnosis why) {
        Plan plan = plan(
                RoutingOutcome.ENABLED,
                List.of(CREATE),
                new HostOutcome("example.com", HostState.Ready, ""),
                new RuleOutcome(ADDRESS, "", planned, ""));
        return Outcomes.rules(plan, applied, NOW, failed -> why).get(0);
    }

    private static Requeued<HostOutcome> host(
            HostState planned, RoutingOutcome routing, List<Change> changes, ApplyResult applied, Diagnosis why) {
        Plan plan = plan(
                routing,
                changes,
                new HostOutcome("in.example.com", planned, ""),
                new RuleOutcome(ADDRESS, "", RuleState.Synced, ""));
        return Outcomes.hosts(plan, applied, READY, failed -> why).get(0);
    }

    private static ApplyResult done(Change change) {
        return new ApplyResult(List.of(new ChangeOutcome.Done(change, change == CREATE ? "id-1" : "")));
    }

    private static ApplyResult failed(Change change) {
        var why = ScriptedCloudflare.refused(CloudflareCall.CREATE_RULE, 400, 2054);
        return new ApplyResult(List.of(new ChangeOutcome.Failed(change, why)));
    }

    private static Diagnosis diagnosis(Reason reason, FailureKind kind) {
        return new Diagnosis(reason, kind, "do this", null);
    }

    @Test
    void aRuleThatWasWrittenIsSyncedUnderTheIdThatItGot() {
        assertThat(rule(RuleState.Pending, done(CREATE), null))
                .isEqualTo(new Requeued<>(new RuleOutcome(ADDRESS, "id-1", RuleState.Synced, ""), Requeue.RESYNC));
    }

    @ParameterizedTest
    @CsvSource({
        "DestinationUnverified, WAITING,   DestinationUnverified, WAITING",
        "WorkerMissing,         WAITING,   WorkerMissing,         WAITING",
        "PermissionMissing,     FINAL,     Failed,                STALLED",
        "CloudflareUnavailable, TRANSIENT, Pending,               BACKOFF",
    })
    void aRuleThatFailedSaysWhy(Reason reason, FailureKind kind, RuleState state, Requeue requeue) {
        Requeued<RuleOutcome> verdict = rule(RuleState.Pending, failed(CREATE), diagnosis(reason, kind));

        assertThat(verdict.verdict().state()).isEqualTo(state);
        assertThat(verdict.verdict().message()).isEqualTo("do this");
        assertThat(verdict.requeue()).isEqualTo(requeue);
    }

    @Test
    void aRuleThatWasWrittenIsSyncedThoughAnotherOfItsAddressCouldNotBeDeleted() {
        ApplyResult applied = new ApplyResult(List.of(
                new ChangeOutcome.Failed(
                        new Change.DeleteRule(ADDRESS, "id-0"),
                        ScriptedCloudflare.refused(CloudflareCall.DELETE_RULE, 403, 10000)),
                new ChangeOutcome.Done(CREATE, "id-1")));

        assertThat(rule(RuleState.Pending, applied, diagnosis(Reason.PermissionMissing, FailureKind.FINAL)))
                .isEqualTo(new Requeued<>(new RuleOutcome(ADDRESS, "id-1", RuleState.Synced, ""), Requeue.RESYNC));
    }

    @Test
    void whatCameOfAnEqualChangeSaysNothingOfThisOne() {
        Change equal = new Change.AddSubdomain("in.example.com");

        assertThat(equal).isEqualTo(ADD);
        assertThat(host(HostState.Missing, RoutingOutcome.ENABLED, List.of(ADD), done(equal), null)
                        .verdict()
                        .state())
                .isEqualTo(HostState.Missing);
    }

    @Test
    void aRuleThatWaitsForSomethingElseHasNoRequeueOfItsOwn() {
        assertThat(rule(RuleState.Pending, ApplyResult.nothing(), null).requeue())
                .isEqualTo(Requeue.RESYNC);
    }

    @ParameterizedTest
    @CsvSource({
        "Synced, RESYNC",
        "Matched, RESYNC",
        "Conflict, STALLED",
        "AccessDenied, STALLED",
        "NotExpressible, STALLED",
        "Contested, STALLED",
    })
    void whatThePlanKnewAlreadyStands(RuleState state, Requeue requeue) {
        assertThat(rule(state, ApplyResult.nothing(), null).requeue()).isEqualTo(requeue);
        assertThat(rule(state, ApplyResult.nothing(), null).verdict().state()).isEqualTo(state);
    }

    @Test
    void aHostThatWasAddedIsReady() {
        assertThat(host(HostState.Missing, RoutingOutcome.ENABLED, List.of(ADD), done(ADD), null))
                .isEqualTo(new Requeued<>(new HostOutcome("in.example.com", HostState.Ready, ""), Requeue.RESYNC));
    }

    @ParameterizedTest
    @CsvSource({
        "ForeignRecords,    FINAL,     Foreign, STALLED",
        "PermissionMissing, FINAL,     Missing, STALLED",
        "CloudflareUnavailable, TRANSIENT, Missing, BACKOFF",
    })
    void aHostThatFailedSaysWhy(Reason reason, FailureKind kind, HostState state, Requeue requeue) {
        Requeued<HostOutcome> verdict =
                host(HostState.Missing, RoutingOutcome.ENABLED, List.of(ADD), failed(ADD), diagnosis(reason, kind));

        assertThat(verdict.verdict().state()).isEqualTo(state);
        assertThat(verdict.requeue()).isEqualTo(requeue);
    }

    @Test
    void aHostThatWaitsForTheDomainItselfHasNoRequeueOfItsOwn() {
        RoutingOutcome blocked = RoutingOutcome.BLOCKED_BY_FOREIGN_RECORDS;

        assertThat(host(HostState.Missing, blocked, List.of(), ApplyResult.nothing(), null)
                        .requeue())
                .isEqualTo(Requeue.RESYNC);
        assertThat(host(HostState.Foreign, blocked, List.of(), ApplyResult.nothing(), null)
                        .requeue())
                .isEqualTo(Requeue.STALLED);
    }

    @Test
    void aHostThatNobodyWillAddIsFinal() {
        assertThat(host(HostState.Missing, RoutingOutcome.ENABLED, List.of(), ApplyResult.nothing(), null)
                        .requeue())
                .isEqualTo(Requeue.STALLED);
    }

    // Summing up.

    private static Requeued<HostOutcome> stands(String host, HostState state) {
        return new Requeued<>(new HostOutcome(host, state, state + " " + host), Requeue.RESYNC);
    }

    private static Requeued<RuleOutcome> stands(String address, RuleState state) {
        return new Requeued<>(new RuleOutcome(address, "", state, "do this"), Requeue.RESYNC);
    }

    @Test
    void theFirstBadHostGivesTheReasonAndTheOthersAreCounted() {
        Check check = ResultChecks.dns(List.of(
                stands("a", HostState.Ready),
                stands("b", HostState.Foreign),
                stands("c", HostState.Missing),
                stands("d", HostState.Unlocked)));

        assertThat(check).isEqualTo(Check.no(ConditionType.DNS_READY, Reason.ForeignRecords, "Foreign b (+1 more)"));
    }

    @Test
    void unlockedRecordsAreSaidAndAreNoObstacle() {
        Check check = ResultChecks.dns(List.of(stands("a", HostState.Ready), stands("b", HostState.Unlocked)));

        assertThat(check.holds()).isTrue();
        assertThat(check.reason()).isEqualTo(Reason.RecordsUnlocked);
    }

    @Test
    void theFirstBadRuleIsNamed() {
        Check check = ResultChecks.rules(List.of(
                stands("a@example.com", RuleState.Matched),
                stands("b@example.com", RuleState.Conflict),
                stands("c@example.com", RuleState.Failed)));

        assertThat(check)
                .isEqualTo(Check.no(ConditionType.RULES_SYNCED, Reason.Conflict, "b@example.com: do this (+1 more)"));
    }

    @Test
    void noRulesAreAllAsTheSpecSays() {
        assertThat(ResultChecks.rules(List.of()).holds()).isTrue();
        assertThat(ResultChecks.allWell(List.of(stands("a", HostState.Ready)), List.of()))
                .isEqualTo("mail is routed: 0 rules on 1 host");
    }
}
