package io.maildomain.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.diagnosis.Diagnosis;
import io.maildomain.operator.diagnosis.Kind;
import io.maildomain.operator.domain.Plan.RoutingVerdict;
import io.maildomain.operator.domain.Verdicts.Paced;
import io.maildomain.operator.outcome.Pace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Aftermath READY =
            new Aftermath(new RoutingSettings(true, "ready", "example.com", false), List.of(), NOW);
    private static final String ADDRESS = "a@example.com";
    private static final Change CREATE = new Change.CreateRule(
            ADDRESS, new RuleDraft("", true, 0, List.of(Matcher.to(ADDRESS)), List.of(RuleAction.drop())));
    private static final Change ADD = new Change.AddSubdomain("in.example.com");

    private static Plan plan(RoutingVerdict routing, List<Change> changes, HostVerdict host, RuleVerdict rule) {
        return new Plan(changes, routing, List.of(host), List.of(rule));
    }

    private static Paced<RuleVerdict> rule(RuleState planned, Applied applied, Diagnosis why) {
        Plan plan = plan(
                RoutingVerdict.ENABLED,
                List.of(CREATE),
                new HostVerdict("example.com", HostState.Ready, ""),
                new RuleVerdict(ADDRESS, "", planned, ""));
        return Verdicts.rules(plan, applied, NOW, failed -> why).get(0);
    }

    private static Paced<HostVerdict> host(
            HostState planned, RoutingVerdict routing, List<Change> changes, Applied applied, Diagnosis why) {
        Plan plan = plan(
                routing,
                changes,
                new HostVerdict("in.example.com", planned, ""),
                new RuleVerdict(ADDRESS, "", RuleState.Synced, ""));
        return Verdicts.hosts(plan, applied, READY, failed -> why).get(0);
    }

    private static Applied done(Change change) {
        return new Applied(List.of(change), List.of(), List.of(), Map.of(ADDRESS, "id-1"), List.of());
    }

    private static Applied failed(Change change) {
        var why = ScriptedCloudflare.refused(CloudflareCall.CREATE_RULE, 400, 2054);
        return new Applied(List.of(), List.of(new Applied.Failed(change, why)), List.of(), Map.of(), List.of());
    }

    private static Diagnosis diagnosis(String reason, Kind kind) {
        return new Diagnosis(reason, kind, "do this", null);
    }

    @Test
    void aRuleThatWasWrittenIsSyncedUnderTheIdThatItGot() {
        assertThat(rule(RuleState.Pending, done(CREATE), null))
                .isEqualTo(new Paced<>(new RuleVerdict(ADDRESS, "id-1", RuleState.Synced, ""), Pace.SETTLED));
    }

    @ParameterizedTest
    @CsvSource({
        "DestinationUnverified, WAITING,   DestinationUnverified, WAITING",
        "WorkerMissing,         WAITING,   WorkerMissing,         WAITING",
        "PermissionMissing,     FINAL,     Failed,                FINAL",
        "CloudflareError,       TRANSIENT, Pending,               TRANSIENT",
    })
    void aRuleThatFailedSaysWhy(String reason, Kind kind, RuleState state, Pace pace) {
        Paced<RuleVerdict> verdict = rule(RuleState.Pending, failed(CREATE), diagnosis(reason, kind));

        assertThat(verdict.verdict().state()).isEqualTo(state);
        assertThat(verdict.verdict().message()).isEqualTo("do this");
        assertThat(verdict.pace()).isEqualTo(pace);
    }

    @Test
    void aRuleThatWaitsForSomethingElseHasNoPaceOfItsOwn() {
        assertThat(rule(RuleState.Pending, Applied.nothing(), null).pace()).isEqualTo(Pace.SETTLED);
    }

    @ParameterizedTest
    @CsvSource({
        "Synced, SETTLED",
        "Matched, SETTLED",
        "Conflict, FINAL",
        "AccessDenied, FINAL",
        "NotExpressible, FINAL",
        "Contested, FINAL",
    })
    void whatThePlanKnewAlreadyStands(RuleState state, Pace pace) {
        assertThat(rule(state, Applied.nothing(), null).pace()).isEqualTo(pace);
        assertThat(rule(state, Applied.nothing(), null).verdict().state()).isEqualTo(state);
    }

    @Test
    void aHostThatWasAddedIsReady() {
        assertThat(host(HostState.Missing, RoutingVerdict.ENABLED, List.of(ADD), done(ADD), null))
                .isEqualTo(new Paced<>(new HostVerdict("in.example.com", HostState.Ready, ""), Pace.SETTLED));
    }

    @ParameterizedTest
    @CsvSource({
        "ForeignRecords,    FINAL,     Foreign, FINAL",
        "PermissionMissing, FINAL,     Missing, FINAL",
        "CloudflareError,   TRANSIENT, Missing, TRANSIENT",
    })
    void aHostThatFailedSaysWhy(String reason, Kind kind, HostState state, Pace pace) {
        Paced<HostVerdict> verdict =
                host(HostState.Missing, RoutingVerdict.ENABLED, List.of(ADD), failed(ADD), diagnosis(reason, kind));

        assertThat(verdict.verdict().state()).isEqualTo(state);
        assertThat(verdict.pace()).isEqualTo(pace);
    }

    @Test
    void aHostThatWaitsForTheDomainItselfHasNoPaceOfItsOwn() {
        RoutingVerdict blocked = RoutingVerdict.BLOCKED_BY_FOREIGN_RECORDS;

        assertThat(host(HostState.Missing, blocked, List.of(), Applied.nothing(), null)
                        .pace())
                .isEqualTo(Pace.SETTLED);
        assertThat(host(HostState.Foreign, blocked, List.of(), Applied.nothing(), null)
                        .pace())
                .isEqualTo(Pace.FINAL);
    }

    @Test
    void aHostThatNobodyWillAddIsFinal() {
        assertThat(host(HostState.Missing, RoutingVerdict.ENABLED, List.of(), Applied.nothing(), null)
                        .pace())
                .isEqualTo(Pace.FINAL);
    }

    // Summing up.

    private static Paced<HostVerdict> stands(String host, HostState state) {
        return new Paced<>(new HostVerdict(host, state, state + " " + host), Pace.SETTLED);
    }

    private static Paced<RuleVerdict> stands(String address, RuleState state) {
        return new Paced<>(new RuleVerdict(address, "", state, "do this"), Pace.SETTLED);
    }

    @Test
    void theFirstBadHostGivesTheReasonAndTheOthersAreCounted() {
        Check check = ResultChecks.dns(List.of(
                stands("a", HostState.Ready),
                stands("b", HostState.Foreign),
                stands("c", HostState.Missing),
                stands("d", HostState.Unlocked)));

        assertThat(check).isEqualTo(Check.no(ConditionType.DNS_READY, "ForeignRecords", "Foreign b (+1 more)"));
    }

    @Test
    void unlockedRecordsAreSaidAndAreNoObstacle() {
        Check check = ResultChecks.dns(List.of(stands("a", HostState.Ready), stands("b", HostState.Unlocked)));

        assertThat(check.holds()).isTrue();
        assertThat(check.reason()).isEqualTo("RecordsUnlocked");
    }

    @Test
    void theFirstBadRuleIsNamed() {
        Check check = ResultChecks.rules(List.of(
                stands("a@example.com", RuleState.Matched),
                stands("b@example.com", RuleState.Conflict),
                stands("c@example.com", RuleState.Failed)));

        assertThat(check)
                .isEqualTo(Check.no(ConditionType.RULES_SYNCED, "Conflict", "b@example.com: do this (+1 more)"));
    }

    @Test
    void noRulesAreAllAsTheSpecSays() {
        assertThat(ResultChecks.rules(List.of()).holds()).isTrue();
        assertThat(ResultChecks.allWell(List.of(stands("a", HostState.Ready)), List.of()))
                .isEqualTo("mail is routed: 0 rules on 1 host");
    }
}
