package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.ScenarioDsl;
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

    private static final String APEX = FakeEnvironment.DOMAIN;
    private static final String IN = "in." + APEX;
    private static final String MX = "{'type':'MX','name':'%s','content':'mail.elsewhere.example','priority':10}";
    private static final String SPF = "{'type':'TXT','name':'%s','content':'v=spf1 include:elsewhere.example ~all'}";

    private final ScenarioDsl scenario = new ScenarioDsl().usual();

    @BeforeEach
    void anActiveZone() {
        scenario.zone("{'status':'active'}");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private static String spec(String host, String records) {
        return "{'dns':{'existingRecords':'" + records + "'},'rules':[{'address':'hello@" + host
                + "','action':{'drop':true}}]}";
    }

    private void foreign(String record, String host) {
        scenario.zone("{'dns_records':[" + record.formatted(host) + "]}");
    }

    private HostStatus dns(MailDomain domain, String host) {
        return scenario.env().domains().live(domain).orElseThrow().getStatus().dns().stream()
                .filter(status -> status.host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    private List<String> mx(String host) {
        return scenario.zone().dnsRecords().stream()
                .filter(record -> record.isMx() && record.name().equals(host))
                .map(DnsRecord::content)
                .toList();
    }

    // ---- before the first write

    @ParameterizedTest
    @CsvSource({"MX, refused", "MX, replaced", "SPF, refused"})
    void refuseChangesNothingInTheZone(String kind, String reading) {
        scenario.controls().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, reading);
        foreign(kind.equals("MX") ? MX : SPF, APEX);
        var before = scenario.controls().comparableState();
        MailDomain domain = scenario.domain("example", spec(IN, "Refuse"));
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("False ForeignRecords");
        assertThat(scenario.condition(domain, "Stalled").status()).isEqualTo("True");
        assertThat(dns(domain, APEX).state()).isEqualTo(HostState.Foreign);
        assertThat(dns(domain, APEX).message()).contains("elsewhere.example", "existingRecords: Replace");
        assertThat(scenario.controls().comparableState()).isEqualTo(before);
    }

    private void anotherUserRemovesTheSubdomainsRecords() {
        scenario.controls()
                .changed(
                        APEX,
                        zone -> zone.withDnsRecords(zone.dnsRecords().stream()
                                .filter(record -> !record.name().endsWith(IN))
                                .toList()));
    }

    @Test
    void replaceTakesTheDomainOverWhereCloudflareDoesAndItsRulesStandBeforeItsRecords() {
        scenario.controls().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
        foreign(MX, APEX);
        MailDomain domain = scenario.domain("example", spec(APEX, "Replace"));
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(APEX)).allMatch(target -> target.endsWith(".mx.cloudflare.net"));
    }

    @Test
    void orSaysThatCloudflareRefuses() {
        foreign(MX, APEX);
        MailDomain domain = scenario.domain("example", spec(APEX, "Replace"));
        scenario.turn();
        String said = scenario.condition(domain, "Ready").toString();
        scenario.turn();
        scenario.turn();
        assertThat(scenario.condition(domain, "Ready").toString()).isEqualTo(said);
        assertThat(scenario.ready(domain)).isEqualTo("False ForeignRecords");
        assertThat(scenario.zone().routesMail()).isFalse();
        assertThat(mx(APEX)).containsExactly("mail.elsewhere.example");
        assertThat(scenario.ownership(domain).routing())
                .as("a definitive refusal")
                .isNull();

        scenario.zone("{'dns_records':[]}");
        nothingFlapsAfter(domain, "True Ready");
    }

    private void nothingFlapsAfter(MailDomain domain, String ready) {
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo(ready);
    }

    @Test
    void replaceTakesAForeignSenderPolicyAway() {
        foreign(SPF, APEX);
        MailDomain domain = scenario.domain("example", spec(APEX, "Replace"));
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
        scenario.controls().quirk(Quirk.SUBDOMAIN_FOREIGN_MX, reading);
        foreign(kind.equals("MX") ? MX : SPF, IN);
        MailDomain domain = scenario.domain(
                "example",
                "{'dns':{'existingRecords':'" + policy + "'},'rules':["
                        + "{'address':'hello@" + IN + "','action':{'drop':true}},"
                        + "{'address':'hello@" + APEX + "','action':{'drop':true}}]}");
        scenario.turn();
        scenario.turn();
        scenario.turn();
        assertThat(dns(domain, APEX).state()).isEqualTo(HostState.Ready);
        assertThat(dns(domain, IN).state()).isEqualTo(state);
        if (kind.equals("MX")) {
            assertThat(mx(IN)).containsExactly("mail.elsewhere.example");
            assertThat(scenario.ownership(domain).subdomains()).isEmpty();
        }
        if (policy.equals("Refuse")) {
            scenario.nothingFlaps();
            assertThat(scenario.zone().rules()).hasSize(1);
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
                try (ScenarioDsl one = new ScenarioDsl().usual()) {
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
        scenario.controls().quirk(Quirk.DNS_FORM, "array");
        scenario.zone("{'routing':true}");
        MailDomain domain = scenario.domain("example", spec(IN, "Refuse"));
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(IN)).hasSize(3);
        assertThat(scenario.ownership(domain).subdomains()).containsExactly(IN);
    }

    @ParameterizedTest
    @ValueSource(strings = {APEX, IN})
    void whatCannotBeKnownIsLeftAloneUntilSomebodyLetsItBeKnownOrReplaced(String host) {
        scenario.env().dnsAnswers(false);
        scenario.controls().quirk(Quirk.DNS_FORM, "array");
        scenario.zone("{'routing':" + host.equals(IN) + "}");
        var before = scenario.controls().comparableState();
        MailDomain domain = scenario.domain("example", spec(host, "Refuse"));
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("False " + "RecordsUnknown");
        assertThat(scenario.condition(domain, "DNSReady").reason()).isEqualTo("RecordsUnknown");
        assertThat(scenario.condition(domain, "DNSReady").message())
                .contains(host, "Look at", "Zone: DNS: Read", "existingRecords: Replace");
        assertThat(dns(domain, host).state()).isEqualTo(HostState.Unknown);
        assertThat(scenario.controls().comparableState()).isEqualTo(before);

        scenario.token("tokens", "reader", ScenarioDsl.runtimeRights("Zone: DNS: Read"));
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(host)).hasSize(3);
    }

    @Test
    void replaceNeedsNotToBeKnown() {
        scenario.env().dnsAnswers(false);
        scenario.controls().quirk(Quirk.DNS_FORM, "array");
        MailDomain domain = scenario.domain("example", spec(IN, "Replace"));
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(IN)).hasSize(3);
    }

    @Test
    void inAZoneOfOursNothingOfOthersStandsUnlessItShows() {
        scenario.env().dnsAnswers(false);
        scenario.controls().quirk(Quirk.DNS_FORM, "array");
        MailDomain domain = scenario.domain(
                "new", "{'domain':'new.example','rules':[{'address':'hello@in.new.example','action':{'drop':true}}]}");
        scenario.settle();
        scenario.controls().activate("new.example");
        nothingFlapsAfter(domain, "True Ready");

        scenario.env().dnsAnswers(true);
        scenario.zone(
                "new.example",
                "{'dns_records':[{'type':'TXT','name':'out','content':'v=spf1 include:mine.example -all'}]}");
        scenario.domain("new", "{'domain':'new.example','subdomains':['out']}");
        nothingFlapsAfter(domain, "False ForeignRecords");
    }

    @Test
    void aSubdomainThatSomebodyTookAwayIsSeenFromOutside() {
        scenario.controls().quirk(Quirk.DNS_FORM, "array");
        MailDomain domain = scenario.domain("example", spec(IN, "Refuse"));
        scenario.settle();
        anotherUserRemovesTheSubdomainsRecords();
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(IN)).hasSize(3);
    }

    @Test
    void hostsThatCannotBeRoutedAreNotAskedAbout() {
        String rules = java.util.stream.IntStream.range(0, 60)
                .mapToObj("{'address':'a@h%02d.example.com','action':{'drop':true}}"::formatted)
                .collect(java.util.stream.Collectors.joining(","));
        MailDomain domain = scenario.domain("example", "{'rules':[" + rules + "]}");
        scenario.settle();
        scenario.controls().clearCalls();
        scenario.reconcile(domain);
        assertThat(scenario.controls().calls())
                .filteredOn(call -> call.key().equals("GET /zones/{zone_id}/email/routing/dns"))
                .hasSizeLessThanOrEqualTo(30);
        assertThat(dns(domain, "h58.example.com").message()).contains("at most 29");
    }

    // ---- beside Email Routing's own

    @ParameterizedTest
    @CsvSource({"example.com, Refuse", "example.com, Replace", "in.example.com, Refuse"})
    void aSecondSenderPolicyIsNamedAndOnlyWhatHelpsIsAdvised(String host, String policy) {
        MailDomain domain = scenario.domain("example", spec(host, policy));
        scenario.settle();
        foreign(SPF, host);
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("False ForeignRecords");
        assertThat(dns(domain, host).message())
                .contains("elsewhere.example", "Remove this one")
                .doesNotContain("_spf.mx.cloudflare.net", "Replace");
        assertThat(scenario.condition(domain, "RulesSynced").status()).isEqualTo("True");

        scenario.zone("{'dns_records':[]}");
        nothingFlapsAfter(domain, "True Ready");
    }

    // ---- unlocked

    @ParameterizedTest
    @ValueSource(strings = {"Refuse", "Replace"})
    void unlockedRecordsAreReportedAndLeft(String policy) {
        MailDomain domain = scenario.domain("example", spec(IN, policy));
        scenario.settle();
        scenario.zone("{'unlocked':true}");
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        assertThat(dns(domain, APEX).state()).isEqualTo(HostState.Unlocked);
        assertThat(scenario.condition(domain, "DNSReady").reason()).isEqualTo("RecordsUnlocked");

        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(scenario.zone().routesMail()).isTrue();
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("RoutingKept"));
    }

    // ---- switched off by hand

    @ParameterizedTest
    @CsvSource({"false, Refuse", "false, Replace", "true, Refuse", "true, Replace"})
    void routingThatSomebodySwitchedOffGoesOnAgain(boolean wasOn, String policy) {
        scenario.zone("{'routing':" + wasOn + "}");
        MailDomain domain = scenario.domain("example", spec(APEX, policy));
        scenario.settle();
        scenario.zone("{'routing':false}");
        nothingFlapsAfter(domain, "True Ready");
        assertThat(scenario.zone().routesMail()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false, Refuse", "false, Replace", "true, Refuse", "true, Replace"})
    void butNotWhereItsMailGoesElsewhereSince(boolean wasOn, String policy) {
        scenario.controls().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
        scenario.zone("{'routing':" + wasOn + "}");
        MailDomain domain = scenario.domain("example", spec(APEX, policy));
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        scenario.zone("{'routing':false}");
        foreign(MX, APEX);
        nothingFlapsAfter(domain, "False ForeignRecords");
        assertThat(scenario.zone().routesMail()).isFalse();
        assertThat(mx(APEX)).containsExactly("mail.elsewhere.example");
        assertThat(dns(domain, APEX).state()).isEqualTo(HostState.MovedAway);

        scenario.restarts();
        nothingFlapsAfter(domain, "False ForeignRecords");
        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(mx(APEX)).containsExactly("mail.elsewhere.example");
    }

    @ParameterizedTest
    @CsvSource({"false, Refuse", "false, Replace", "true, Refuse", "true, Replace"})
    void norASubdomain(boolean wasThere, String policy) {
        scenario.controls().quirk(Quirk.SUBDOMAIN_FOREIGN_MX, "ignored");
        scenario.zone(wasThere ? "{'routing':true,'subdomains':['in']}" : "{'routing':true}");
        MailDomain domain = scenario.domain("example", spec(IN, policy));
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        anotherUserRemovesTheSubdomainsRecords();
        foreign(MX, IN);
        nothingFlapsAfter(domain, "False ForeignRecords");
        assertThat(dns(domain, IN).state()).isEqualTo(HostState.MovedAway);
        assertThat(mx(IN)).containsExactly("mail.elsewhere.example");
    }

    @Test
    void aSubdomainWhoseRecordsSomebodyRemovedGetsThemAgain() {
        MailDomain domain = scenario.domain("example", spec(IN, "Refuse"));
        scenario.settle();
        anotherUserRemovesTheSubdomainsRecords();
        nothingFlapsAfter(domain, "True Ready");
        assertThat(mx(IN)).hasSize(3);
    }

    @Test
    void aLostAnswerToATakeoverOfASubdomainIsNoMoveAway() {
        scenario.controls().quirk(Quirk.SUBDOMAIN_FOREIGN_MX, "ignored");
        scenario.zone("{'routing':true}");
        foreign(MX, IN);
        MailDomain domain = scenario.domain("example", spec(IN, "Replace"));
        scenario.controls().failNext("POST", "/email/routing/dns$", io.maildomain.simulator.faults.Fault.resetBefore());
        scenario.reconcile(domain);
        scenario.settle();
        assertThat(mx(IN))
                .as("added beside what stands there, as this reading has it")
                .hasSize(4);
    }
}
