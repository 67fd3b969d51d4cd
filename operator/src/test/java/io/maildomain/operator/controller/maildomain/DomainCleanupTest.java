package io.maildomain.operator.controller.maildomain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RuleContent;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.status.Blocked;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.state.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainCleanupTest {

    private static final String DROP = "{'rules':[{'address':'spam@example.com','action':{'drop':true}}]}";

    private final DomainScenario scenario = new DomainScenario(Options.usual().withMassDeletion(2));

    @BeforeEach
    void aWorker() {
        scenario.cloudflare().putWorker("mailbox");
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void zone(String json) {
        scenario.cloudflare().putZone(DomainScenario.DOMAIN, json.replace('\'', '"'));
    }

    private Zone zone() {
        return scenario.cloudflare().zone(DomainScenario.DOMAIN).orElseThrow();
    }

    private boolean zoneIsThere() {
        return scenario.cloudflare().zone(DomainScenario.DOMAIN).isPresent();
    }

    private void isDone(CleanupResult result) {
        assertThat(result).isInstanceOf(CleanupResult.Done.class);
    }

    private Blocked waits(CleanupResult result) {
        assertThat(result).isInstanceOf(CleanupResult.Waiting.class);
        return ((CleanupResult.Waiting) result).why();
    }

    // Exactly what was there before.

    @Test
    void undoingGivesBackWhatWasThere() {
        zone("{'status':'active','routing':true,'support_subaddress':false,'rules':["
                + "{'name':'by hand','address':'old@example.com','drop':true},"
                + "{'name':'mine','address':'taken@example.com','worker':'mailbox','priority':4}]}");
        JsonNode before = scenario.cloudflare().comparableState();
        scenario.applies("{'conflictPolicy':'Adopt','subdomains':['in'],'subaddressing':true,'rules':["
                        + "{'address':'taken@example.com','action':{'drop':true}},"
                        + "{'address':'new@in.example.com','action':{'drop':true}}]}")
                .reconcile();
        assertThat(scenario.cloudflare().comparableState()).isNotEqualTo(before);

        isDone(scenario.deletes().cleanUp());

        assertThat(scenario.cloudflare().comparableState()).isEqualTo(before);
    }

    @Test
    void routingThatWeSwitchedOnGoesOffAgain() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();

        isDone(scenario.deletes().cleanUp());

        assertThat(zone().routesMail()).isFalse();
        assertThat(zone().rules()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'deletionPolicy':'Retain'}", "{'mode':'Observe'}"})
    void whoRetainsOrObservesMakesNoCall(String spec) {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();
        scenario.applies(spec).deletes();
        scenario.cloudflare().clearCalls();

        isDone(scenario.cleanUp());

        assertThat(scenario.cloudflare().calls()).isEmpty();
    }

    @Test
    void aResourceThatNeverDidAnythingMakesNoCall() {
        scenario.applies(DROP).deletes();

        isDone(scenario.cleanUp());

        assertThat(scenario.cloudflare().calls()).isEmpty();
    }

    @Test
    void suspendedOrNotDeletionRuns() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();

        isDone(scenario.applies("{'suspend':true}").deletes().cleanUp());

        assertThat(zone().rules()).isEmpty();
    }

    // What stays.

    @Test
    void routingStaysWhereARuleOfSomebodyElseNeedsIt() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();
        zone("{'rules':[{'name':'by hand','address':'theirs@example.com','drop':true}]}");

        isDone(scenario.deletes().cleanUp());

        assertThat(zone().routesMail()).isTrue();
        assertThat(zone().rules()).hasSize(1);
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("RoutingKept"));
    }

    @Test
    void recordsOfASubdomainStayWhileARuleOfSomebodyElseUsesThem() {
        zone("{'status':'active','routing':true}");
        scenario.applies("{'subdomains':['in']}").reconcile();
        zone("{'rules':[{'name':'by hand','address':'theirs@in.example.com','drop':true}]}");

        isDone(scenario.deletes().cleanUp());

        assertThat(zone().routing().routes("in.example.com")).isTrue();
    }

    @Test
    void withoutAnOwnershipRecordNothingIsDoneAtAll() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();

        isDone(scenario.losesItsStatus().deletes().cleanUp());

        assertThat(zone().routesMail()).isTrue();
    }

    @Test
    void afterALostStatusTheZoneIsAdoptedRoutingKeptAndOurRulesGo() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();
        scenario.losesItsStatus().reconcile();

        isDone(scenario.deletes().cleanUp());

        assertThat(zone().rules()).isEmpty();
        assertThat(zone().routesMail()).isTrue();
    }

    // The zone.

    @ParameterizedTest
    @CsvSource({
        "Delete,         false, false",
        "Delete,         true,  false",
        "DeleteIfUnused, false, false",
        "DeleteIfUnused, true,  false",
        "Retain,         false, true",
        "Retain,         true,  true",
    })
    void aZoneThatWeCreatedGoesUnlessItIsToStay(String policy, boolean activated, boolean stays) {
        scenario.applies("{'zone':{'deletionPolicy':'" + policy + "'}," + DROP.substring(1))
                .reconcile();
        if (activated) {
            scenario.cloudflare().activate(DomainScenario.DOMAIN);
            scenario.reconcile();
        }

        isDone(scenario.deletes().cleanUp());

        assertThat(zoneIsThere()).isEqualTo(stays);
    }

    @Test
    void aZoneThatHoldsOtherRecordsIsKeptAndThatIsSaid() {
        scenario.applies(DROP).reconcile();
        scenario.cloudflare().activate(DomainScenario.DOMAIN);
        zone("{'dns_records':[{'type':'A','name':'www','content':'192.0.2.1'}]}");

        isDone(scenario.deletes().cleanUp());

        assertThat(zoneIsThere()).isTrue();
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("ZoneKept"));
    }

    @Test
    void aTokenThatMayNotReadRecordsKeepsAZoneThatWasActive() {
        scenario.applies(DROP).reconcile();
        scenario.cloudflare().activate(DomainScenario.DOMAIN);
        var token = scenario.cloudflare()
                .putToken(
                        "runtime", "Zone: Zone: Edit", "Zone: Email Routing Rules: Edit", "Zone: Zone Settings: Edit");
        scenario.secretHolds(Map.of("CLOUDFLARE_API_TOKEN", token.value()));

        isDone(scenario.deletes().cleanUp());

        assertThat(zoneIsThere()).isTrue();
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("ZoneKept") && event.contains("DNS: Read"));
    }

    @Test
    void anAdoptedZoneIsNeverDeletedWhateverAForgedStatusSays() {
        scenario.cloudflare()
                .putZone(DomainScenario.DOMAIN, "{\"status\":\"pending\",\"created_on\":\"2026-01-01T00:00:00Z\"}");
        scenario.applies("{'zone':{'deletionPolicy':'Delete'}," + DROP.substring(1))
                .reconcile();
        scenario.changesStatus(ownership -> ownership.withZone(
                new ZoneOwnership(ownership.zone().id(), ownership.zone().accountId(), ZoneOrigin.Created, null)));

        isDone(scenario.deletes().cleanUp());

        assertThat(zoneIsThere()).isTrue();
    }

    @Test
    void aForgedOwnershipRecordCannotPointToAZoneOfAnotherName() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();
        Zone other = scenario.cloudflare().putZone("victim.example", DomainScenario.ACTIVE);
        scenario.changesStatus(ownership -> ownership.withZone(
                new ZoneOwnership(other.id(), ownership.zone().accountId(), ZoneOrigin.Created, null)));
        scenario.cloudflare().clearCalls();

        isDone(scenario.deletes().cleanUp());

        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("ZoneKept"));
    }

    @Test
    void aZoneWhoseCreationWasNeverConfirmedIsFoundAndDeleted() {
        scenario.cloudflare().failNext("POST", "/zones$", Fault.resetAfter());
        scenario.applies(DROP).reconcile();
        assertThat(zoneIsThere()).isTrue();

        isDone(scenario.deletes().cleanUp());

        assertThat(zoneIsThere()).isFalse();
    }

    /** The resource is five seconds old. */
    @ParameterizedTest
    @CsvSource({"7, false", "60, false", "290, false", "600, true"})
    void aZoneThatWeCreatedGoesThoughCloudflaresClockIsBehind(int seconds, boolean stays) {
        try (DomainScenario behind = new DomainScenario(
                Options.usual().withMassDeletion(2).withCloudflareBehind(Duration.ofSeconds(seconds)))) {
            behind.applies("{'zone':{'deletionPolicy':'Delete'}}").reconcile();

            isDone(behind.deletes().cleanUp());

            assertThat(behind.cloudflare().zone(DomainScenario.DOMAIN).isPresent())
                    .isEqualTo(stays);
        }
    }

    @Test
    void soDoesOneWhoseAnswerWasLostByThatClock() {
        try (DomainScenario behind =
                new DomainScenario(Options.usual().withMassDeletion(2).withCloudflareBehind(Duration.ofSeconds(60)))) {
            behind.cloudflare().failNext("POST", "/zones$", Fault.resetAfter());
            behind.applies("{'zone':{'deletionPolicy':'Delete'}}").reconcile();
            behind.reconcile();
            assertThat(behind.ownership().zone().origin()).isEqualTo(ZoneOrigin.Created);

            isDone(behind.deletes().cleanUp());

            assertThat(behind.cloudflare().zone(DomainScenario.DOMAIN)).isEmpty();
        }
    }

    @Test
    void oneThatCameAboutAtAnotherTimeIsKept() {
        zone("{'status':'pending'}");
        scenario.applies(DROP)
                .changesStatus(ownership -> ownership.withZone(new ZoneOwnership(
                        null,
                        zone().accountId(),
                        ZoneOrigin.Creating,
                        Instant.now().minusSeconds(3600))));

        isDone(scenario.deletes().cleanUp());

        assertThat(zoneIsThere()).isTrue();
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("ZoneKept"));
    }

    @Test
    void aZoneThatIsGoneIsUndone() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();
        scenario.cloudflare().removeZone(DomainScenario.DOMAIN);

        isDone(scenario.deletes().cleanUp());

        assertThat(scenario.events()).anyMatch(event -> event.startsWith("ZoneGone"));
    }

    // What holds it up.

    @Test
    void aTokenThatLostTheRightToReadZonesIsNoZoneThatIsGone() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();
        scenario.cloudflare()
                .failNext(
                        "GET",
                        "/zones/[0-9a-f]+$",
                        Fault.status(
                                403,
                                ScenarioDsl.read(
                                        "{'success':false,'result':null,'messages':[],'errors':[{'code':9109,"
                                                + "'message':'Unauthorized to access requested resource'}]}",
                                        JsonNode.class),
                                Map.of()));

        waits(scenario.deletes().cleanUp());

        assertThat(zone().rules()).hasSize(1);
    }

    @Test
    void theLastGoodTokenIsRememberedWhenTheSecretGoesFirst() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();
        scenario.secretIsGone();

        isDone(scenario.deletes().cleanUp());

        assertThat(zone().rules()).isEmpty();
    }

    @Test
    void withoutAnyTokenItWaitsAndSaysSoUntilItIsLetGo() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP);
        scenario.changesStatus(ownership ->
                ownership.withZone(new ZoneOwnership(zone().id(), zone().accountId(), ZoneOrigin.Adopted, null)));
        scenario.secretIsGone();

        assertThat(waits(scenario.deletes().cleanUp()).reason()).isEqualTo(Reason.SecretMissing);

        isDone(scenario.annotates("maildomain.io/abandon", "true").cleanUp());
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("Abandoned"));
    }

    @Test
    void aFailureIsTriedAgainUntilNothingIsLeft() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();
        scenario.cloudflare().failNext("DELETE", "/email/routing/rules/", Fault.status(500));

        waits(scenario.deletes().cleanUp());
        isDone(scenario.cleanUp());

        assertThat(zone().rules()).isEmpty();
        assertThat(zone().routesMail()).isFalse();
    }

    @Test
    void aRuleThatCannotBeGivenBackDoesNotHoldTheResourceForGood() {
        zone(
                "{'status':'active','routing':true,'rules':[{'name':'mine','address':'spam@example.com','worker':'mailbox'}]}");
        scenario.applies("{'conflictPolicy':'Adopt'," + DROP.substring(1)).reconcile();
        scenario.cloudflare().removeWorker("mailbox");

        isDone(scenario.deletes().cleanUp());

        assertThat(scenario.events()).anyMatch(event -> event.startsWith("RestoreImpossible"));
    }

    @Test
    void norDoesAForgedEntryOfARule() {
        zone("{'status':'active','routing':true}");
        scenario.applies(DROP).reconcile();
        String id = zone().rules().get(0).id();
        scenario.changesStatus(ownership -> ownership.withAdoptedRules(List.of(
                new AdoptedRule("spam@example.com", id, new RuleContent(null, null, null, "teleport", "mars")))));

        isDone(scenario.deletes().cleanUp());

        assertThat(zone().rules()).hasSize(1);
    }

    @Test
    void anApiThatIgnoresWhichSubdomainItIsAskedForCostsNobodyTheirRouting() {
        scenario.cloudflare().quirk(Quirk.DNS_DELETE_IGNORES_BODY, "yes");
        zone("{'status':'active','routing':true}");
        scenario.applies("{'subdomains':['in','notify']}").reconcile();

        isDone(scenario.deletes().cleanUp());

        assertThat(zone().routesMail()).isTrue();
        assertThat(scenario.writes().stream().filter("DELETE /zones/{zone_id}/email/routing/dns"::equals))
                .hasSize(1);
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("RecordsKept"));
    }

    @Test
    void deletingALoserUndoesNothingEvenIfItOnceManagedTheDomain() {
        zone("{'status':'active','routing':true}");
        scenario.applies("first", DROP).reconcile();
        ZoneOwnership noted = scenario.ownership().zone();
        scenario.applies("second", DROP).changesStatus(ownership -> ownership.withZone(noted));
        scenario.cloudflare().clearCalls();

        isDone(scenario.deletes().cleanUp());

        assertThat(scenario.writes()).isEmpty();
        assertThat(zone().rules()).hasSize(1);
    }

    @Test
    void manyDeletionsAtOnceAreHeldUntilSomebodySaysThatTheyAreMeant() {
        zone(DomainScenario.ACTIVE);
        for (int i = 1; i <= 3; i++) {
            int number = i;
            scenario.applies("d" + i, "{'domain':'example" + i + ".com'}")
                    .changesStatus(ownership -> ownership.withZone(
                            new ZoneOwnership("%032x".formatted(number), "a", ZoneOrigin.Adopted, null)))
                    .deletes();
        }

        Blocked blocked = waits(scenario.cleanUp());
        assertThat(blocked.reason()).isEqualTo(Reason.DeletionHeld);
        assertThat(blocked.message()).contains("allow-mass-deletion", "\"3\"");

        isDone(scenario.annotates("maildomain.io/allow-mass-deletion", "3").cleanUp());
    }
}
