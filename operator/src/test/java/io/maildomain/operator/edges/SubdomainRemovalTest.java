package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.state.DnsRecord;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subdomains that are not asked for any more, where answers are lost or Cloudflare takes more away than it should. */
class SubdomainRemovalTest {

    private static final String IN_AND_NOTIFY = "{'subdomains':['in','notify'],'rules':[]}";

    private final ScenarioDsl scenario = new ScenarioDsl().usual();

    @AfterEach
    void stop() {
        scenario.close();
    }

    private void switchesAllOff() {
        scenario.controls().quirk(Quirk.DNS_DELETE_IGNORES_BODY, "yes");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWentOffWithASubdomainGoesOnAgainThoughTheAnswerWasLost(boolean goes) {
        scenario.zone("{'status':'active','routing':true,'subdomains':['lists'],'rules':"
                + "[{'address':'x@lists.example.com','drop':true,'name':'theirs'}]}");
        switchesAllOff();
        MailDomain domain = scenario.domain("example", "{'subdomains':['in'],'rules':[]}");
        scenario.settle();
        scenario.controls().addFault(FaultPlan.next("DELETE", "/email/routing/dns", Fault.resetAfter()));

        if (goes) {
            scenario.delete(domain);
        } else {
            scenario.domain("example", "{'rules':[]}");
        }
        scenario.settle();

        assertThat(scenario.zone().routing().hosts()).containsOnlyKeys("example.com", "lists.example.com");
        if (goes) {
            assertThat(scenario.isGone(domain)).isTrue();
        } else {
            assertThat(scenario.ready(domain)).isEqualTo("True Ready");
            assertThat(scenario.ownership(domain).routing())
                    .as("it was on before we came")
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a 500", "a body that is none"})
    void whatWeSwitchedOffOurselvesIsNotSwitchedOnAgain(String answer) {
        scenario.zone("{'status':'active'}");
        MailDomain domain = scenario.domain("example", "{'subdomains':['in'],'rules':[]}");
        scenario.settle();
        Fault fault = answer.equals("a 500") ? Fault.status(500) : Fault.malformedBody();
        scenario.controls().addFault(FaultPlan.next("DELETE", "/email/routing/dns", fault));

        scenario.delete(domain);
        scenario.settle();

        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.zone().routing().hosts()).isEmpty();
    }

    @Test
    void aHostWithMailElsewhereStopsNothingWhenTheOthersGoOnAgain() {
        scenario.zone("{'status':'active','dns_records':"
                + "[{'type':'MX','name':'in.example.com','content':'mx.elsewhere.example','priority':10}]}");
        switchesAllOff();
        MailDomain domain = scenario.domain("example", IN_AND_NOTIFY);
        scenario.settle();

        scenario.domain(
                "example", "{'subdomains':['in'],'rules':[{'address':'spam@example.com','action':{'drop':true}}]}");
        scenario.settle();
        assertThat(scenario.zone().rules()).hasSize(1);
        assertThat(scenario.zone().routing().hosts()).containsOnlyKeys("example.com");

        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.zone().rules()).isEmpty();
    }

    @Test
    void aHostThatIsLeftToSomebodyIsNotTakenWhenTheOthersGoOnAgain() {
        String spf = "v=spf1 include:elsewhere.example -all";
        scenario.zone(
                "{'status':'active','dns_records':[{'type':'TXT','name':'in.example.com','content':'" + spf + "'}]}");
        switchesAllOff();
        scenario.domain("example", IN_AND_NOTIFY);
        scenario.settle();

        scenario.domain("example", "{'subdomains':['in'],'rules':[]}");
        scenario.settle();

        assertThat(scenario.zone().routing().hosts()).containsOnlyKeys("example.com");
        List<String> left = scenario.zone().dnsRecords().stream()
                .filter(dns -> dns.name().equals("in.example.com"))
                .map(DnsRecord::content)
                .toList();
        assertThat(left).containsExactly(spf);
    }

    @Test
    void aHostThatRoutesMailComesBackWithTheOthersThoughSomebodyHasRecordsThere() {
        scenario.zone("{'status':'active'}");
        switchesAllOff();
        scenario.domain("example", IN_AND_NOTIFY);
        scenario.settle();
        scenario.zone("{'dns_records':[{'type':'TXT','name':'in.example.com','content':'v=spf1 mx -all'}]}");

        scenario.domain("example", "{'subdomains':['in'],'rules':[]}");
        scenario.settle();

        assertThat(scenario.zone().routing().hosts()).containsKeys("example.com", "in.example.com");
    }
}
