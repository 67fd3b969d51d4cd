package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.state.DnsRecord;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail that flows already goes on flowing: on the domain itself and on subdomains, with Refuse and with Replace. */
class ExistingMailTest {

    private static final String APEX = World.DOMAIN;
    private static final String IN = "in." + APEX;
    private static final String MX = "{'type':'MX','name':'%s','content':'mail.elsewhere.example','priority':10}";
    private static final String SPF = "{'type':'TXT','name':'%s','content':'v=spf1 include:elsewhere.example ~all'}";

    private final World world = new World().usual();

    @BeforeEach
    void anActiveZone() {
        world.zone("{'status':'active'}");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static String spec(String host, String records) {
        return "{'dns':{'existingRecords':'" + records + "'},'rules':[{'address':'hello@" + host
                + "','action':{'drop':true}}]}";
    }

    private void foreign(String record, String host) {
        world.zone("{'dns_records':[" + record.formatted(host) + "]}");
    }

    private HostStatus dns(MailDomain domain, String host) {
        return world.domains.live(domain).orElseThrow().getStatus().dns().stream()
                .filter(status -> status.host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    private List<String> mx(String host) {
        return world.zone().dnsRecords().stream()
                .filter(record -> record.isMx() && record.name().equals(host))
                .map(DnsRecord::content)
                .toList();
    }

    // ---- before the first write

    @ParameterizedTest
    @CsvSource({"MX, refused", "MX, replaced", "SPF, refused"})
    void refuseChangesNothingInTheZone(String kind, String reading) {
        world.controls().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, reading);
        foreign(kind.equals("MX") ? MX : SPF, APEX);
        var before = world.controls().comparableState();
        MailDomain domain = world.domain("example", spec(IN, "Refuse"));
        world.nothingFlaps();
        assertThat(world.ready(domain)).isEqualTo("False ForeignRecords");
        assertThat(world.condition(domain, "Stalled").status()).isEqualTo("True");
        assertThat(dns(domain, APEX).state()).isEqualTo(HostState.Foreign);
        assertThat(dns(domain, APEX).message()).contains("elsewhere.example", "existingRecords: Replace");
        assertThat(world.controls().comparableState()).isEqualTo(before);
    }

    @Test
    void replaceTakesTheDomainOverWhereCloudflareDoesAndItsRulesStandBeforeItsRecords() {
        world.controls().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
        foreign(MX, APEX);
        MailDomain domain = world.domain("example", spec(APEX, "Replace"));
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(APEX)).allMatch(target -> target.endsWith(".mx.cloudflare.net"));
    }

    @Test
    void orSaysThatCloudflareRefuses() {
        foreign(MX, APEX);
        MailDomain domain = world.domain("example", spec(APEX, "Replace"));
        world.turn();
        String said = world.condition(domain, "Ready").toString();
        world.turn();
        world.turn();
        assertThat(world.condition(domain, "Ready").toString()).isEqualTo(said);
        assertThat(world.ready(domain)).isEqualTo("False ForeignRecords");
        assertThat(world.zone().routesMail()).isFalse();
        assertThat(mx(APEX)).containsExactly("mail.elsewhere.example");
        assertThat(world.ledger(domain).routing()).as("a definitive refusal").isNull();

        world.zone("{'dns_records':[]}");
        nothingFlapsAfter(domain, "True Ready");
    }

    private void nothingFlapsAfter(MailDomain domain, String ready) {
        world.nothingFlaps();
        assertThat(world.ready(domain)).isEqualTo(ready);
    }

    @Test
    void replaceTakesAForeignSenderPolicyAway() {
        foreign(SPF, APEX);
        MailDomain domain = world.domain("example", spec(APEX, "Replace"));
        nothingFlapsAfter(domain, "True Ready");
    }

    @ParameterizedTest
    @CsvSource({
        "MX,  Refuse,  refused, Foreign",
        "MX,  Refuse,  ignored, Foreign",
        "SPF, Refuse,  refused, Foreign",
        "MX,  Replace, refused, Foreign",
        "SPF, Replace, refused, Ready",
    })
    void aSubdomainWithMailOfAnotherProviderHoldsUpItselfAlone(
            String kind, String policy, String reading, HostState state) {
        world.controls().quirk(Quirk.SUBDOMAIN_FOREIGN_MX, reading);
        foreign(kind.equals("MX") ? MX : SPF, IN);
        MailDomain domain = world.domain(
                "example",
                "{'dns':{'existingRecords':'" + policy + "'},'rules':["
                        + "{'address':'hello@" + IN + "','action':{'drop':true}},"
                        + "{'address':'hello@" + APEX + "','action':{'drop':true}}]}");
        world.turn();
        world.turn();
        world.turn();
        assertThat(dns(domain, APEX).state()).isEqualTo(HostState.Ready);
        assertThat(dns(domain, IN).state()).isEqualTo(state);
        if (kind.equals("MX")) {
            assertThat(mx(IN)).containsExactly("mail.elsewhere.example");
            assertThat(world.ledger(domain).subdomains()).isEmpty();
        }
        if (policy.equals("Refuse")) {
            world.nothingFlaps();
            assertThat(world.zone().rules()).hasSize(1);
        }
    }

    // ---- an answer that lists what a host needs, and proves nothing

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'TXT','name':'example.com','content':'v=spf1 include:_spf.google.com include:mailgun.org -all'}",
                "{'type':'TXT','name':'example.com','content':'v=spf1 include:_spf.mx.cloudflare.net include:mailgun.org ~all'}",
                "{'type':'MX','name':'example.com','content':'mail.elsewhere.example','priority':10}",
            })
    void refuseChangesNothingWhateverTheFormOfTheAnswer(String record) {
        for (String form : List.of("array", "auto", "object")) {
            for (String spf : List.of("kept", "replaced")) {
                try (World one = new World().usual()) {
                    one.zone("{'status':'active','dns_records':[" + record + "]}");
                    one.controls().quirk(Quirk.DNS_FORM, form);
                    one.controls().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
                    one.controls().quirk(Quirk.MERGED_SPF, spf);
                    var before = one.controls().comparableState();
                    MailDomain domain = one.domain("example", spec(APEX, "Refuse"));
                    one.nothingFlaps();
                    assertThat(one.ready(domain)).isEqualTo("False ForeignRecords");
                    assertThat(one.controls().comparableState()).isEqualTo(before);
                }
            }
        }
    }

    @Test
    void aSubdomainIsAddedWhateverTheListOfItsRecordsSays() {
        world.controls().quirk(Quirk.DNS_FORM, "array");
        world.zone("{'routing':true}");
        MailDomain domain = world.domain("example", spec(IN, "Refuse"));
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(IN)).hasSize(3);
        assertThat(world.ledger(domain).subdomains()).containsExactly(IN);
    }

    @ParameterizedTest
    @ValueSource(strings = {APEX, IN})
    void whatCannotBeKnownIsLeftAloneUntilSomebodyLetsItBeKnownOrReplaced(String host) {
        world.seesDns = false;
        world.controls().quirk(Quirk.DNS_FORM, "array");
        world.zone("{'routing':" + host.equals(IN) + "}");
        var before = world.controls().comparableState();
        MailDomain domain = world.domain("example", spec(host, "Refuse"));
        world.nothingFlaps();
        assertThat(world.ready(domain)).isEqualTo("False " + "RecordsUnknown");
        assertThat(world.condition(domain, "DNSReady").reason()).isEqualTo("RecordsUnknown");
        assertThat(world.condition(domain, "DNSReady").message())
                .contains(host, "Look at", "Zone: DNS: Read", "existingRecords: Replace");
        assertThat(dns(domain, host).state()).isEqualTo(HostState.Unknown);
        assertThat(world.controls().comparableState()).isEqualTo(before);

        world.token("tokens", "reader", World.RUNTIME[0], World.RUNTIME[1], World.RUNTIME[2], "Zone: DNS: Read");
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(host)).hasSize(3);
    }

    @Test
    void replaceNeedsNotToBeKnown() {
        world.seesDns = false;
        world.controls().quirk(Quirk.DNS_FORM, "array");
        MailDomain domain = world.domain("example", spec(IN, "Replace"));
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(IN)).hasSize(3);
    }

    @Test
    void inAZoneOfOursNothingOfOthersStandsUnlessItShows() {
        world.seesDns = false;
        world.controls().quirk(Quirk.DNS_FORM, "array");
        MailDomain domain = world.domain(
                "new", "{'domain':'new.example','rules':[{'address':'hello@in.new.example','action':{'drop':true}}]}");
        world.settle();
        world.controls().activate("new.example");
        nothingFlapsAfter(domain, "True Ready");

        world.seesDns = true;
        world.zone(
                "new.example",
                "{'dns_records':[{'type':'TXT','name':'out','content':'v=spf1 include:mine.example -all'}]}");
        world.domain("new", "{'domain':'new.example','subdomains':['out']}");
        nothingFlapsAfter(domain, "False ForeignRecords");
    }

    @Test
    void aSubdomainThatSomebodyTookAwayIsSeenFromOutside() {
        world.controls().quirk(Quirk.DNS_FORM, "array");
        MailDomain domain = world.domain("example", spec(IN, "Refuse"));
        world.settle();
        world.controls()
                .changed(
                        APEX,
                        zone -> zone.withDnsRecords(zone.dnsRecords().stream()
                                .filter(record -> !record.name().endsWith(IN))
                                .toList()));
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(IN)).hasSize(3);
    }

    @Test
    void hostsThatCannotBeRoutedAreNotAskedAbout() {
        String rules = java.util.stream.IntStream.range(0, 60)
                .mapToObj("{'address':'a@h%02d.example.com','action':{'drop':true}}"::formatted)
                .collect(java.util.stream.Collectors.joining(","));
        MailDomain domain = world.domain("example", "{'rules':[" + rules + "]}");
        world.settle();
        world.controls().clearCalls();
        world.reconcile(domain);
        assertThat(world.controls().calls())
                .filteredOn(call -> call.key().equals("GET /zones/{zone_id}/email/routing/dns"))
                .hasSizeLessThanOrEqualTo(30);
        assertThat(dns(domain, "h58.example.com").message()).contains("at most 29");
    }

    // ---- beside Email Routing's own

    @ParameterizedTest
    @CsvSource({"example.com, Refuse", "example.com, Replace", "in.example.com, Refuse"})
    void aSecondSenderPolicyIsNamedAndOnlyWhatHelpsIsAdvised(String host, String policy) {
        MailDomain domain = world.domain("example", spec(host, policy));
        world.settle();
        foreign(SPF, host);
        world.nothingFlaps();
        assertThat(world.ready(domain)).isEqualTo("False ForeignRecords");
        assertThat(dns(domain, host).message())
                .contains("elsewhere.example", "Remove this one")
                .doesNotContain("_spf.mx.cloudflare.net", "Replace");
        assertThat(world.condition(domain, "RulesSynced").status()).isEqualTo("True");

        world.zone("{'dns_records':[]}");
        nothingFlapsAfter(domain, "True Ready");
    }

    // ---- unlocked

    @ParameterizedTest
    @ValueSource(strings = {"Refuse", "Replace"})
    void unlockedRecordsAreReportedAndLeft(String policy) {
        MailDomain domain = world.domain("example", spec(IN, policy));
        world.settle();
        world.zone("{'unlocked':true}");
        world.nothingFlaps();
        assertThat(world.ready(domain)).isEqualTo("True Ready");
        assertThat(dns(domain, APEX).state()).isEqualTo(HostState.Unlocked);
        assertThat(world.condition(domain, "DNSReady").reason()).isEqualTo("RecordsUnlocked");

        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(world.zone().routesMail()).isTrue();
        assertThat(world.events).anyMatch(event -> event.startsWith("RoutingKept"));
    }

    // ---- switched off by hand

    @ParameterizedTest
    @CsvSource({"false, Refuse", "false, Replace", "true, Refuse", "true, Replace"})
    void routingThatSomebodySwitchedOffGoesOnAgain(boolean wasOn, String policy) {
        world.zone("{'routing':" + wasOn + "}");
        MailDomain domain = world.domain("example", spec(APEX, policy));
        world.settle();
        world.zone("{'routing':false}");
        nothingFlapsAfter(domain, "True Ready");
        assertThat(world.zone().routesMail()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false, Refuse", "false, Replace", "true, Refuse", "true, Replace"})
    void butNotWhereItsMailGoesElsewhereSince(boolean wasOn, String policy) {
        world.controls().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
        world.zone("{'routing':" + wasOn + "}");
        MailDomain domain = world.domain("example", spec(APEX, policy));
        world.settle();
        assertThat(world.ready(domain)).isEqualTo("True Ready");
        world.zone("{'routing':false}");
        foreign(MX, APEX);
        nothingFlapsAfter(domain, "False ForeignRecords");
        assertThat(world.zone().routesMail()).isFalse();
        assertThat(mx(APEX)).containsExactly("mail.elsewhere.example");

        world.restarts();
        nothingFlapsAfter(domain, "False ForeignRecords");
        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(mx(APEX)).containsExactly("mail.elsewhere.example");
    }

    @ParameterizedTest
    @CsvSource({"false, Refuse", "false, Replace", "true, Refuse", "true, Replace"})
    void norASubdomain(boolean wasThere, String policy) {
        world.controls().quirk(Quirk.SUBDOMAIN_FOREIGN_MX, "ignored");
        world.zone(wasThere ? "{'routing':true,'subdomains':['in']}" : "{'routing':true}");
        MailDomain domain = world.domain("example", spec(IN, policy));
        world.settle();
        assertThat(world.ready(domain)).isEqualTo("True Ready");
        world.controls()
                .changed(
                        APEX,
                        zone -> zone.withDnsRecords(zone.dnsRecords().stream()
                                .filter(record -> !record.name().endsWith(IN))
                                .toList()));
        foreign(MX, IN);
        nothingFlapsAfter(domain, "False ForeignRecords");
        assertThat(mx(IN)).containsExactly("mail.elsewhere.example");
    }

    @Test
    void aSubdomainWhoseRecordsSomebodyRemovedGetsThemAgain() {
        MailDomain domain = world.domain("example", spec(IN, "Refuse"));
        world.settle();
        world.controls()
                .changed(
                        APEX,
                        zone -> zone.withDnsRecords(zone.dnsRecords().stream()
                                .filter(record -> !record.name().endsWith(IN))
                                .toList()));
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(IN)).hasSize(3);
    }

    @Test
    void aLostAnswerToATakeoverOfASubdomainIsNoMoveAway() {
        world.controls().quirk(Quirk.SUBDOMAIN_FOREIGN_MX, "ignored");
        world.zone("{'routing':true}");
        foreign(MX, IN);
        MailDomain domain = world.domain("example", spec(IN, "Replace"));
        world.controls().failNext("POST", "/email/routing/dns$", io.maildomain.simulator.faults.Fault.resetBefore());
        world.reconcile(domain);
        world.settle();
        assertThat(mx(IN))
                .as("added beside what stands there, as this reading has it")
                .hasSize(4);
    }
}
