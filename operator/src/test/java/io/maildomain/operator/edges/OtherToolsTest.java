package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.harness.Dashboard;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.RoutingRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/guides/other-tools.md}: external-dns and wrangler in the same zone, and the way away from them. */
class OtherToolsTest {

    private static final String APEX = FakeEnvironment.DOMAIN;
    private static final String IN = "in." + APEX;
    private static final String HERITAGE =
            "\"heritage=external-dns,external-dns/owner=default,external-dns/resource=service/web/web\"";
    private static final String RULES = """
            {'rules':[{'address':'hello@%s','action':{'worker':'mailbox'}},{'address':'bot@%s','action':{'worker':'mailbox'}}]}""".formatted(APEX, IN);

    private final ScenarioDsl scenario = new ScenarioDsl().usual();

    /** Each of the other tools, with a token that may do everything. */
    private Dashboard otherTool;

    @BeforeEach
    void anActiveZone() {
        scenario.zone("{'status':'active'}");
        otherTool = new Dashboard(
                scenario.env().simulator().apiUri(), scenario.env().simulator().startToken());
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private void creates(String type, String name, String content) {
        otherTool.call(
                "POST",
                "/zones/" + scenario.zone().id() + "/dns_records",
                Map.of("type", type, "name", name, "content", content, "priority", 10, "ttl", 300));
    }

    private List<String> externalDns() {
        return scenario.zone().dnsRecords().stream()
                .filter(record -> record.content().contains("heritage=")
                        || record.content().equals("192.0.2.1"))
                .map(DnsRecord::name)
                .toList();
    }

    private String mailTo(String address) {
        return new SimulatorControl(scenario.env().simulator().baseUri())
                .sendMail(address)
                .path("outcome")
                .asText();
    }

    private List<RuleState> rules(MailDomain domain) {
        return scenario.env().domains().live(domain).orElseThrow().getStatus().rules().stream()
                .map(RuleStatus::state)
                .toList();
    }

    @Test
    void recordsOfExternalDnsAtHostsThatRouteMailHoldUpNothingAndStay() {
        for (String host : List.of(APEX, IN)) {
            creates("A", host, "192.0.2.1");
            creates("TXT", host, HERITAGE);
            creates("TXT", "a-" + host, HERITAGE);
        }
        List<String> before = externalDns();
        MailDomain domain = scenario.domain("example", RULES);
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        assertThat(mailTo("bot@" + IN)).isEqualTo("handed to the Worker mailbox");

        scenario.delete(domain);
        scenario.settle();

        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(externalDns()).hasSize(6).isEqualTo(before);
    }

    @Test
    void mxOfExternalDnsIsRefusedWhereEmailRoutingServesAndMailFlowsOn() {
        MailDomain domain = scenario.domain("example", RULES);
        scenario.settle();

        assertThatThrownBy(() -> creates("MX", IN, "mail.elsewhere.example"))
                .hasMessageContaining("403")
                .hasMessageContaining("1046");

        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        assertThat(mailTo("bot@" + IN)).isEqualTo("handed to the Worker mailbox");
    }

    @Test
    void mxOfExternalDnsThatCameFirstKeepsEmailRoutingOffUntilItGoes() {
        creates("MX", APEX, "mail.elsewhere.example");
        creates("TXT", "mx-" + APEX, HERITAGE);
        MailDomain domain = scenario.domain("example", RULES);
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("False ForeignRecords");

        String record = scenario.zone().dnsRecords().stream()
                .filter(DnsRecord::isMx)
                .findFirst()
                .orElseThrow()
                .id();
        otherTool.call("DELETE", "/zones/" + scenario.zone().id() + "/dns_records/" + record, Map.of());
        scenario.nothingFlaps();

        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
    }

    @Test
    void addressesMoveFromWranglerWhileTheCatchAllHandsTheirMailToTheSameWorker() {
        scenario.zone("{'routing':true,'subdomains':['in'],'rules':[%s,%s]}"
                .formatted(wranglers("hello@" + APEX), wranglers("bot@" + IN)));
        RoutingRule catchAll = scenario.zone().catchAll();
        MailDomain domain = scenario.domain("example", RULES);
        scenario.nothingFlaps();
        assertThat(rules(domain)).containsExactly(RuleState.Matched, RuleState.Matched);
        CatchAllRule meanwhile = scenario.catchAll("meanwhile", "{'action':{'worker':'mailbox'}}");
        scenario.nothingFlaps();

        // "addresses": [], as wrangler applies it.
        for (RoutingRule rule : scenario.zone().rules()) {
            otherTool.deleteRule(scenario.zone().id(), rule.id());
            assertThat(mailTo("hello@" + APEX)).isEqualTo("handed to the Worker mailbox");
            assertThat(mailTo("bot@" + IN)).isEqualTo("handed to the Worker mailbox");
        }
        scenario.annotate(domain, "maildomain.io/reconcile-requested-at", "now");
        scenario.nothingFlaps();

        assertThat(rules(domain)).containsExactly(RuleState.Synced, RuleState.Synced);
        scenario.delete(meanwhile);
        scenario.settle();
        assertThat(scenario.isGone(meanwhile)).isTrue();
        assertThat(scenario.zone().catchAll().actions()).isEqualTo(catchAll.actions());
        assertThat(scenario.zone().catchAll().enabled()).isEqualTo(catchAll.enabled());
        assertThat(mailTo("hello@" + APEX)).isEqualTo("handed to the Worker mailbox");
    }

    private static String wranglers(String address) {
        return "{'address':'" + address + "','worker':'mailbox','source':'wrangler','owner_worker_tag':'its-tag'}";
    }
}
