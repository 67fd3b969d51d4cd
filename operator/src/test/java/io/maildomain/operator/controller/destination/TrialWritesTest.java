package io.maildomain.operator.controller.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules to addresses that are not verified: not written where the list can be read, tried once for all where it cannot. */
class TrialWritesTest {

    private static final String EMAIL = DestinationScenario.EMAIL;
    private static final String SECOND = "second.example";

    private final DestinationScenario destinations = new DestinationScenario();
    private final ScenarioDsl scenario = destinations.scenario();

    @AfterEach
    void stop() {
        destinations.close();
    }

    private static String forwarding(String domain, String to) {
        return "{'domain':'%s','rules':[{'address':'hello@%s','action':{'forwardTo':'%s'}}]}"
                .formatted(domain, domain, to);
    }

    /** Its zone is active and routed, as after some weeks, before it has the rule. */
    private MailDomain settled(String name, String domain, String rules) {
        scenario.domain(name, "{'domain':'" + domain + "','rules':[]}");
        scenario.settle();
        scenario.controls().activate(domain);
        scenario.settle();
        scenario.controls().clearCalls();
        return scenario.domain(name, rules);
    }

    private String rule(MailDomain domain) {
        return scenario.env()
                .domains()
                .live(domain)
                .orElseThrow()
                .getStatus()
                .rules()
                .get(0)
                .state()
                .name();
    }

