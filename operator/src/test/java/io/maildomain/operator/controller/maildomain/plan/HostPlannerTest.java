package io.maildomain.operator.controller.maildomain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RoutingOwnership;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.controller.maildomain.ModelOperator;
import io.maildomain.operator.controller.maildomain.ModelZone;
import io.maildomain.operator.controller.maildomain.plan.HostPlanner.HostPlan;
import io.maildomain.operator.controller.maildomain.plan.Plan.RoutingOutcome;
import io.maildomain.operator.fixture.ScenarioDsl;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostPlannerTest {

    private static final String APEX = "example.com";
    private static final String IN = "in.example.com";
    private static final String REFUSE = "{}";
    private static final String REPLACE = "{'dns':{'existingRecords':'Replace'}}";
    private static final String REFUSE_IN = "{'subdomains':['in']}";
    private static final String REPLACE_IN = "{'subdomains':['in'],'dns':{'existingRecords':'Replace'}}";
    private static final Ownership ENABLED_BY_US =
            Ownership.nothing().withRouting(new RoutingOwnership(RoutingState.Enabled));

    private Ownership ownership = Ownership.nothing();
    private NotTaken notTaken = NotTaken.NOTHING;

    private HostPlan plan(String spec, boolean on, String status, HostDns... hosts) {
        ObservedState observed = new ObservedState(
                ModelZone.ZONE,
                new RoutingSettings(on, status, APEX, false),
                Arrays.asList(hosts),
                List.of(),
                new CatchAll("", "", false, List.of(), "api"));
        DesiredState desired = ModelOperator.desired(ScenarioDsl.spec(spec)).knowing(Set.of(), notTaken, Set.of());
        return HostPlanner.plan(desired, observed, ownership);
    }

    private static HostDns dns(String host, String wrong) {
        return new HostDns(
                host, wrong.contains("missing"), wrong.contains("mx"), wrong.contains("spf"), "what stands there");
    }

    private static List<String> words(HostPlan plan) {
        return plan.changes().stream().map(Change::describe).toList();
    }

    private static HostState state(HostPlan plan, String host) {
        return plan.hosts().stream()
                .map(Planned::outcome)
                .filter(outcome -> outcome.host().equals(host))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void routingThatIsReadyNeedsNothing() {
        HostPlan plan = plan(REFUSE, true, "ready");

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.routing()).isEqualTo(RoutingOutcome.ENABLED);
        assertThat(state(plan, APEX)).isEqualTo(HostState.Ready);
    }

    @Test
    void routingThatIsOffIsSwitchedOn() {
        HostPlan plan = plan(REFUSE, false, "unconfigured", dns(APEX, "missing"));

        assertThat(words(plan)).containsExactly("enable Email Routing for example.com");
        assertThat(plan.routing()).isEqualTo(RoutingOutcome.TO_BE_ENABLED);
        assertThat(plan.takeover()).isFalse();
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"missing mx", "missing spf", "missing mx spf"})
    void foreignRecordsKeepItOff(String wrong) {
        HostPlan plan = plan(REFUSE_IN, false, "unconfigured", dns(APEX, wrong), dns(IN, "missing"));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.routing()).isEqualTo(RoutingOutcome.BLOCKED_BY_FOREIGN_RECORDS);
        assertThat(plan.blocked()).containsExactlyInAnyOrder(APEX, IN);
        assertThat(state(plan, APEX)).isEqualTo(HostState.Foreign);
    }

    @Test
    void replacingForeignMxIsATakeover() {
        HostPlan plan = plan(REPLACE, false, "unconfigured", dns(APEX, "missing mx"));

        assertThat(words(plan)).containsExactly("enable Email Routing for example.com");
        assertThat(plan.takeover()).isTrue();
    }

    @Test
    void replacingAForeignSpfAloneIsNone() {
        assertThat(plan(REPLACE, false, "unconfigured", dns(APEX, "missing spf"))
                        .takeover())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whoMovedAwayAfterWeHadSwitchedItOnIsLeftThere(RoutingState state) {
        ownership = Ownership.nothing().withRouting(new RoutingOwnership(state));

        HostPlan plan = plan(REPLACE, false, "unconfigured", dns(APEX, "missing mx"));

        boolean wasOn = state == RoutingState.Enabled;
        assertThat(plan.changes()).hasSize(wasOn ? 0 : 1);
        assertThat(plan.routing())
                .isEqualTo(wasOn ? RoutingOutcome.BLOCKED_BY_FOREIGN_RECORDS : RoutingOutcome.TO_BE_ENABLED);
        assertThat(state(plan, APEX)).isEqualTo(wasOn ? HostState.MovedAway : HostState.Missing);
    }

    @Test
    void switchedOffByHandWithoutOtherMxItGoesOnAgain() {
        ownership = ENABLED_BY_US;

        assertThat(plan(REFUSE, false, "unconfigured", dns(APEX, "missing")).changes())
                .hasSize(1);
    }

    @Test
    void recordsThatAreMissingWhileItIsOnAreAddedAgain() {
        HostPlan plan = plan(REFUSE, true, "misconfigured", dns(APEX, "missing"));

        assertThat(words(plan)).containsExactly("add the missing mail records of example.com");
        assertThat(plan.routing()).isEqualTo(RoutingOutcome.ENABLED);
    }

    @Test
    void foreignRecordsWhileItIsOnAreReportedUnlessTheyAreToBeReplaced() {
        HostPlan refused = plan(REFUSE, true, "misconfigured", dns(APEX, "missing mx"));
        assertThat(refused.changes()).isEmpty();
        assertThat(state(refused, APEX)).isEqualTo(HostState.Foreign);

        assertThat(words(plan(REPLACE, true, "misconfigured", dns(APEX, "missing mx"))))
                .containsExactly("add the missing mail records of example.com");
    }

    @Test
    void unlockedRecordsAreNotLockedAgain() {
        HostPlan plan = plan(REFUSE, true, "unlocked", dns(APEX, "missing mx"));

        assertThat(plan.changes()).isEmpty();
        assertThat(state(plan, APEX)).isEqualTo(HostState.Unlocked);
    }

    @Test
    void aSubdomainWithoutRecordsGetsThem() {
        HostPlan plan = plan(REFUSE_IN, true, "ready", dns(IN, "missing"));

        assertThat(words(plan)).containsExactly("add mail records for in.example.com");
        assertThat(state(plan, IN)).isEqualTo(HostState.Missing);
    }

    @Test
    void recordsThatWereConfirmedAndAreMissingAreNotAskedForAgain() {
        notTaken = new NotTaken(Map.of(IN, Instant.EPOCH), Map.of(), false);

        assertThat(plan(REFUSE_IN, true, "ready", dns(IN, "missing")).changes()).isEmpty();
    }

    @Test
    void whoSwitchedRoutingOffTookTheRecordsAwayThatWereConfirmedBefore() {
        notTaken = new NotTaken(Map.of(IN, Instant.EPOCH), Map.of(), false);

        HostPlan plan = plan(REFUSE_IN, false, "unconfigured", dns(APEX, "missing"), dns(IN, "missing"));

        assertThat(words(plan))
                .containsExactly("enable Email Routing for example.com", "add mail records for in.example.com");
    }

    @Test
    void whereEnablingIsNotTakenEitherNothingIsAskedForAgain() {
        notTaken = new NotTaken(Map.of(APEX, Instant.EPOCH, IN, Instant.EPOCH), Map.of(), false);

        HostPlan plan = plan(REFUSE_IN, false, "unconfigured", dns(APEX, "missing"), dns(IN, "missing"));

        assertThat(plan.changes()).isEmpty();
    }

    @Test
    void oneThatHasThemNeedsNothing() {
        assertThat(plan(REFUSE_IN, true, "ready", dns(IN, "")).changes()).isEmpty();
    }

    @Test
    void foreignMxOfASubdomainBlockThatHostAlone() {
        HostPlan plan = plan(REFUSE_IN, true, "ready", dns(IN, "missing mx"));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.blocked()).containsExactly(IN);
        assertThat(plan.routing()).isEqualTo(RoutingOutcome.ENABLED);
    }

    @Test
    void replacingThemIsATakeover() {
        HostPlan plan = plan(REPLACE_IN, true, "ready", dns(IN, "missing mx"));

        assertThat(words(plan)).containsExactly("add mail records for in.example.com");
        assertThat(plan.takeover()).isTrue();
    }

    @Test
    void aSubdomainOfOursThatWasUnlockedIsLeftAndOneThatWeNeverAddedIsAdded() {
        assertThat(words(plan(REFUSE_IN, true, "unlocked", dns(APEX, ""), dns(IN, "missing"))))
                .containsExactly("add mail records for in.example.com");

        ownership = Ownership.nothing().withSubdomains(List.of(IN));
        HostPlan plan = plan(REFUSE_IN, true, "unlocked", dns(APEX, ""), dns(IN, "missing"));
        assertThat(plan.changes()).isEmpty();
        assertThat(state(plan, IN)).isEqualTo(HostState.Unlocked);
    }

    @Test
    void cloudflareRoutes29SubdomainsAndTheNextOnesWait() {
        String rules = IntStream.range(0, 40)
                .mapToObj("{'address':'a@h%02d.example.com','action':{'drop':true}}"::formatted)
                .collect(Collectors.joining(","));

        HostPlan plan = plan("{'rules':[" + rules + "]}", true, "ready");

        assertThat(plan.changes()).hasSize(29);
        assertThat(plan.blocked()).hasSize(11).contains("h39.example.com");
    }

    @Test
    void wordsOfAnyLengthFitIntoTheStatus() {
        HostDns wordy = new HostDns(APEX, true, true, false, "x".repeat(3000));

        HostPlan plan = plan(REFUSE, false, "unconfigured", wordy);

        assertThat(plan.hosts().get(0).outcome().status().message()).hasSize(512);
    }
}
