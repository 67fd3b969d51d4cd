package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.simulator.quirks.Quirk;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write that Cloudflare confirms and does not carry out: it is made once, said, and looked at. */
class NotTakenTest {

    private static final String NEWCOMER =
            "{'rules':[{'address':'hello@example.com','action':{'forwardTo':'new@corp.example'}},"
                    + "{'address':'spam@example.com','action':{'drop':true}}]}";

    private final World world = new World().usual();

    @BeforeEach
    void anActiveZone() {
        world.zone("{'status':'active','routing':true}");
        world.controls().putAddress("new@corp.example", false);
        world.controls().quirk(Quirk.UNVERIFIED_DESTINATION, "disabled");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private List<RuleStatus> rules(MailDomain domain) {
        return world.domains.live(domain).orElseThrow().getStatus().rules();
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            world.turn();
        }
    }

    @Test
    void aRuleThatIsKeptDisabledForItsDestinationIsWrittenOnce() {
        MailDomain domain = world.domain("example", NEWCOMER);
        looks(6);

        assertThat(world.ready(domain)).isEqualTo("False DestinationUnverified");
        assertThat(rules(domain))
                .extracting(RuleStatus::state)
                .containsExactly(RuleState.DestinationUnverified, RuleState.Synced);
        assertThat(rules(domain).get(0).message()).contains("new@corp.example", "not a verified destination");
        assertThat(world.writes()).hasSize(2);
        assertThat(world.condition(domain, "Reconciling").status()).isEqualTo("True");

        world.restarts();
        looks(3);
        assertThat(world.writes()).as("its status remembers").hasSize(2);

        world.controls().verifyAddress("new@corp.example");
        world.nothingFlaps();
        assertThat(world.ready(domain)).isEqualTo("True Ready");
        assertThat(rules(domain)).extracting(RuleStatus::state).containsOnly(RuleState.Synced);
    }

    @Test
    void anUpdateThatIsNotTakenIsMadeOnceAndAnotherSpecIsAnotherCause() {
        MailDomain domain = world.domain("example", World.TEAM);
        world.settle();
        world.domain("example", NEWCOMER);
        looks(2);
        world.controls().clearCalls();
        looks(3);
        assertThat(world.writes()).isEmpty();
        assertThat(world.ready(domain)).isEqualTo("False DestinationUnverified");

        world.domain("example", World.TEAM);
        world.nothingFlaps();
        assertThat(world.ready(domain)).isEqualTo("True Ready");
    }

    @Test
    void whatSomebodyChangesInSuchARuleIsPutRight() {
        MailDomain domain = world.domain("example", NEWCOMER);
        looks(3);
        world.controls()
                .changed(
                        World.DOMAIN,
                        zone -> zone.withRules(zone.rules().stream()
                                .filter(rule -> !rule.forwardsTo("new@corp.example"))
                                .toList()));
        looks(2);
        assertThat(world.addresses()).contains("hello@example.com");
        assertThat(world.ready(domain)).isEqualTo("False DestinationUnverified");
    }

    @Test
    void aCatchAllThatIsKeptDisabledIsNotReadyAndComesBackAsItWas() {
        world.zone("{'catch_all':{'worker':'mailbox','enabled':true}}");
        world.domain("example", World.SPAM);
        world.settle();
        CatchAllRule rule = world.catchAll("all", "{'action':{'forwardTo':'new@corp.example'}}");
        world.controls().clearCalls();
        looks(6);
        assertThat(world.ready(rule)).isEqualTo("False DestinationUnverified");
        assertThat(world.writes()).hasSize(1);
        world.restarts();
        looks(3);
        assertThat(world.writes()).hasSize(1);

        world.controls().verifyAddress("new@corp.example");
        world.nothingFlaps();
        assertThat(world.ready(rule)).isEqualTo("True Applied");

        world.delete(rule);
        world.settle();
        assertThat(world.zone().catchAll().actions().get(0).value()).containsExactly("mailbox");
        assertThat(world.zone().catchAll().enabled()).isTrue();
    }

    @Test
    void aCatchAllThatWasNeverTakenIsGivenBackAsWell() {
        world.zone("{'catch_all':{'worker':'mailbox','enabled':true}}");
        world.domain("example", World.SPAM);
        world.settle();
        CatchAllRule rule = world.catchAll("all", "{'action':{'forwardTo':'new@corp.example'}}");
        looks(3);
        world.delete(rule);
        world.settle();
        assertThat(world.isGone(rule)).isTrue();
        assertThat(world.zone().catchAll().actions().get(0).value()).containsExactly("mailbox");
    }

    @Test
    void settingsThatGoOnSayingOffAreSaidAndItIsEnabledOnce() {
        world.controls().quirk(Quirk.SETTINGS_ENABLED, "false");
        MailDomain domain = world.domain("example", World.SPAM);
        looks(6);
        assertThat(world.writes().stream().filter(call -> call.endsWith("/enable")))
                .hasSize(1);
        assertThat(world.condition(domain, "RoutingEnabled").status()).isEqualTo("False");
        assertThat(world.condition(domain, "RoutingEnabled").message()).contains("enabled: false", "status: ready");
        assertThat(world.condition(domain, "Reconciling").status()).isEqualTo("True");
        assertThat(world.addresses()).as("all else goes on").contains("spam@example.com");

        world.restarts();
        looks(3);
        assertThat(world.writes().stream().filter(call -> call.endsWith("/enable")))
                .hasSize(1);

        world.controls().quirk(Quirk.SETTINGS_ENABLED, "true");
        world.nothingFlaps();
        assertThat(world.ready(domain)).isEqualTo("True Ready");
        world.delete(domain);
        world.settle();
        assertThat(world.zone().routesMail()).as("it was on before us").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "array"})
    void recordsThatStayMissingAreNamedAndAskedForOnce(String form) {
        world.controls().quirk(Quirk.DNS_FORM, form);
        world.controls().quirk(Quirk.ENABLING_ADDS_RECORDS, "no");
        world.zone("{'routing':false}");
        MailDomain domain = world.domain("example", World.SPAM);
        looks(6);
        assertThat(world.writes().stream().filter(call -> call.endsWith("/enable")))
                .hasSize(1);
        assertThat(world.ready(domain)).isEqualTo("False RecordsMissing");
        assertThat(world.condition(domain, "DNSReady").message()).contains("misconfigured", "MX ");
        assertThat(world.condition(domain, "RoutingEnabled").status()).isEqualTo("True");
        assertThat(world.condition(domain, "Reconciling").status()).isEqualTo("True");

        world.controls().quirk(Quirk.ENABLING_ADDS_RECORDS, "at-once");
        world.zone("{'routing':true}");
        world.nothingFlaps();
        assertThat(world.ready(domain)).isEqualTo("True Ready");
    }

    @Test
    void aSubdomainWhoseRecordsStayMissingAsWell() {
        world.controls().quirk(Quirk.ENABLING_ADDS_RECORDS, "no");
        MailDomain domain = world.domain("example", "{'subdomains':['in']}");
        looks(6);
        assertThat(world.writes()).hasSize(1);
        assertThat(world.ready(domain)).isEqualTo("False RecordsMissing");
        assertThat(world.domains.live(domain).orElseThrow().getStatus().dns())
                .anyMatch(host -> host.host().equals("in.example.com") && host.state() == HostState.Missing);
        assertThat(world.condition(domain, "Reconciling").status()).isEqualTo("True");
    }
}