    private long writesOfRules() {
        return destinations.calls().stream()
                .filter(call -> !call.startsWith("GET ")
                        && call.contains("/email/routing/rules")
                        && !call.contains("/catch_all"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "disabled"})
    void whereTheListCanBeReadNoRuleIsWrittenOnTrial(String reading) {
        scenario.controls().quirks(Map.of("unverified-destination", reading));
        MailDomain domain = settled("example", FakeEnvironment.DOMAIN, forwarding(FakeEnvironment.DOMAIN, EMAIL));
        scenario.controls().putAddress(EMAIL, false);

        for (int looks = 0; looks < 3; looks++) {
            scenario.reconcile(domain);
            scenario.later(Duration.ofSeconds(10));
        }

        assertThat(rule(domain)).isEqualTo("DestinationUnverified");
        assertThat(writesOfRules()).isZero();

        scenario.controls().verifyAddress(EMAIL);
        scenario.reconcile(domain);

        assertThat(rule(domain)).isEqualTo("Synced");
        assertThat(writesOfRules()).isEqualTo(1);
    }

    /** Cloudflare switches the rules off that forward to it. */
    @Test
    void anAddressThatIsDeletedAtCloudflareMakesItsRulesWaitAndNoneIsWritten() {
        scenario.controls().putAddress(EMAIL, true);
        MailDomain domain = settled("example", FakeEnvironment.DOMAIN, forwarding(FakeEnvironment.DOMAIN, EMAIL));
        scenario.reconcile(domain);
        assertThat(rule(domain)).isEqualTo("Synced");
        destinations.deletesAtCloudflare(EMAIL);
        scenario.later(Duration.ofMinutes(11));
        scenario.controls().clearCalls();

        scenario.reconcile(domain);

        assertThat(rule(domain)).isEqualTo("DestinationUnverified");
        assertThat(writesOfRules()).isZero();
    }

    /** The list of one sweep fails: one tries for all, and mail to addresses that are verified goes on. */
    @ParameterizedTest
    @ValueSource(ints = {403, 500})
    void whereTheListFailsOnceAllGoesOn(int status) {
        MailDomain unverified = settled("example", FakeEnvironment.DOMAIN, forwarding(FakeEnvironment.DOMAIN, EMAIL));
        MailDomain verified = settled("second", SECOND, forwarding(SECOND, "team@corp.example"));
        scenario.controls().putAddress(EMAIL, false);
        scenario.controls().failNext("GET", "/email/routing/addresses$", Fault.status(status));

        scenario.reconcile(unverified);
        scenario.reconcile(verified);

        assertThat(rule(unverified)).isEqualTo("DestinationUnverified");
        assertThat(rule(verified)).isEqualTo("Synced");
        scenario.later(Duration.ofMinutes(3));
        scenario.controls().clearCalls();
        scenario.reconcile(unverified);
        assertThat(writesOfRules()).isZero();
    }

    /** What many domains cost that wait for one address: the list, and no write. */
    @Test
    void manyDomainsThatWaitCostOneListForEachFewSeconds() {
        scenario.controls().putAddress(EMAIL, false);
        List<MailDomain> domains = IntStream.range(0, 20)
                .mapToObj(number -> "d" + number)
                .map(name -> scenario.domain(name, forwarding(name + ".example", EMAIL)))
                .toList();
        scenario.settle();
        domains.forEach(domain -> scenario.controls().activate(domain.getSpec().domain()));
        scenario.settle();
        scenario.later(Duration.ofMinutes(1));
        scenario.controls().clearCalls();

        domains.forEach(scenario::reconcile);

        assertThat(domains).allSatisfy(domain -> assertThat(rule(domain)).isEqualTo("DestinationUnverified"));
        assertThat(destinations.calls("GET", DestinationScenario.ROUTE)).isBetween(1L, 2L);
        assertThat(writesOfRules()).isZero();

        scenario.controls().verifyAddress(EMAIL);
        scenario.later(Duration.ofSeconds(6));
        scenario.reconcile(domains.get(0));
        destinations.runs();

        assertThat(domains).allSatisfy(domain -> assertThat(rule(domain)).isEqualTo("Synced"));
        assertThat(writesOfRules()).isEqualTo(domains.size());
    }

    /** In doubt mail goes on. */
    @Test
    void aRuleThatWouldMoveToAnUnverifiedAddressStaysAsItIs() {
        MailDomain domain =
                settled("example", FakeEnvironment.DOMAIN, forwarding(FakeEnvironment.DOMAIN, "team@corp.example"));
        scenario.reconcile(domain);
        assertThat(rule(domain)).isEqualTo("Synced");
        scenario.controls().clearCalls();

        scenario.domain("example", forwarding(FakeEnvironment.DOMAIN, EMAIL));
        scenario.reconcile(domain);

        assertThat(rule(domain)).isEqualTo("DestinationUnverified");
        assertThat(writesOfRules()).isZero();
        assertThat(scenario.zone().rules().toString()).contains("team@corp.example");
    }

    @Test
    void aRuleToAVerifiedAddressCostsOneListForAllDomains() {
        MailDomain first =
                settled("example", FakeEnvironment.DOMAIN, forwarding(FakeEnvironment.DOMAIN, "team@corp.example"));
        scenario.reconcile(first);
        assertThat(rule(first)).isEqualTo("Synced");
        long lists = destinations.calls("GET", DestinationScenario.ROUTE);
        assertThat(lists).isEqualTo(1);

        scenario.domain("example", forwarding(FakeEnvironment.DOMAIN, "team@corp.example"));
        scenario.reconcile(first);

        assertThat(destinations.calls("GET", DestinationScenario.ROUTE)).isEqualTo(lists);
    }

    @Test
    void whoTriesAgainAndAgainMakesNoOtherWaitLonger() {
        destinations.tokenMay();
        MailDomain first = settled("example", FakeEnvironment.DOMAIN, forwarding(FakeEnvironment.DOMAIN, EMAIL));
        MailDomain second = settled("second", SECOND, forwarding(SECOND, EMAIL));
        scenario.controls().putAddress(EMAIL, false);
        scenario.reconcile(first);
        scenario.later(Duration.ofSeconds(20));
        scenario.reconcile(first);
        scenario.controls().clearCalls();
        scenario.reconcile(second);
        assertThat(writesOfRules()).isZero();

        scenario.later(Duration.ofSeconds(11));
        scenario.reconcile(second);

        assertThat(writesOfRules()).isEqualTo(1);
    }

    @Test
    void whereItCannotOneTriesForAllAndWakesTheOthers() {
        destinations.tokenMay();
        MailDomain first = settled("example", FakeEnvironment.DOMAIN, forwarding(FakeEnvironment.DOMAIN, EMAIL));
        MailDomain second = settled("second", SECOND, forwarding(SECOND, EMAIL));
        scenario.controls().putAddress(EMAIL, false);
        scenario.controls().clearCalls();

        scenario.reconcile(first);
        scenario.reconcile(second);

        assertThat(rule(first)).isEqualTo("DestinationUnverified");
        assertThat(rule(second)).isEqualTo("DestinationUnverified");
        assertThat(writesOfRules()).isEqualTo(1);

        scenario.controls().verifyAddress(EMAIL);
        scenario.reconcile(first);
        assertThat(rule(first)).isEqualTo("Synced");
        destinations.runs();

        assertThat(rule(second)).isEqualTo("Synced");
    }

    /** The one that tried may be gone. */
    @Test
    void afterAWhileAnotherOneTries() {
        destinations.tokenMay();
        MailDomain first = settled("example", FakeEnvironment.DOMAIN, forwarding(FakeEnvironment.DOMAIN, EMAIL));
        MailDomain second = settled("second", SECOND, forwarding(SECOND, EMAIL));
        scenario.controls().putAddress(EMAIL, false);
        scenario.reconcile(first);
        scenario.controls().clearCalls();

        scenario.later(Duration.ofSeconds(31));
        scenario.reconcile(second);

        assertThat(writesOfRules()).isEqualTo(1);
    }

    private CatchAllRule catchAll(String to) {
        return scenario.catchAll("all", "{'action':{'forwardTo':'" + to + "'}}");
    }

    private long writesOfCatchAlls() {
        return destinations.calls().stream()
                .filter(call -> call.startsWith("PUT ") && call.contains("/catch_all"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "disabled"})
    void whereTheListCanBeReadNoCatchAllIsWrittenOnTrial(String reading) {
        scenario.controls().quirks(Map.of("unverified-destination", reading));
        scenario.controls().putAddress(EMAIL, false);
        settled("example", FakeEnvironment.DOMAIN, forwarding(FakeEnvironment.DOMAIN, "team@corp.example"));
        scenario.settle();
        CatchAllRule rule = catchAll(EMAIL);

        for (int looks = 0; looks < 3; looks++) {
            scenario.reconcile(rule);
            scenario.later(Duration.ofSeconds(10));
        }

        assertThat(scenario.ready(rule)).isEqualTo("False DestinationUnverified");
        assertThat(writesOfCatchAlls()).isZero();

        scenario.controls().verifyAddress(EMAIL);
        scenario.reconcile(rule);

        assertThat(scenario.ready(rule)).isEqualTo("True Applied");
        assertThat(writesOfCatchAlls()).isEqualTo(1);
    }

    /** In doubt mail goes on. */
    @Test
    void aCatchAllThatWouldMoveToAnUnverifiedAddressStaysAsItIs() {
        settled("example", FakeEnvironment.DOMAIN, "{'domain':'example.com','rules':[]}");
        CatchAllRule rule = catchAll("team@corp.example");
        scenario.reconcile(rule);
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");

        catchAll(EMAIL);
        scenario.reconcile(rule);

        assertThat(scenario.ready(rule)).isEqualTo("False DestinationUnverified");
        assertThat(scenario.zone().catchAll().toString()).contains("team@corp.example");
    }

    /** A rule and a catch-all that wait for one address are one trial, and one click wakes both. */
    @Test
    void whereItCannotACatchAllWaitsForTheTryOfARule() {
        destinations.tokenMay();
        scenario.controls().putAddress(EMAIL, false);
        MailDomain domain = settled("example", FakeEnvironment.DOMAIN, forwarding(FakeEnvironment.DOMAIN, EMAIL));
        scenario.reconcile(domain);
        CatchAllRule rule = catchAll(EMAIL);
        scenario.reconcile(rule);

        assertThat(scenario.ready(rule)).isEqualTo("False DestinationUnverified");
        assertThat(writesOfCatchAlls()).isZero();

        scenario.controls().verifyAddress(EMAIL);
        scenario.reconcile(domain);
        destinations.runs();

        assertThat(scenario.ready(rule)).isEqualTo("True Applied");
    }

    @Test
    void aTryOfACatchAllCountsForRules() {
        destinations.tokenMay();
        scenario.controls().putAddress(EMAIL, false);
        MailDomain domain = settled("example", FakeEnvironment.DOMAIN, forwarding(FakeEnvironment.DOMAIN, EMAIL));
        CatchAllRule rule = catchAll(EMAIL);
        scenario.reconcile(rule);
        assertThat(writesOfCatchAlls()).isEqualTo(1);

        scenario.reconcile(domain);

        assertThat(rule(domain)).isEqualTo("DestinationUnverified");
        assertThat(writesOfRules()).isZero();
    }

    /** Neither the list nor anything else of it is asked for. */
    @Test
    void withoutTheFlagEachTriesAsBefore() {
        try (ScenarioDsl plain = new ScenarioDsl().usual()) {
            MailDomain domain = plain.domain("example", forwarding(FakeEnvironment.DOMAIN, EMAIL));
            plain.settle();
            plain.controls().activate(FakeEnvironment.DOMAIN);
            plain.settle();

            assertThat(plain.ready(domain)).isEqualTo("False DestinationUnverified");
            assertThat(plain.controls().calls())
                    .noneMatch(call -> call.key().contains("/email/routing/addresses"))
                    .anyMatch(
                            call -> call.key().startsWith("POST") && call.key().contains("/email/routing/rules"));
        }
    }
}
