package io.maildomain.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.RuleContent;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.outcome.Halt;
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

class DomainUndoTest {

    private static final String DROP = "{'rules':[{'address':'spam@example.com','action':{'drop':true}}]}";

    private final Bench bench = new Bench(2);

    @BeforeEach
    void aWorker() {
        bench.cloudflare().putWorker("mailbox");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void zone(String json) {
        bench.cloudflare().putZone(Bench.DOMAIN, json.replace('\'', '"'));
    }

    private Zone zone() {
        return bench.cloudflare().zone(Bench.DOMAIN).orElseThrow();
    }

    private boolean zoneIsThere() {
        return bench.cloudflare().zone(Bench.DOMAIN).isPresent();
    }

    private void isDone(UndoTurn turn) {
        assertThat(turn).isInstanceOf(UndoTurn.Done.class);
    }

    private Halt waits(UndoTurn turn) {
        assertThat(turn).isInstanceOf(UndoTurn.Waiting.class);
        return ((UndoTurn.Waiting) turn).halt();
    }

    // Exactly what was there before.

    @Test
    void undoingGivesBackWhatWasThere() {
        zone("{'status':'active','routing':true,'support_subaddress':false,'rules':["
                + "{'name':'by hand','address':'old@example.com','drop':true},"
                + "{'name':'mine','address':'taken@example.com','worker':'mailbox','priority':4}]}");
        JsonNode before = bench.cloudflare().comparableState();
        bench.applies("{'conflictPolicy':'Adopt','subdomains':['in'],'subaddressing':true,'rules':["
                        + "{'address':'taken@example.com','action':{'drop':true}},"
                        + "{'address':'new@in.example.com','action':{'drop':true}}]}")
                .reconcile();
        assertThat(bench.cloudflare().comparableState()).isNotEqualTo(before);

        isDone(bench.deletes().undo());

        assertThat(bench.cloudflare().comparableState()).isEqualTo(before);
    }

    @Test
    void routingThatWeSwitchedOnGoesOffAgain() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();

        isDone(bench.deletes().undo());

        assertThat(zone().routesMail()).isFalse();
        assertThat(zone().rules()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'deletionPolicy':'Retain'}", "{'mode':'Observe'}"})
    void whoRetainsOrObservesMakesNoCall(String spec) {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();
        bench.applies(spec).deletes();
        bench.cloudflare().clearCalls();

        isDone(bench.undo());

        assertThat(bench.cloudflare().calls()).isEmpty();
    }

    @Test
    void aResourceThatNeverDidAnythingMakesNoCall() {
        bench.applies(DROP).deletes();

        isDone(bench.undo());

        assertThat(bench.cloudflare().calls()).isEmpty();
    }

    @Test
    void suspendedOrNotDeletionRuns() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();

        isDone(bench.applies("{'suspend':true}").deletes().undo());

        assertThat(zone().rules()).isEmpty();
    }

    // What stays.

    @Test
    void routingStaysWhereARuleOfSomebodyElseNeedsIt() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();
        zone("{'rules':[{'name':'by hand','address':'theirs@example.com','drop':true}]}");

        isDone(bench.deletes().undo());

