package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.state.RoutingRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A write that Cloudflare confirms and does not carry out: it is made once, said, and looked at. */
class NotTakenTest {

    private static final String NEWCOMER =
            "{'rules':[{'address':'hello@example.com','action':{'forwardTo':'new@corp.example'}},"
                    + "{'address':'spam@example.com','action':{'drop':true}}]}";

    private final ScenarioDsl scenario = new ScenarioDsl().usual();

    @BeforeEach
    void anActiveZone() {
        scenario.zone("{'status':'active','routing':true}");
        scenario.controls().putAddress("new@corp.example", false);
        scenario.controls().quirk(Quirk.UNVERIFIED_DESTINATION, "disabled");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private List<RuleStatus> rules(MailDomain domain) {
        return scenario.env().domains().live(domain).orElseThrow().getStatus().rules();
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            scenario.turn();
        }
    }

    @Test
    void aRuleThatIsKeptDisabledForItsDestinationIsWrittenOnce() {
        MailDomain domain = scenario.domain("example", NEWCOMER);
        looks(6);

        assertThat(scenario.ready(domain)).isEqualTo("False DestinationUnverified");
        assertThat(rules(domain))
                .extracting(RuleStatus::state)
                .containsExactly(RuleState.DestinationUnverified, RuleState.Synced);
        assertThat(rules(domain).get(0).message()).contains("new@corp.example", "not a verified destination");
        assertThat(scenario.writes()).hasSize(2);
        assertThat(scenario.condition(domain, "Reconciling").status()).isEqualTo("True");

        scenario.restarts();
        looks(3);
        assertThat(scenario.writes()).as("its status remembers").hasSize(2);

        scenario.controls().verifyAddress("new@corp.example");
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        assertThat(rules(domain)).extracting(RuleStatus::state).containsOnly(RuleState.Synced);
    }

    @Test
    void anUpdateThatIsNotTakenIsMadeOnceAndAnotherSpecIsAnotherCause() {
        MailDomain domain = scenario.domain("example", ScenarioDsl.TEAM);
        scenario.settle();
        scenario.domain("example", NEWCOMER);
        looks(2);
        scenario.controls().clearCalls();
        looks(3);
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.ready(domain)).isEqualTo("False DestinationUnverified");

