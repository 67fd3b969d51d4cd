package io.maildomain.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.operator.outcome.Pace;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.quirks.Quirk;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainReconciliationTest {

    private static final String ONE_RULE =
            "{'rules':[{'address':'support@example.com','action':{'forwardTo':'team@corp.example'}}]}";
    private static final String DROP = "{'rules':[{'address':'spam@example.com','action':{'drop':true}}]}";

    private final Bench bench = new Bench();

    @BeforeEach
    void verifiedDestinations() {
        bench.cloudflare().putAddress("team@corp.example", true);
        bench.cloudflare().putAddress("new@corp.example", false);
        bench.cloudflare().putWorker("mailbox");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void zone(String json) {
        bench.cloudflare().putZone(Bench.DOMAIN, json.replace('\'', '"'));
    }

    // Creating and adopting.

    @ParameterizedTest
    @CsvSource({"400, 1052", "400, 4711", "403, 4711"})
    void aZoneThatWasCreatedThoughTheAnswerSaysNoIsOurs(int status, int code) {
        bench.cloudflare()
                .failNext(
                        "POST",
                        "/zones$",
                        Fault.status(
                                        status,
                                        Bench.Json.read(
                                                "{'success':false,'result':null,'messages':[],'errors':[{'code':" + code
                                                        + ",'message':'An error has occurred'}]}",
                                                JsonNode.class),
                                        Map.of())
                                .afterTheWork());
        bench.applies(ONE_RULE).reconcile();
        assertThat(bench.ledger().zone().origin()).isEqualTo(ZoneOrigin.Creating);

        bench.reconcile();

        assertThat(bench.ledger().zone().origin()).isEqualTo(ZoneOrigin.Created);
    }

    @Test
    void aZoneThatMayBeOursIsAdoptedAndThatIsSaid() {
        bench.cloudflare().failNext("POST", "/zones$", Fault.resetBefore());
        bench.applies(ONE_RULE).reconcile();
        zone("{'status':'active','created_on':'2020-01-01T00:00:00Z'}");

        bench.reconcile();

        assertThat(bench.ledger().zone().origin()).isEqualTo(ZoneOrigin.Adopted);
        assertThat(bench.events).anyMatch(event -> event.startsWith("ZoneAdopted"));
    }

    @Test
    void theAnnotationToBindAnewIsFollowedOnce() {
        bench.applies(ONE_RULE).reconcile();
        bench.cloudflare().removeZone(Bench.DOMAIN);
        bench.annotates("maildomain.io/rebind-zone", "new").reconcile();
        String second = bench.ledger().zone().id();
        assertThat(bench.cloudflare().zone(Bench.DOMAIN)).isPresent();

        bench.cloudflare().removeZone(Bench.DOMAIN);
        bench.reconcile();
        bench.reconcile();
        assertThat(bench.cloudflare().zone(Bench.DOMAIN))
                .as("deleted on purpose")
                .isEmpty();
        assertThat(bench.ready()).isEqualTo("False ZoneNotVisible");
        assertThat(bench.ledger().zone().id()).isEqualTo(second);

        bench.annotates("example.com/other", "x").reconcile();
        assertThat(bench.cloudflare().zone(Bench.DOMAIN)).isEmpty();
        bench.annotates("maildomain.io/rebind-zone", "new").reconcile();
        assertThat(bench.cloudflare().zone(Bench.DOMAIN)).isPresent();
    }

    @Test
    void aStatusFromABackupIsNotTakenForThisResources() {
        zone("{'status':'active'}");
        bench.applies("{'drift':'Report'," + ONE_RULE.substring(1)).reconcile();
        assertThat(bench.ready()).isEqualTo("True Ready");
        zone("{'rules':[]}");

        bench.isRestored().reconcile();

        assertThat(bench.addresses()).containsExactly("support@example.com");
    }

    @Test
    void aDomainWithoutAZoneGetsOneAndWaitsForItsNameServers() {
        Turn turn = bench.applies(ONE_RULE).reconcile();

        assertThat(bench.ready()).isEqualTo("False ZonePending");
        assertThat(bench.condition("Ready").message()).contains("name servers");
        assertThat(bench.has("Reconciling")).isTrue();
        assertThat(bench.has("Stalled")).isFalse();
        assertThat(turn.pace()).isEqualTo(Pace.WAITING);
        assertThat(bench.ledger().zone().origin()).isEqualTo(ZoneOrigin.Created);
        assertThat(bench.addresses()).containsExactly("support@example.com");

        bench.cloudflare().activate(Bench.DOMAIN);
        bench.reconcile();
        assertThat(bench.ready()).isEqualTo("True Ready");
        assertThat(bench.has("Reconciling")).isFalse();
        assertThat(bench.live().getStatus().summary().rules()).isEqualTo("1/1");
    }

    @Test
    void aConvergedDomainIsReadAndNotWritten() {
        zone(Bench.ACTIVE);
        bench.applies(
                "{'subdomains':['in'],'subaddressing':true,'rules':[{'address':'a@example.com','action':{'drop':true}}]}");
        bench.reconcile();
        bench.reconcile();
        var status = bench.live().getStatus();
        bench.cloudflare().clearCalls();

        bench.reconcile();

        assertThat(bench.writes()).isEmpty();
        assertThat(bench.live().getStatus()).isEqualTo(status);
        assertThat(bench.cloudflare().calls()).hasSizeLessThanOrEqualTo(CheckCost.of(bench.live()));
    }

    @Test
    void anExistingZoneIsAdoptedAndWhatOthersMadeInItStays() {
        zone("{'status':'active','routing':true,'rules':[{'name':'by hand','address':'old@example.com','drop':true}]}");

        bench.applies(ONE_RULE).reconcile();

        assertThat(bench.ready()).isEqualTo("True Ready");
        assertThat(bench.ledger().zone().origin()).isEqualTo(ZoneOrigin.Adopted);
        assertThat(bench.ledger().routing()).isNull();
        assertThat(bench.addresses()).containsExactlyInAnyOrder("old@example.com", "support@example.com");
    }

    @Test
    void aLostAnswerToTheCreationIsRecognisedAsOurDoing() {
        bench.cloudflare().failNext("POST", "/zones$", Fault.resetAfter());
        bench.applies(ONE_RULE).reconcile();
        assertThat(bench.ledger().zone().origin()).isEqualTo(ZoneOrigin.Creating);

        bench.reconcile();

        assertThat(bench.ledger().zone().origin()).isEqualTo(ZoneOrigin.Created);
        assertThat(bench.writes().stream().filter("POST /zones"::equals)).hasSize(1);
    }

    @Test
    void aDefinitiveRefusalOfTheCreationLeavesNoNote() {
        bench.cloudflare().refuseDomain(Bench.DOMAIN, 1097);

        bench.applies(ONE_RULE).reconcile();

        assertThat(bench.ledger().zone()).isNull();
        assertThat(bench.condition("ZoneReady").status()).isEqualTo("False");
    }

    @Test
    void subdomainsOfRulesAndOfTheSpecGetTheirRecords() {
        zone(Bench.ACTIVE);

        bench.applies(
                        "{'subdomains':['notify'],'rules':[{'address':'bot@in.example.com','action':{'worker':'mailbox'}}]}")
                .reconcile();

        assertThat(bench.ready()).isEqualTo("True Ready");
        assertThat(bench.live().getStatus().dns())
                .extracting(HostStatus::host)
                .containsExactly("example.com", "in.example.com", "notify.example.com");
        assertThat(bench.ledger().subdomains()).containsExactly("in.example.com", "notify.example.com");
    }

    @Test
    void aSubdomainThatIsNotAskedForAnyMoreGoesAgain() {
        zone(Bench.ACTIVE);
        bench.applies("{'subdomains':['notify']}").reconcile();

        bench.applies("{}").reconcile();

        assertThat(bench.ledger().subdomains()).isEmpty();
        assertThat(bench.writes()).contains("DELETE /zones/{zone_id}/email/routing/dns");
    }

    @Test
    void subaddressingComesBackOnceItIsLeftOut() {
        zone("{'status':'active','routing':true,'support_subaddress':false}");
        bench.applies("{'subaddressing':true}").reconcile();
        assertThat(bench.ledger().subaddressing().previous()).isFalse();

        bench.applies("{}").reconcile();

        assertThat(bench.ledger().subaddressing()).isNull();
        assertThat(bench.cloudflare().zone(Bench.DOMAIN).orElseThrow().routing().supportSubaddress())
                .isFalse();
    }

    // Halts.

    @Test
    void foreignMxStopEverythingAndSoDoNotBreakMailThatFlows() {
        zone(
                "{'status':'active','dns_records':[{'type':'MX','name':'@','content':'mx.elsewhere.example','priority':5}]}");

        Turn turn = bench.applies(ONE_RULE).reconcile();

        assertThat(bench.condition("DNSReady").reason()).isEqualTo("ForeignRecords");
        assertThat(bench.condition("DNSReady").message()).contains("mx.elsewhere.example", "Replace");
        assertThat(bench.writes()).isEmpty();
        assertThat(turn.pace()).isEqualTo(Pace.FINAL);
        assertThat(bench.has("Stalled")).isTrue();
        assertThat(bench.has("Reconciling")).isFalse();
    }

    @Test
    void replacingThemWritesTheRulesFirst() {
        bench.cloudflare().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
        zone(
                "{'status':'active','dns_records':[{'type':'MX','name':'@','content':'mx.elsewhere.example','priority':5}]}");

        bench.applies("{'dns':{'existingRecords':'Replace'}," + DROP.substring(1))
                .reconcile();

        assertThat(bench.ready()).isEqualTo("True Ready");
        assertThat(bench.writes())
                .containsExactly(
                        "POST /zones/{zone_id}/email/routing/rules", "POST /zones/{zone_id}/email/routing/enable");
    }

    @Test
    void whereRulesCannotBeWrittenBeforeTheyAreWrittenRightAfter() {
        bench.cloudflare().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
        bench.cloudflare().quirk(Quirk.RULE_WRITES_WHILE_OFF, "refused");
        zone(
                "{'status':'active','dns_records':[{'type':'MX','name':'@','content':'mx.elsewhere.example','priority':5}]}");

        bench.applies("{'dns':{'existingRecords':'Replace'}," + DROP.substring(1))
                .reconcile();

        assertThat(bench.ready()).isEqualTo("True Ready");
    }

    @Test
    void theNameOfASubdomainIsNoApex() {
        bench.applies("{'domain':'in.example.com'}").reconcile();

        assertThat(bench.ready()).isEqualTo("False NotApex");
        assertThat(bench.condition("Ready").message()).contains("spec.subdomains: [in]");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void withoutAnAccountIdNoZoneIsCreated() {
        bench.secretHolds(Map.of("CLOUDFLARE_API_TOKEN", bench.startToken()));

        bench.applies(ONE_RULE).reconcile();

        assertThat(bench.ready()).isEqualTo("False DomainBindingDisabled");
        assertThat(bench.condition("Ready").message())
                .contains("the token sees one account: 0123456789abcdef0123456789abcdef");
    }

    @Test
    void aMissingSecretIsNoCall() {
        bench.secretIsGone();

        bench.applies(ONE_RULE).reconcile();

        assertThat(bench.ready()).isEqualTo("False SecretMissing");
        assertThat(bench.cloudflare().calls()).isEmpty();
        assertThat(bench.condition("ZoneReady").status()).isEqualTo("Unknown");
    }

    @Test
    void aZoneThatIsNotVisibleAnyMoreIsNeverReplacedByASecondOne() {
        zone(Bench.ACTIVE);
        bench.applies(ONE_RULE).reconcile();
        bench.cloudflare().removeZone(Bench.DOMAIN);
        bench.cloudflare().clearCalls();

        bench.reconcile();
        assertThat(bench.ready()).as("met once, it is looked into again first").startsWith("True");
        bench.reconcile();

        assertThat(bench.ready()).isEqualTo("False ZoneNotVisible");
        assertThat(bench.writes()).isEmpty();

        bench.annotates("maildomain.io/rebind-zone", "new").reconcile();
        assertThat(bench.ledger().zone().origin()).isEqualTo(ZoneOrigin.Created);
    }

    @Test
    void anUnverifiedDestinationAndAMissingWorkerBlockNothingElse() {
        zone(Bench.ACTIVE);

        bench.applies("{'rules':[" + "{'address':'a@example.com','action':{'forwardTo':'new@corp.example'}},"
                        + "{'address':'b@example.com','action':{'worker':'missing'}},"
                        + "{'address':'c@example.com','action':{'drop':true}}]}")
                .reconcile();

        assertThat(bench.addresses()).containsExactly("c@example.com");
        assertThat(bench.condition("RulesSynced").status()).isEqualTo("False");
        assertThat(bench.live().getStatus().summary().rules()).isEqualTo("1/3");
    }

    @Test
    void aStepThatWasNotReachedIsUnknownAndNoneIsLeftOut() {
        zone(Bench.ACTIVE);
        bench.cloudflare().failNext("GET", "/email/routing/rules", Fault.status(500));

        bench.applies(ONE_RULE).reconcile();

        assertThat(bench.condition("RoutingEnabled").status()).isEqualTo("Unknown");
        assertThat(bench.condition("DNSReady").status()).isEqualTo("Unknown");
    }

    // What disturbs a domain that works.

    @Test
    void a429NeverChangesReady() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();
        var status = bench.live().getStatus();
        bench.cloudflare().failNext("GET", "/email/routing", Fault.status(429));

        Turn turn = bench.reconcile();

        assertThat(turn.said()).isEmpty();
        assertThat(bench.live().getStatus()).isEqualTo(status);
    }

    @Test
    void norDoesAHiccup() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();
        bench.cloudflare().failNext("GET", "/email/routing", Fault.status(502));

        assertThat(bench.reconcile().said()).isEmpty();
        assertThat(bench.ready()).isEqualTo("True Ready");
    }

    @Test
    void a429InTheMiddleOfTheChangesSaysNothingEither() {
        zone("{'status':'active','routing':true}");
        bench.applies(DROP).reconcile();
        bench.applies("{'rules':[{'address':'other@example.com','action':{'drop':true}}]}");
        bench.cloudflare().failNext("POST", "/email/routing/rules", Fault.status(429));

        bench.reconcile();

        assertThat(bench.ready()).isEqualTo("True Ready");
    }

    @Test
    void aFailureThatIsNobodysVerdictIsSaidAllTheSame() {
        zone("{'status':'active','routing':true}");
        bench.cloudflare().failNext("PATCH", "/email/routing", Fault.status(400));

        bench.applies("{'subaddressing':true}").reconcile();

        assertThat(bench.condition("Ready").status()).isEqualTo("False");
        assertThat(bench.condition("RoutingEnabled").message()).contains("subaddressing");
    }

    // Watching.

    @Test
    void observingSaysWhatWouldChangeAndChangesNothing() {
        zone(Bench.ACTIVE);
        JsonNode before = bench.cloudflare().comparableState();

        bench.applies("{'mode':'Observe'," + ONE_RULE.substring(1)).reconcile();

        assertThat(bench.ready()).isEqualTo("True Observing");
        assertThat(bench.condition("InSync").status()).isEqualTo("False");
        assertThat(bench.live().getStatus().pendingChanges())
                .contains("create rule support@example.com -> team@corp.example");
        assertThat(bench.live().getStatus().pendingChangesTotal()).isEqualTo(2);
        assertThat(bench.cloudflare().comparableState()).isEqualTo(before);
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.live().getStatus().ownership()).isNull();
    }

    @Test
    void observingADomainWithoutAZoneWouldCreateOne() {
        bench.applies("{'mode':'Observe'}").reconcile();

        assertThat(bench.live().getStatus().pendingChanges()).containsExactly("create zone example.com");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void suspendedMakesNoCall() {
        bench.applies("{'suspend':true}").reconcile();

        assertThat(bench.ready()).isEqualTo("Unknown Suspended");
        assertThat(bench.cloudflare().calls()).isEmpty();
    }

    // Drift.

    private void somebodyChangesTheRule() {
        bench.cloudflare()
                .changed(
                        Bench.DOMAIN,
                        zone -> zone.withRules(zone.rules().stream()
                                .map(rule -> Bench.MARK.isOn(rule.name())
                                        ? new io.maildomain.simulator.state.RoutingRule(
                                                rule.id(),
                                                rule.name(),
                                                !rule.enabled(),
                                                rule.priority(),
                                                rule.matchers(),
                                                rule.actions(),
                                                rule.source(),
                                                null,
                                                java.time.Instant.now())
                                        : rule)
                                .toList()));
    }

    private boolean ruleIsEnabled() {
        return bench.cloudflare()
                .zone(Bench.DOMAIN)
                .orElseThrow()
                .rules()
                .get(0)
                .enabled();
    }

    @Test
    void driftIsCorrectedAndSaid() {
        zone("{'status':'active','routing':true}");
        bench.applies(DROP).reconcile();
        somebodyChangesTheRule();

        bench.reconcile();

        assertThat(ruleIsEnabled()).isTrue();
        assertThat(bench.live().getStatus().lastDriftCorrected().what())
                .isEqualTo("update rule spam@example.com -> drop");
        assertThat(bench.events).anyMatch(event -> event.equals("Updated: updated rule spam@example.com"));
    }

    @Test
    void driftIsOnlyReportedWhereThatIsAskedFor() {
        zone("{'status':'active','routing':true}");
        bench.applies("{'drift':'Report'," + DROP.substring(1)).reconcile();
        somebodyChangesTheRule();
        JsonNode before = bench.cloudflare().comparableState();

        bench.reconcile();

        assertThat(bench.live().getStatus().pendingChanges()).containsExactly("update rule spam@example.com -> drop");
        assertThat(bench.ready()).isEqualTo("True DriftReported");
        assertThat(bench.cloudflare().comparableState()).isEqualTo(before);
    }

    @Test
    void aRuleThatOthersKeepChangingIsLeftToThemUntilTheSpecChanges() {
        zone("{'status':'active','routing':true}");
        bench.applies(DROP).reconcile();
        for (int i = 0; i < 3; i++) {
            somebodyChangesTheRule();
            bench.reconcile();
            assertThat(ruleIsEnabled()).isTrue();
        }
        somebodyChangesTheRule();

        bench.reconcile();

        assertThat(ruleIsEnabled()).isFalse();
        assertThat(bench.live().getStatus().rules())
                .singleElement()
                .extracting(RuleStatus::state)
                .isEqualTo(RuleState.Contested);
        assertThat(bench.has("Stalled")).isTrue();

        bench.applies("{'rules':[{'address':'spam@example.com','action':{'worker':'mailbox'}}]}")
                .reconcile();
        assertThat(ruleIsEnabled()).isTrue();
        assertThat(bench.ready()).isEqualTo("True Ready");
    }

    @Test
    void recordsThatSomebodyUnlockedAreReportedAndLeft() {
        zone("{'status':'active','routing':true,'unlocked':true}");

        bench.applies(DROP).reconcile();

        assertThat(bench.live().getStatus().dns())
                .singleElement()
                .extracting(HostStatus::state)
                .isEqualTo(HostState.Unlocked);
        assertThat(bench.writes()).containsExactly("POST /zones/{zone_id}/email/routing/rules");
    }

    @Test
    void routingThatSomebodySwitchedOffGoesOnAgain() {
        zone(Bench.ACTIVE);
        bench.applies(DROP).reconcile();
        zone("{'routing':false}");

        bench.reconcile();

        assertThat(bench.ready()).isEqualTo("True Ready");
        assertThat(bench.ledger().routing().state()).isEqualTo(RoutingState.Enabled);
    }

    @Test
    void exceptWhereMailGoesElsewhereSince() {
        zone(Bench.ACTIVE);
        bench.applies("{'dns':{'existingRecords':'Replace'}," + DROP.substring(1))
                .reconcile();
        zone(
                "{'routing':false,'dns_records':[{'type':'MX','name':'@','content':'mx.elsewhere.example','priority':5}]}");
        bench.cloudflare().clearCalls();

        bench.reconcile();

        assertThat(bench.writes()).isEmpty();
        assertThat(bench.condition("DNSReady").reason()).isEqualTo("ForeignRecords");
    }

    // Rules of others.

    @Test
    void anotherRuleForTheAddressIsAConflictOrTakenOver() {
        zone(
                "{'status':'active','routing':true,'rules':[{'name':'by hand','address':'spam@example.com','worker':'mailbox'}]}");
        bench.applies(DROP).reconcile();
        assertThat(bench.condition("RulesSynced").reason()).isEqualTo("Conflict");
        assertThat(bench.writes()).isEmpty();

        bench.applies("{'conflictPolicy':'Adopt'," + DROP.substring(1)).reconcile();

        assertThat(bench.ready()).isEqualTo("True Ready");
        assertThat(bench.ledger().adoptedRules())
                .singleElement()
                .satisfies(entry -> assertThat(entry.previous().name()).isEqualTo("by hand"));
    }

    @Test
    void oneThatDoesTheSameIsMatched() {
        zone(
                "{'status':'active','routing':true,'rules':[{'name':'by hand','address':'spam@example.com','drop':true}]}");

        bench.applies("{'conflictPolicy':'Adopt'," + DROP.substring(1)).reconcile();

        assertThat(bench.ready()).isEqualTo("True Ready");
        assertThat(bench.writes()).isEmpty();
    }

    // Claims.

    @Test
    void theSecondResourceForADomainIsAConflictAndWritesNothing() {
        zone("{'status':'active','routing':true}");
        bench.applies("first", DROP).reconcile();
        bench.cloudflare().clearCalls();

        Turn turn = bench.applies("second", ONE_RULE).reconcile();

        assertThat(bench.ready()).isEqualTo("False Conflict");
        assertThat(bench.condition("Ready").message()).contains("MailDomain first");
        assertThat(turn.pace()).isEqualTo(Pace.FINAL);
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.ledger().zone()).isNull();
    }
}