        assertThat(zone().routesMail()).isTrue();
        assertThat(zone().rules()).hasSize(1);
        assertThat(bench.events).anyMatch(event -> event.startsWith("RoutingKept"));
    }

    @Test
    void recordsOfASubdomainStayWhileARuleOfSomebodyElseUsesThem() {
        zone("{'status':'active','routing':true}");
        bench.applies("{'subdomains':['in']}").reconcile();
        zone("{'rules':[{'name':'by hand','address':'theirs@in.example.com','drop':true}]}");

        isDone(bench.deletes().undo());

        assertThat(zone().routing().routes("in.example.com")).isTrue();
    }

    @Test
    void withoutALedgerNothingIsDoneAtAll() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();

        isDone(bench.losesItsStatus().deletes().undo());

        assertThat(zone().routesMail()).isTrue();
    }

    @Test
    void afterALostStatusTheZoneIsAdoptedRoutingKeptAndOurRulesGo() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();
        bench.losesItsStatus().reconcile();

        isDone(bench.deletes().undo());

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
        bench.applies("{'zone':{'deletionPolicy':'" + policy + "'}," + DROP.substring(1))
                .reconcile();
        if (activated) {
            bench.cloudflare().activate(Bench.DOMAIN);
            bench.reconcile();
        }

        isDone(bench.deletes().undo());

        assertThat(zoneIsThere()).isEqualTo(stays);
    }

    @Test
    void aZoneThatHoldsOtherRecordsIsKeptAndThatIsSaid() {
        bench.applies(DROP).reconcile();
        bench.cloudflare().activate(Bench.DOMAIN);
        zone("{'dns_records':[{'type':'A','name':'www','content':'192.0.2.1'}]}");

        isDone(bench.deletes().undo());

        assertThat(zoneIsThere()).isTrue();
        assertThat(bench.events).anyMatch(event -> event.startsWith("ZoneKept"));
    }

    @Test
    void aTokenThatMayNotReadRecordsKeepsAZoneThatWasActive() {
        bench.applies(DROP).reconcile();
        bench.cloudflare().activate(Bench.DOMAIN);
        var token = bench.cloudflare()
                .putToken(
                        "runtime", "Zone: Zone: Edit", "Zone: Email Routing Rules: Edit", "Zone: Zone Settings: Edit");
        bench.secretHolds(Map.of("CLOUDFLARE_API_TOKEN", token.value()));

        isDone(bench.deletes().undo());

        assertThat(zoneIsThere()).isTrue();
        assertThat(bench.events).anyMatch(event -> event.startsWith("ZoneKept") && event.contains("DNS: Read"));
    }

    @Test
    void anAdoptedZoneIsNeverDeletedWhateverAForgedStatusSays() {
        bench.cloudflare().putZone(Bench.DOMAIN, "{\"status\":\"pending\",\"created_on\":\"2026-01-01T00:00:00Z\"}");
        bench.applies("{'zone':{'deletionPolicy':'Delete'}," + DROP.substring(1))
                .reconcile();
        bench.changesStatus(ledger -> ledger.withZone(
                new ZoneOwnership(ledger.zone().id(), ledger.zone().accountId(), ZoneOrigin.Created, null)));

        isDone(bench.deletes().undo());

        assertThat(zoneIsThere()).isTrue();
    }

    @Test
    void aForgedLedgerCannotPointToAZoneOfAnotherName() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();
        Zone other = bench.cloudflare().putZone("victim.example", Bench.ACTIVE);
        bench.changesStatus(ledger ->
                ledger.withZone(new ZoneOwnership(other.id(), ledger.zone().accountId(), ZoneOrigin.Created, null)));
        bench.cloudflare().clearCalls();

        isDone(bench.deletes().undo());

        assertThat(bench.writes()).isEmpty();
        assertThat(bench.events).anyMatch(event -> event.startsWith("ZoneKept"));
    }

    @Test
    void aZoneWhoseCreationWasNeverConfirmedIsFoundAndDeleted() {
        bench.cloudflare().failNext("POST", "/zones$", Fault.resetAfter());
        bench.applies(DROP).reconcile();
        assertThat(zoneIsThere()).isTrue();

        isDone(bench.deletes().undo());

        assertThat(zoneIsThere()).isFalse();
    }

    /** The resource is five seconds old. */
    @ParameterizedTest
    @CsvSource({"7, false", "60, false", "290, false", "600, true"})
    void aZoneThatWeCreatedGoesThoughCloudflaresClockIsBehind(int seconds, boolean stays) {
        try (Bench behind = new Bench(2, Duration.ofSeconds(seconds))) {
            behind.applies("{'zone':{'deletionPolicy':'Delete'}}").reconcile();

            isDone(behind.deletes().undo());

            assertThat(behind.cloudflare().zone(Bench.DOMAIN).isPresent()).isEqualTo(stays);
        }
    }

    @Test
    void soDoesOneWhoseAnswerWasLostByThatClock() {
        try (Bench behind = new Bench(2, Duration.ofSeconds(60))) {
            behind.cloudflare().failNext("POST", "/zones$", Fault.resetAfter());
            behind.applies("{'zone':{'deletionPolicy':'Delete'}}").reconcile();
            behind.reconcile();
            assertThat(behind.ledger().zone().origin()).isEqualTo(ZoneOrigin.Created);

            isDone(behind.deletes().undo());

            assertThat(behind.cloudflare().zone(Bench.DOMAIN)).isEmpty();
        }
    }

    @Test
    void oneThatCameAboutAtAnotherTimeIsKept() {
        zone("{'status':'pending'}");
        bench.applies(DROP)
                .changesStatus(ledger -> ledger.withZone(new ZoneOwnership(
                        null,
                        zone().accountId(),
                        ZoneOrigin.Creating,
                        Instant.now().minusSeconds(3600))));

        isDone(bench.deletes().undo());

        assertThat(zoneIsThere()).isTrue();
        assertThat(bench.events).anyMatch(event -> event.startsWith("ZoneKept"));
    }

    @Test
    void aZoneThatIsGoneIsUndone() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();
        bench.cloudflare().removeZone(Bench.DOMAIN);

        isDone(bench.deletes().undo());

        assertThat(bench.events).anyMatch(event -> event.startsWith("ZoneGone"));
    }

    // What holds it up.

    @Test
    void aTokenThatLostTheRightToReadZonesIsNoZoneThatIsGone() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();
        bench.cloudflare()
                .failNext(
                        "GET",
                        "/zones/[0-9a-f]+$",
                        Fault.status(
                                403,
                                Bench.Json.read(
                                        "{'success':false,'result':null,'messages':[],'errors':[{'code':9109,"
                                                + "'message':'Unauthorized to access requested resource'}]}",
                                        JsonNode.class),
                                Map.of()));

        waits(bench.deletes().undo());

        assertThat(zone().rules()).hasSize(1);
    }

    @Test
    void theLastGoodTokenIsRememberedWhenTheSecretGoesFirst() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();
        bench.secretIsGone();

        isDone(bench.deletes().undo());

        assertThat(zone().rules()).isEmpty();
    }

    @Test
    void withoutAnyTokenItWaitsAndSaysSoUntilItIsLetGo() {
        zone(Bench.ACTIVE);
        bench.applies(DROP);
        bench.changesStatus(ledger ->
                ledger.withZone(new ZoneOwnership(zone().id(), zone().accountId(), ZoneOrigin.Adopted, null)));
        bench.secretIsGone();

        assertThat(waits(bench.deletes().undo()).reason()).isEqualTo("SecretMissing");

        isDone(bench.annotates("maildomain.io/abandon", "true").undo());
        assertThat(bench.events).anyMatch(event -> event.startsWith("Abandoned"));
    }

    @Test
    void aFailureIsTriedAgainUntilNothingIsLeft() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();
        bench.cloudflare().failNext("DELETE", "/email/routing/rules/", Fault.status(500));

        waits(bench.deletes().undo());
        isDone(bench.undo());

        assertThat(zone().rules()).isEmpty();
        assertThat(zone().routesMail()).isFalse();
    }

    @Test
    void aRuleThatCannotBeGivenBackDoesNotHoldTheResourceForGood() {
        zone(
                "{'status':'active','routing':true,'rules':[{'name':'mine','address':'spam@example.com','worker':'mailbox'}]}");
        bench.applies("{'conflictPolicy':'Adopt'," + DROP.substring(1)).reconcile();
        bench.cloudflare().removeWorker("mailbox");

        isDone(bench.deletes().undo());

        assertThat(bench.events).anyMatch(event -> event.startsWith("RestoreImpossible"));
    }

    @Test
    void norDoesAForgedEntryOfARule() {
        zone("{'status':'active','routing':true}");
        bench.applies(DROP).reconcile();
        String id = zone().rules().get(0).id();
        bench.changesStatus(ledger -> ledger.withAdoptedRules(List.of(
                new AdoptedRule("spam@example.com", id, new RuleContent(null, null, null, "teleport", "mars")))));

        isDone(bench.deletes().undo());

        assertThat(zone().rules()).hasSize(1);
    }

    @Test
    void anApiThatIgnoresWhichSubdomainItIsAskedForCostsNobodyTheirRouting() {
        bench.cloudflare().quirk(Quirk.DNS_DELETE_IGNORES_BODY, "yes");
        zone("{'status':'active','routing':true}");
        bench.applies("{'subdomains':['in','notify']}").reconcile();

        isDone(bench.deletes().undo());

        assertThat(zone().routesMail()).isTrue();
        assertThat(bench.writes().stream().filter("DELETE /zones/{zone_id}/email/routing/dns"::equals))
                .hasSize(1);
        assertThat(bench.events).anyMatch(event -> event.startsWith("RecordsKept"));
    }

    @Test
    void deletingALoserUndoesNothingEvenIfItOnceManagedTheDomain() {
        zone("{'status':'active','routing':true}");
        bench.applies("first", DROP).reconcile();
        ZoneOwnership noted = bench.ledger().zone();
        bench.applies("second", DROP).changesStatus(ledger -> ledger.withZone(noted));
        bench.cloudflare().clearCalls();

        isDone(bench.deletes().undo());

        assertThat(bench.writes()).isEmpty();
        assertThat(zone().rules()).hasSize(1);
    }

    @Test
    void manyDeletionsAtOnceAreHeldUntilSomebodySaysThatTheyAreMeant() {
        zone(Bench.ACTIVE);
        for (int i = 1; i <= 3; i++) {
            int number = i;
            bench.applies("d" + i, "{'domain':'example" + i + ".com'}")
                    .changesStatus(ledger -> ledger.withZone(
                            new ZoneOwnership("%032x".formatted(number), "a", ZoneOrigin.Adopted, null)))
                    .deletes();
        }

        Halt halt = waits(bench.undo());
        assertThat(halt.reason()).isEqualTo("DeletionHeld");
        assertThat(halt.message()).contains("allow-mass-deletion", "\"3\"");

        isDone(bench.annotates("maildomain.io/allow-mass-deletion", "3").undo());
    }
}