        scenario.domain("example", ScenarioDsl.TEAM);
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
    }

    @Test
    void aRuleThatIsThereAgainWheneverItWasDeletedIsLeftAloneAndThatIsSaid() {
        MailDomain domain = scenario.domain("example", ScenarioDsl.SPAM);
        scenario.settle();
        List<RoutingRule> ours = scenario.zone().rules();
        scenario.domain("example", "{'rules':[]}");
        scenario.settle();
        for (int i = 0; i < 5; i++) {
            scenario.controls().changed(FakeEnvironment.DOMAIN, zone -> zone.withRules(ours));
            scenario.turn();
        }
        assertThat(scenario.zone().rules()).hasSize(1);
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        assertThat(scenario.events())
                .anyMatch(event -> event.startsWith("RuleKept")
                        && event.contains("spam@example.com")
                        && event.contains("3 times within an hour"));
    }

    @Test
    void whatSomebodyChangesInSuchARuleIsPutRight() {
        MailDomain domain = scenario.domain("example", NEWCOMER);
        looks(3);
        scenario.controls()
                .changed(
                        FakeEnvironment.DOMAIN,
                        zone -> zone.withRules(zone.rules().stream()
                                .filter(rule -> !rule.forwardsTo("new@corp.example"))
                                .toList()));
        looks(2);
        assertThat(scenario.addresses()).contains("hello@example.com");
        assertThat(scenario.ready(domain)).isEqualTo("False DestinationUnverified");
    }

    @Test
    void aCatchAllThatIsKeptDisabledIsNotReadyAndComesBackAsItWas() {
        scenario.zone("{'catch_all':{'worker':'mailbox','enabled':true}}");
        scenario.domain("example", ScenarioDsl.SPAM);
        scenario.settle();
        CatchAllRule rule = scenario.catchAll("all", "{'action':{'forwardTo':'new@corp.example'}}");
        scenario.controls().clearCalls();
        looks(6);
        assertThat(scenario.ready(rule)).isEqualTo("False DestinationUnverified");
        assertThat(scenario.writes()).hasSize(1);
        scenario.restarts();
        looks(3);
        assertThat(scenario.writes()).hasSize(1);

        scenario.controls().verifyAddress("new@corp.example");
        scenario.nothingFlaps();
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");

        scenario.delete(rule);
        scenario.settle();
        assertThat(scenario.zone().catchAll().actions().get(0).value()).containsExactly("mailbox");
        assertThat(scenario.zone().catchAll().enabled()).isTrue();
    }

    @Test
    void aCatchAllThatWasNeverTakenIsGivenBackAsWell() {
        scenario.zone("{'catch_all':{'worker':'mailbox','enabled':true}}");
        scenario.domain("example", ScenarioDsl.SPAM);
        scenario.settle();
        CatchAllRule rule = scenario.catchAll("all", "{'action':{'forwardTo':'new@corp.example'}}");
        looks(3);
        scenario.delete(rule);
        scenario.settle();
        assertThat(scenario.isGone(rule)).isTrue();
        assertThat(scenario.zone().catchAll().actions().get(0).value()).containsExactly("mailbox");
    }

    @Test
    void settingsThatGoOnSayingOffAreSaidAndItIsEnabledOnce() {
        scenario.controls().quirk(Quirk.SETTINGS_ENABLED, "false");
        MailDomain domain = scenario.domain("example", ScenarioDsl.SPAM);
        looks(6);
        assertThat(scenario.writes().stream().filter(call -> call.endsWith("/enable")))
                .hasSize(1);
        assertThat(scenario.condition(domain, "RoutingEnabled").status()).isEqualTo("False");
        assertThat(scenario.condition(domain, "RoutingEnabled").message()).contains("enabled: false", "status: ready");
        assertThat(scenario.condition(domain, "Reconciling").status()).isEqualTo("True");
        assertThat(scenario.addresses()).as("all else goes on").contains("spam@example.com");

        scenario.restarts();
        looks(3);
        assertThat(scenario.writes().stream().filter(call -> call.endsWith("/enable")))
                .hasSize(1);

        scenario.controls().quirk(Quirk.SETTINGS_ENABLED, "true");
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.zone().routesMail()).as("it was on before us").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, True Ready", "9, False NotTakingEffect"})
    void enablingThatLeavesItOffIsTriedOnceMoreForAUserMayHaveSwitchedItOff(int inVain, String ready) {
        scenario.zone("{'routing':false}");
        JsonNode confirmed = JsonNodeFactory.instance
                .objectNode()
                .put("success", true)
                .set("result", JsonNodeFactory.instance.objectNode().put("enabled", true));
        scenario.controls()
                .addFault(FaultPlan.next("POST", "/email/routing/enable$", Fault.status(200, confirmed, Map.of()))
                        .withTimes(inVain));
        MailDomain domain = scenario.domain("example", ScenarioDsl.SPAM);
        looks(6);

        assertThat(scenario.ready(domain)).isEqualTo(ready);
        assertThat(scenario.writes().stream().filter(call -> call.endsWith("/enable")))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "array"})
    void recordsThatStayMissingAreNamedAndAskedForOnce(String form) {
        scenario.controls().quirk(Quirk.DNS_FORM, form);
        scenario.controls().quirk(Quirk.ENABLING_ADDS_RECORDS, "no");
        scenario.zone("{'routing':false}");
        MailDomain domain = scenario.domain("example", ScenarioDsl.SPAM);
        looks(6);
        assertThat(scenario.writes().stream().filter(call -> call.endsWith("/enable")))
                .hasSize(1);
        assertThat(scenario.ready(domain)).isEqualTo("False RecordsMissing");
        assertThat(scenario.condition(domain, "DNSReady").message()).contains("misconfigured", "MX ");
        assertThat(scenario.condition(domain, "RoutingEnabled").status()).isEqualTo("True");
        assertThat(scenario.condition(domain, "Reconciling").status()).isEqualTo("True");

        scenario.controls().quirk(Quirk.ENABLING_ADDS_RECORDS, "at-once");
        scenario.zone("{'routing':true}");
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
    }

    @Test
    void aSubdomainWhoseRecordsStayMissingAsWell() {
        scenario.controls().quirk(Quirk.ENABLING_ADDS_RECORDS, "no");
        MailDomain domain = scenario.domain("example", "{'subdomains':['in']}");
        looks(6);
        assertThat(scenario.writes()).hasSize(1);
        assertThat(scenario.ready(domain)).isEqualTo("False RecordsMissing");
        assertThat(scenario.env()
                        .domains()
                        .live(domain)
                        .orElseThrow()
                        .getStatus()
                        .dns())
                .anyMatch(host -> host.host().equals("in.example.com") && host.state() == HostState.Missing);
        assertThat(scenario.condition(domain, "Reconciling").status()).isEqualTo("True");
    }
}
