package io.maildomain.operator.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.operator.dns.plan.Answer;
import io.maildomain.operator.dns.plan.SenderPolicyFinding;
import io.maildomain.operator.dns.plan.SenderPolicyFinding.Flaw;
import io.maildomain.operator.dns.plan.WorldView;
import io.maildomain.operator.fixture.ShiftedClock;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** Looks at domains of a name server that says what a test wants. */
class WorldLookTest {

    private static final ShiftedClock CLOCK = ShiftedClock.running();
    private static final String[] ROUTES = {"10 route1.mx.cloudflare.net.", "20 route2.mx.cloudflare.net."};

    private final ScriptedNameServer dns = new ScriptedNameServer();
    private final ParentZones parents = new ParentZones(List.of(dns.address()), CLOCK);

    @BeforeEach
    void aDomainThatIsWell() {
        dns.says("com", "NS", "a.gtld.example")
                .delegates("example.com", "Bob.ns.cloudflare.com", "amy.ns.cloudflare.com")
                .says("example.com", "MX", ROUTES)
                .says("example.com", "TXT", "\"v=spf1 include:_spf.mx.clo\" \"udflare.net ~all\"")
                .says("_spf.mx.cloudflare.net", "TXT", "\"v=spf1 ip4:104.30.0.0/20 ~all\"")
                .says("_dmarc.example.com", "TXT", "\"v=DMARC1; p=quarantine; rua=mailto:d@example.com\"");
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    private WorldLook.Seen look(String domain) {
        return new WorldLook(client(Duration.ofSeconds(20)), parents).at(domain);
    }

    private DnsClient client(Duration time) {
        return new DnsClient(List.of(dns.address()), CLOCK, CLOCK.instant().plus(time));
    }

    private long asked(String question) {
        return dns.asked().stream().filter(question::equals).count();
    }

    private WorldView see(String domain) {
        return look(domain).view();
    }

    @Test
    void whatStandsThereIsReadAndStringsThatWereCutAreOneText() {
        WorldLook.Seen seen = look("example.com");

        assertThat(seen.view().isWhole()).isTrue();
        assertThat(seen.view().parent()).isEqualTo("com");
        assertThat(seen.view().nameServers().found())
                .contains(List.of("amy.ns.cloudflare.com", "bob.ns.cloudflare.com"));
        assertThat(seen.view().keyTags()).isEqualTo(Answer.absent());
        assertThat(seen.view().exchangers().found())
                .contains(List.of("route1.mx.cloudflare.net", "route2.mx.cloudflare.net"));
        assertThat(seen.view().senders()).isEqualTo(new SenderPolicyFinding.Valid(1, true));
        assertThat(seen.view().reports().found()).contains("quarantine");
        assertThat(seen.ttl()).isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    void aResolverIsLookedUpAtEachQuestion() {
        InetSocketAddress named =
                InetSocketAddress.createUnresolved("localhost", dns.address().getPort());
        DnsClient client = new DnsClient(List.of(named), CLOCK, CLOCK.instant().plusSeconds(20));

        assertThat(new WorldLook(client, new ParentZones(List.of(named), CLOCK))
                        .at("example.com")
                        .view()
                        .isWhole())
                .isTrue();
    }

    @Test
    void theZoneAboveIsAskedItself() {
        dns.says("example.com", "NS", "forged.example");

        assertThat(see("example.com").nameServers().found())
                .contains(List.of("amy.ns.cloudflare.com", "bob.ns.cloudflare.com"));
        assertThat(dns.asked()).contains("direct NS example.com").doesNotContain("NS example.com");
    }

    @Test
    void whereTheZoneAboveDoesNotAnswerTheResolverIsBelieved() {
        dns.failsDirectly("example.com", "REFUSED").says("example.com", "NS", "amy.ns.cloudflare.com");

        assertThat(see("example.com").nameServers().found()).contains(List.of("amy.ns.cloudflare.com"));
        assertThat(see("example.com").parent()).isEmpty();
    }

    /** All domains below it share it. */
    @Test
    void aZoneAboveIsAskedAgainUntilThreeDomainsInARowHadNoAnswer() {
        List.of("a.com", "b.com", "c.com").forEach(domain -> dns.failsDirectly(domain, "REFUSED"));
        see("a.com");
        see("a.com");
        see("b.com");
        see("example.com");
        see("c.com");
        assertThat(see("example.com").parent()).isEqualTo("com");

        see("a.com");
        see("b.com");
        see("c.com");
        assertThat(see("example.com").parent()).isEmpty();

        CLOCK.passes(Duration.ofMinutes(11));
        assertThat(see("example.com").parent()).isEqualTo("com");
    }

    /** Thousands of domains of an installation that starts lie below one zone. */
    @Test
    void aZoneAboveIsLookedForOnceThoughManyAskForIt() throws Exception {
        CountDownLatch may = new CountDownLatch(1);
        dns.saysOnce(may, "com", "NS", "a.gtld.example");
        ExecutorService looks = Executors.newFixedThreadPool(4);
        try {
            Name domain = Name.fromString("example.com.");
            DnsClient client = client(Duration.ofSeconds(20));
            List<Future<Optional<ParentZones.Parent>>> found = IntStream.range(0, 4)
                    .mapToObj(i -> looks.submit(() -> parents.of(domain, client)))
                    .toList();
            await().until(() -> asked("NS com") > 0);

            may.countDown();

            for (Future<Optional<ParentZones.Parent>> one : found) {
                assertThat(one.get().map(ParentZones.Parent::name)).contains(Name.fromString("com."));
            }
            assertThat(asked("NS com")).isEqualTo(1);
        } finally {
            looks.shutdownNow();
        }
    }

    @Test
    void aLookWaitsForAnotherOneNoLongerThanItsOwnTime() throws Exception {
        CountDownLatch may = new CountDownLatch(1);
        dns.saysOnce(may, "com", "NS", "a.gtld.example");
        ExecutorService looks = Executors.newFixedThreadPool(1);
        try {
            Name domain = Name.fromString("example.com.");
            looks.submit(() -> parents.of(domain, client(Duration.ofSeconds(20))));
            await().until(() -> asked("NS com") > 0);

            assertThat(parents.of(domain, client(Duration.ZERO))).isEmpty();
            assertThat(asked("NS com")).isEqualTo(1);
        } finally {
            may.countDown();
            looks.shutdownNow();
        }
    }

    @Test
    void aLookWithoutTimeLeftIsNoJudgeOfTheZoneAbove() {
        see("example.com");
        List.of("a.com", "b.com", "c.com").forEach(domain -> new WorldLook(client(Duration.ZERO), parents).at(domain));

        assertThat(see("example.com").parent()).isEqualTo("com");
    }

    /** The addresses of its servers are asked of the resolver, which may have a bad moment. */
    @Test
    void aZoneAboveWhoseServersHaveNoAddressNowIsLookedForAgainSoon() {
        ParentZones real = new ParentZones(List.of(), CLOCK);
        dns.fails("a.gtld.example", "A", "SERVFAIL").fails("a.gtld.example", "AAAA", "SERVFAIL");
        new WorldLook(client(Duration.ofSeconds(20)), real).at("example.com");
        new WorldLook(client(Duration.ofSeconds(20)), real).at("example.com");
        assertThat(asked("NS com")).isEqualTo(1);

        CLOCK.passes(Duration.ofMinutes(11));
        new WorldLook(client(Duration.ofSeconds(20)), real).at("example.com");

        assertThat(asked("NS com")).isEqualTo(2);
    }

    @Test
    void aDomainThatIsNotRegisteredIsAbsent() {
        dns.knowsNo("nowhere.com");

        assertThat(see("nowhere.com").nameServers()).isEqualTo(Answer.absent());
    }

    /** Of the inside of a network, with a root of its own: there is no .com, and so no domain at all. */
    @Test
    void ofAResolverThatDoesNotSeeTheInternetNothingIsKnown() {
        dns.saysNothing("com", "NS");

        WorldView seen = see("example.com");

        assertThat(seen.nameServers().failure()).contains(Answer.Failure.NO_INTERNET);
        assertThat(seen.exchangers().failure()).contains(Answer.Failure.NO_INTERNET);
        assertThat(seen.senders())
                .isEqualTo(new SenderPolicyFinding.Unclear("example.com", Answer.Failure.NO_INTERNET));
        assertThat(seen.isWhole()).isFalse();
    }

    /** Its own root answers at once for all that lies below it. */
    @Test
    void aRootOfTheInsideIsNotTheZoneAbove() {
        dns.saysThatTheRootKnowsNo("co.uk", "NS").says(".", "NS", "ns1.corp.internal");

        assertThat(see("example.co.uk").nameServers().failure()).contains(Answer.Failure.NO_INTERNET);
    }

    /** A resolver that stands in for the zone above says what it remembers, which is the word of the zone itself. */
    @Test
    void whatAResolverRemembersIsNotTheWordOfTheZoneAbove() {
        dns.remembers("example.com", "ns9.inside.example").says("example.com", "NS", "ns9.inside.example");

        WorldView seen = see("example.com");

        assertThat(seen.parent()).isEmpty();
        assertThat(seen.nameServers().found()).contains(List.of("ns9.inside.example"));
    }

    @Test
    void theZoneAboveMayLieSeveralLabelsAbove() {
        dns.says("uk", "NS", "ns.uk.example").delegates("example.co.uk", "ns1.old.example");

        WorldView seen = see("example.co.uk");

        assertThat(seen.parent()).isEqualTo("uk");
        assertThat(seen.nameServers().found()).contains(List.of("ns1.old.example"));
    }

    @Test
    void dsRecordsAreReadByTheirTags() {
        dns.says("example.com", "DS", "12345 13 2 " + "ab".repeat(32), "777 13 2 " + "cd".repeat(32));

        assertThat(see("example.com").keyTags().found()).contains(List.of(777, 12345));
    }

    @Test
    void brokenSignaturesAreToldFromAServerThatFails() {
        dns.says("example.com", "DS", "12345 13 2 " + "ab".repeat(32)).refusesSignatures("example.com", "MX", ROUTES);
        assertThat(see("example.com").signaturesBroken()).isTrue();

        dns.fails("example.com", "MX", "SERVFAIL");
        assertThat(see("example.com").signaturesBroken()).isFalse();
    }

    @Test
    void brokenSignaturesAreToldThoughTheDsRecordCannotBeAsked() {
        dns.fails("example.com", "DS", "SERVFAIL").refusesSignatures("example.com", "MX", ROUTES);

        assertThat(see("example.com").signaturesBroken()).isTrue();
    }

    /** Those whom the zone above names are not in charge: a resolver says SERVFAIL of all questions. */
    @Test
    void aLameDelegationIsNotKnownToHaveNothing() {
        dns.delegates("lame.com", "ns1.lame.example")
                .fails("lame.com", "MX", "SERVFAIL")
                .fails("lame.com", "TXT", "SERVFAIL")
                .fails("_dmarc.lame.com", "TXT", "SERVFAIL");

        WorldView seen = see("lame.com");

        assertThat(seen.nameServers().found()).contains(List.of("ns1.lame.example"));
        assertThat(seen.exchangers().failure()).contains(Answer.Failure.SERVER_FAILED);
        assertThat(seen.senders()).isEqualTo(new SenderPolicyFinding.Unclear("lame.com", Answer.Failure.SERVER_FAILED));
        assertThat(seen.isWhole()).isFalse();
    }

    @Test
    void aServerThatIsSilentCostsATimeOutAndNothingElse() {
        dns.isSilent("_dmarc.example.com", "TXT");

        WorldView seen = see("example.com");

        assertThat(seen.reports().failure()).contains(Answer.Failure.NO_ANSWER);
        assertThat(seen.exchangers().found()).isPresent();
    }

    /** A Pod has mostly one resolver. */
    @Test
    void whatIsLostOnItsWayOnceIsAskedAgain() {
        dns.losesOnce("example.com", "MX");

        assertThat(see("example.com").exchangers().found()).isPresent();
        assertThat(asked("MX example.com")).isEqualTo(2);
    }

    @Test
    void anAliasAtTheApexIsSeen() {
        dns.saysAlias("example.com", "MX", "web.example");

        WorldView seen = see("example.com");

        assertThat(seen.alias()).isEqualTo("web.example");
        assertThat(seen.exchangers()).isEqualTo(Answer.absent());
    }

    /** An alias may lead to a zone of the inside, whose name servers are none of the domain's: who has the domain chooses where. */
    @Test
    void nameServersAndDsRecordsOfWhereAnAliasLeadsAreNotTheDomains() {
        dns.failsDirectly("example.com", "REFUSED")
                .saysAliasAnd("example.com", "NS", "corp.internal", "dns1.corp.internal.")
                .saysAliasAnd("example.com", "DS", "corp.internal", "12345 13 2 " + "ab".repeat(32))
                .saysAlias("example.com", "MX", "corp.internal");

        WorldView seen = see("example.com");

        assertThat(seen.nameServers().failure()).contains(Answer.Failure.ALIAS);
        assertThat(seen.keyTags().failure()).contains(Answer.Failure.ALIAS);
        assertThat(seen.alias()).isEqualTo("corp.internal");
    }

    @Test
    void whereAnAliasLeadsToNothingADomainIsNotAbsent() {
        dns.failsDirectly("example.com", "REFUSED").saysAlias("example.com", "NS", "web.example");

        assertThat(see("example.com").nameServers().failure()).contains(Answer.Failure.ALIAS);
    }

    @Test
    void aCircleOfAliasesEnds() {
        dns.saysAlias("example.com", "MX", "example.com");

        assertThat(see("example.com").exchangers().failure()).contains(Answer.Failure.ALIAS_LOOP);
    }

    @Test
    void elevenLookUpsOfAPolicyAreTooMany() {
        dns.says("example.com", "TXT", "\"v=spf1" + " a".repeat(11) + " -all\"");

        assertThat(see("example.com").senders())
                .isEqualTo(new SenderPolicyFinding.Broken("example.com", Flaw.TOO_MANY_LOOK_UPS));
    }

    @Test
    void policiesThatIncludeEachOtherEnd() {
        dns.says("example.com", "TXT", "\"v=spf1 include:a.example -all\"")
                .says("a.example", "TXT", "\"v=spf1 include:example.com -all\"");

        assertThat(see("example.com").senders()).isEqualTo(new SenderPolicyFinding.Broken("example.com", Flaw.LOOP));
    }

    /** More than one packet holds: it is asked again by TCP. */
    @Test
    void hugeTextsAreReadAndBounded() {
        String[] records = new String[60];
        for (int i = 0; i < records.length; i++) {
            records[i] = "\"" + i + "x".repeat(200) + "\" \"" + "y".repeat(250) + "\"";
        }
        records[7] = "\"v=spf1 -all\"";
        dns.says("example.com", "TXT", records);

        assertThat(see("example.com").senders()).isEqualTo(new SenderPolicyFinding.Valid(0, false));
        assertThat(dns.asked().stream().filter("TXT example.com"::equals)).hasSize(2);
    }

    @Test
    void namesWithControlCharactersAreCleaned() {
        dns.delegates("example.com", "ev\\010il\\027[31m.example")
                .says("example.com", "MX", "10 a\\000b\\226\\128\\174.example.");

        WorldView seen = see("example.com");

        assertThat(seen.nameServers().found().orElseThrow()).allMatch(name -> name.matches("[a-z0-9._?-]+"));
        assertThat(seen.exchangers().found().orElseThrow()).allMatch(name -> name.matches("[a-z0-9._?-]+"));
    }

    @Test
    void thePolicyOfTheDomainAboveHoldsForThoseBelow() {
        dns.delegates("in.example.com", "amy.ns.cloudflare.com")
                .says("example.com", "NS", "amy.ns.cloudflare.com")
                .says("_dmarc.example.com", "TXT", "\"v=DMARC1; p=reject; sp=none\"");

        assertThat(see("in.example.com").reports().found()).contains("none");
    }

    /** RFC 7489, 6.6.3. */
    @Test
    void severalPoliciesAreNoneAndThatAboveDoesNotHold() {
        dns.delegates("in.example.com", "amy.ns.cloudflare.com")
                .says("example.com", "NS", "amy.ns.cloudflare.com")
                .says("_dmarc.in.example.com", "TXT", "\"v=DMARC1; p=none\"", "\"v=DMARC1; p=reject\"");

        assertThat(see("in.example.com").reports()).isEqualTo(Answer.absent());
    }

    @Test
    void aDomainWithOtherLettersIsAskedByItsALabels() {
        dns.delegates("xn--bcher-kva.com", "ns1.old.example").says("xn--bcher-kva.com", "MX", ROUTES);

        assertThat(see("xn--bcher-kva.com").exchangers().found().orElseThrow()).hasSize(2);
    }
}
