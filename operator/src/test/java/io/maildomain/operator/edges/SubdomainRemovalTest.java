package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
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

    private final World world = new World().usual();

    @AfterEach
    void stop() {
        world.close();
    }

    private void switchesAllOff() {
        world.controls().quirk(Quirk.DNS_DELETE_IGNORES_BODY, "yes");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWentOffWithASubdomainGoesOnAgainThoughTheAnswerWasLost(boolean goes) {
        world.zone("{'status':'active','routing':true,'subdomains':['lists'],'rules':"
                + "[{'address':'x@lists.example.com','drop':true,'name':'theirs'}]}");
        switchesAllOff();
        MailDomain domain = world.domain("example", "{'subdomains':['in'],'rules':[]}");
        world.settle();
        world.controls().addFault(FaultPlan.next("DELETE", "/email/routing/dns", Fault.resetAfter()));

        if (goes) {
            world.delete(domain);
        } else {
            world.domain("example", "{'rules':[]}");
        }
        world.settle();

        assertThat(world.zone().routing().hosts()).containsOnlyKeys("example.com", "lists.example.com");
        if (goes) {
            assertThat(world.isGone(domain)).isTrue();
        } else {
            assertThat(world.ready(domain)).isEqualTo("True Ready");
            assertThat(world.ledger(domain).routing())
                    .as("it was on before we came")
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a 500", "a body that is none"})
    void whatWeSwitchedOffOurselvesIsNotSwitchedOnAgain(String answer) {
        world.zone("{'status':'active'}");
        MailDomain domain = world.domain("example", "{'subdomains':['in'],'rules':[]}");
        world.settle();
        Fault fault = answer.equals("a 500") ? Fault.status(500) : Fault.malformedBody();
        world.controls().addFault(FaultPlan.next("DELETE", "/email/routing/dns", fault));

        world.delete(domain);
        world.settle();

        assertThat(world.isGone(domain)).isTrue();
        assertThat(world.zone().routing().hosts()).isEmpty();
    }

    @Test
    void aHostWithMailElsewhereStopsNothingWhenTheOthersGoOnAgain() {
        world.zone("{'status':'active','dns_records':"
                + "[{'type':'MX','name':'in.example.com','content':'mx.elsewhere.example','priority':10}]}");
        switchesAllOff();
        MailDomain domain = world.domain("example", IN_AND_NOTIFY);
        world.settle();

        world.domain(
                "example", "{'subdomains':['in'],'rules':[{'address':'spam@example.com','action':{'drop':true}}]}");
        world.settle();
        assertThat(world.zone().rules()).hasSize(1);
        assertThat(world.zone().routing().hosts()).containsOnlyKeys("example.com");

        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(world.zone().rules()).isEmpty();
    }

    @Test
    void aHostThatIsLeftToSomebodyIsNotTakenWhenTheOthersGoOnAgain() {
        String spf = "v=spf1 include:elsewhere.example -all";
        world.zone(
                "{'status':'active','dns_records':[{'type':'TXT','name':'in.example.com','content':'" + spf + "'}]}");
        switchesAllOff();
        world.domain("example", IN_AND_NOTIFY);
        world.settle();

        world.domain("example", "{'subdomains':['in'],'rules':[]}");
        world.settle();

        assertThat(world.zone().routing().hosts()).containsOnlyKeys("example.com");
        List<String> left = world.zone().dnsRecords().stream()
                .filter(dns -> dns.name().equals("in.example.com"))
                .map(DnsRecord::content)
                .toList();
        assertThat(left).containsExactly(spf);
    }

    @Test
    void aHostThatRoutesMailComesBackWithTheOthersThoughSomebodyHasRecordsThere() {
        world.zone("{'status':'active'}");
        switchesAllOff();
        world.domain("example", IN_AND_NOTIFY);
        world.settle();
        world.zone("{'dns_records':[{'type':'TXT','name':'in.example.com','content':'v=spf1 mx -all'}]}");

        world.domain("example", "{'subdomains':['in'],'rules':[]}");
        world.settle();

        assertThat(world.zone().routing().hosts()).containsKeys("example.com", "in.example.com");
    }
}
