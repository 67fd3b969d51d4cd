package io.maildomain.operator.controller.maildomain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.maildomain.plan.CheckCost;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.status.Requeue;
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

    private final DomainScenario scenario = new DomainScenario();

    @BeforeEach
    void verifiedDestinations() {
        scenario.cloudflare().putAddress("team@corp.example", true);
        scenario.cloudflare().putAddress("new@corp.example", false);
        scenario.cloudflare().putWorker("mailbox");
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void zone(String json) {
        scenario.cloudflare().putZone(DomainScenario.DOMAIN, json.replace('\'', '"'));
    }

    // Creating and adopting.

    @ParameterizedTest
    @CsvSource({"400, 1052", "400, 4711", "403, 4711"})
    void aZoneThatWasCreatedThoughTheAnswerSaysNoIsOurs(int status, int code) {
        scenario.cloudflare()
                .failNext(
                        "POST",
                        "/zones$",
                        Fault.status(
                                        status,
                                        ScenarioDsl.read(
                                                "{'success':false,'result':null,'messages':[],'errors':[{'code':" + code
                                                        + ",'message':'An error has occurred'}]}",
                                                JsonNode.class),
                                        Map.of())
                                .afterTheWork());
        scenario.applies(ONE_RULE).reconcile();
        assertThat(scenario.ownership().zone().origin()).isEqualTo(ZoneOrigin.Creating);

        scenario.reconcile();

        assertThat(scenario.ownership().zone().origin()).isEqualTo(ZoneOrigin.Created);
    }

    @Test
    void aZoneThatMayBeOursIsAdoptedAndThatIsSaid() {
        scenario.cloudflare().failNext("POST", "/zones$", Fault.resetBefore());
        scenario.applies(ONE_RULE).reconcile();
        zone("{'status':'active','created_on':'2020-01-01T00:00:00Z'}");

        scenario.reconcile();

        assertThat(scenario.ownership().zone().origin()).isEqualTo(ZoneOrigin.Adopted);
        assertThat(scenario.events()).anyMatch(event -> event.startsWith("ZoneAdopted"));
    }

    @Test
    void theAnnotationToBindAnewIsFollowedOnce() {
        scenario.applies(ONE_RULE).reconcile();
        scenario.cloudflare().removeZone(DomainScenario.DOMAIN);
        scenario.annotates("maildomain.io/rebind-zone", "new").reconcile();
        String second = scenario.ownership().zone().id();
        assertThat(scenario.cloudflare().zone(DomainScenario.DOMAIN)).isPresent();

        scenario.cloudflare().removeZone(DomainScenario.DOMAIN);
        scenario.reconcile();
        scenario.reconcile();
        assertThat(scenario.cloudflare().zone(DomainScenario.DOMAIN))
                .as("deleted on purpose")
                .isEmpty();
        assertThat(scenario.ready()).isEqualTo("False ZoneNotVisible");
        assertThat(scenario.ownership().zone().id()).isEqualTo(second);

        scenario.annotates("example.com/other", "x").reconcile();
        assertThat(scenario.cloudflare().zone(DomainScenario.DOMAIN)).isEmpty();
        scenario.annotates("maildomain.io/rebind-zone", "new").reconcile();
        assertThat(scenario.cloudflare().zone(DomainScenario.DOMAIN)).isPresent();
    }

    @Test
    void aStatusFromABackupIsNotTakenForThisResources() {
        zone("{'status':'active'}");
        scenario.applies("{'drift':'Report'," + ONE_RULE.substring(1)).reconcile();
        assertThat(scenario.ready()).isEqualTo("True Ready");
        zone("{'rules':[]}");

        scenario.isRestored().reconcile();

        assertThat(scenario.addresses()).containsExactly("support@example.com");
    }

    @Test
    void aDomainWithoutAZoneGetsOneAndWaitsForItsNameServers() {
        ReconcileResult<MailDomainStatus> result = scenario.applies(ONE_RULE).reconcile();

        assertThat(scenario.ready()).isEqualTo("False ZonePending");
        assertThat(scenario.condition("Ready").message()).contains("name servers");
        assertThat(scenario.has("Reconciling")).isTrue();
        assertThat(scenario.has("Stalled")).isFalse();
        assertThat(result.requeue()).isEqualTo(Requeue.WAITING);
        assertThat(scenario.ownership().zone().origin()).isEqualTo(ZoneOrigin.Created);
        assertThat(scenario.addresses()).containsExactly("support@example.com");

        scenario.cloudflare().activate(DomainScenario.DOMAIN);
        scenario.reconcile();
        assertThat(scenario.ready()).isEqualTo("True Ready");
        assertThat(scenario.has("Reconciling")).isFalse();
        assertThat(scenario.live().getStatus().summary().rules()).isEqualTo("1/1");
    }

    @Test
    void aConvergedDomainIsReadAndNotWritten() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(
                "{'subdomains':['in'],'subaddressing':true,'rules':[{'address':'a@example.com','action':{'drop':true}}]}");
        scenario.reconcile();
        scenario.reconcile();
        var status = scenario.live().getStatus();
        scenario.cloudflare().clearCalls();

        scenario.reconcile();

        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.live().getStatus()).isEqualTo(status);
        assertThat(scenario.cloudflare().calls()).hasSizeLessThanOrEqualTo(CheckCost.of(scenario.live()));
    }

    @Test
    void anExistingZoneIsAdoptedAndWhatOthersMadeInItStays() {
        zone("{'status':'active','routing':true,'rules':[{'name':'by hand','address':'old@example.com','drop':true}]}");

        scenario.applies(ONE_RULE).reconcile();

        assertThat(scenario.ready()).isEqualTo("True Ready");
        assertThat(scenario.ownership().zone().origin()).isEqualTo(ZoneOrigin.Adopted);
        assertThat(scenario.ownership().routing()).isNull();
        assertThat(scenario.addresses()).containsExactlyInAnyOrder("old@example.com", "support@example.com");
    }

    @Test
    void aLostAnswerToTheCreationIsRecognisedAsOurDoing() {
        scenario.cloudflare().failNext("POST", "/zones$", Fault.resetAfter());
        scenario.applies(ONE_RULE).reconcile();
        assertThat(scenario.ownership().zone().origin()).isEqualTo(ZoneOrigin.Creating);

        scenario.reconcile();

        assertThat(scenario.ownership().zone().origin()).isEqualTo(ZoneOrigin.Created);
        assertThat(scenario.writes().stream().filter("POST /zones"::equals)).hasSize(1);
    }

    @Test
    void aDefinitiveRefusalOfTheCreationLeavesNoNote() {
        scenario.cloudflare().refuseDomain(DomainScenario.DOMAIN, 1097);

        scenario.applies(ONE_RULE).reconcile();

        assertThat(scenario.ownership().zone()).isNull();
        assertThat(scenario.condition("ZoneReady").status()).isEqualTo("False");
    }

    @Test
    void subdomainsOfRulesAndOfTheSpecGetTheirRecords() {
        zone(DomainScenario.ACTIVE);

        scenario.applies(
                        "{'subdomains':['notify'],'rules':[{'address':'bot@in.example.com','action':{'worker':'mailbox'}}]}")
                .reconcile();

        assertThat(scenario.ready()).isEqualTo("True Ready");
        assertThat(scenario.live().getStatus().dns())
                .extracting(HostStatus::host)
                .containsExactly("example.com", "in.example.com", "notify.example.com");
        assertThat(scenario.ownership().subdomains()).containsExactly("in.example.com", "notify.example.com");
    }

    @Test
    void aSubdomainThatIsNotAskedForAnyMoreGoesAgain() {
        zone(DomainScenario.ACTIVE);
        scenario.applies("{'subdomains':['notify']}").reconcile();

        scenario.applies("{}").reconcile();

        assertThat(scenario.ownership().subdomains()).isEmpty();
        assertThat(scenario.writes()).contains("DELETE /zones/{zone_id}/email/routing/dns");
    }

    @Test
    void subaddressingComesBackOnceItIsLeftOut() {
        zone("{'status':'active','routing':true,'support_subaddress':false}");
        scenario.applies("{'subaddressing':true}").reconcile();
        assertThat(scenario.ownership().subaddressing().previous()).isFalse();

        scenario.applies("{}").reconcile();

        assertThat(scenario.ownership().subaddressing()).isNull();
        assertThat(scenario.cloudflare()
                        .zone(DomainScenario.DOMAIN)
                        .orElseThrow()
                        .routing()
                        .supportSubaddress())
                .isFalse();
    }

    // Blocked.

    @Test
    void foreignMxStopEverythingAndSoDoNotBreakMailThatFlows() {
        zone(
                "{'status':'active','dns_records':[{'type':'MX','name':'@','content':'mx.elsewhere.example','priority':5}]}");

        ReconcileResult<MailDomainStatus> result = scenario.applies(ONE_RULE).reconcile();

        assertThat(scenario.condition("DNSReady").reason()).isEqualTo("ForeignRecords");
        assertThat(scenario.condition("DNSReady").message()).contains("mx.elsewhere.example", "Replace");
        assertThat(scenario.writes()).isEmpty();
        assertThat(result.requeue()).isEqualTo(Requeue.STALLED);
        assertThat(scenario.has("Stalled")).isTrue();
        assertThat(scenario.has("Reconciling")).isFalse();
    }

    @Test
    void replacingThemWritesTheRulesFirst() {
        scenario.cloudflare().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
        zone(
                "{'status':'active','dns_records':[{'type':'MX','name':'@','content':'mx.elsewhere.example','priority':5}]}");

        scenario.applies("{'dns':{'existingRecords':'Replace'}," + DROP.substring(1))
                .reconcile();

        assertThat(scenario.ready()).isEqualTo("True Ready");
        assertThat(scenario.writes())
                .containsExactly(
                        "POST /zones/{zone_id}/email/routing/rules", "POST /zones/{zone_id}/email/routing/enable");
    }

    @Test
    void whereRulesCannotBeWrittenBeforeTheyAreWrittenRightAfter() {
        scenario.cloudflare().quirk(Quirk.ENABLE_WITH_FOREIGN_MX, "replaced");
        scenario.cloudflare().quirk(Quirk.RULE_WRITES_WHILE_OFF, "refused");
        zone(
                "{'status':'active','dns_records':[{'type':'MX','name':'@','content':'mx.elsewhere.example','priority':5}]}");

        scenario.applies("{'dns':{'existingRecords':'Replace'}," + DROP.substring(1))
                .reconcile();

        assertThat(scenario.ready()).isEqualTo("True Ready");
    }

    @Test
    void theNameOfASubdomainIsNoApex() {
        scenario.applies("{'domain':'in.example.com'}").reconcile();

        assertThat(scenario.ready()).isEqualTo("False NotApex");
        assertThat(scenario.condition("Ready").message()).contains("spec.subdomains: [in]");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void withoutAnAccountIdNoZoneIsCreated() {
        scenario.secretHolds(Map.of("CLOUDFLARE_API_TOKEN", scenario.startToken()));

        scenario.applies(ONE_RULE).reconcile();

        assertThat(scenario.ready()).isEqualTo("False DomainBindingDisabled");
        assertThat(scenario.condition("Ready").message())
                .contains("the token sees one account: 0123456789abcdef0123456789abcdef");
    }

    @Test
    void aMissingSecretIsNoCall() {
        scenario.secretIsGone();

        scenario.applies(ONE_RULE).reconcile();

        assertThat(scenario.ready()).isEqualTo("False SecretMissing");
        assertThat(scenario.cloudflare().calls()).isEmpty();
        assertThat(scenario.condition("ZoneReady").status()).isEqualTo("Unknown");
    }

    @Test
    void aZoneThatIsNotVisibleAnyMoreIsNeverReplacedByASecondOne() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(ONE_RULE).reconcile();
        scenario.cloudflare().removeZone(DomainScenario.DOMAIN);
        scenario.cloudflare().clearCalls();

        scenario.reconcile();
        assertThat(scenario.ready())
                .as("met once, it is looked into again first")
                .startsWith("True");
        scenario.reconcile();

        assertThat(scenario.ready()).isEqualTo("False ZoneNotVisible");
        assertThat(scenario.writes()).isEmpty();

        scenario.annotates("maildomain.io/rebind-zone", "new").reconcile();
        assertThat(scenario.ownership().zone().origin()).isEqualTo(ZoneOrigin.Created);
    }

    @Test
    void anUnverifiedDestinationAndAMissingWorkerBlockNothingElse() {
        zone(DomainScenario.ACTIVE);

        scenario.applies("{'rules':[" + "{'address':'a@example.com','action':{'forwardTo':'new@corp.example'}},"
                        + "{'address':'b@example.com','action':{'worker':'missing'}},"
                        + "{'address':'c@example.com','action':{'drop':true}}]}")
                .reconcile();

        assertThat(scenario.addresses()).containsExactly("c@example.com");
        assertThat(scenario.condition("RulesSynced").status()).isEqualTo("False");
        assertThat(scenario.live().getStatus().summary().rules()).isEqualTo("1/3");
    }

    @Test
    void aStepThatWasNotReachedIsUnknownAndNoneIsLeftOut() {
        zone(DomainScenario.ACTIVE);
        scenario.cloudflare().failNext("GET", "/email/routing/rules", Fault.status(500));

        scenario.applies(ONE_RULE).reconcile();

        assertThat(scenario.condition("RoutingEnabled").status()).isEqualTo("Unknown");
        assertThat(scenario.condition("DNSReady").status()).isEqualTo("Unknown");
    }

    // What disturbs a domain that works.

    @Test
    void a429NeverChangesReady() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();
        var status = scenario.live().getStatus();
        scenario.cloudflare().failNext("GET", "/email/routing", Fault.status(429));

        ReconcileResult<MailDomainStatus> result = scenario.reconcile();

        assertThat(result.said()).isEmpty();
        assertThat(scenario.live().getStatus()).isEqualTo(status);
    }

    @Test
    void norDoesAHiccup() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();
        scenario.cloudflare().failNext("GET", "/email/routing", Fault.status(502));

        assertThat(scenario.reconcile().said()).isEmpty();
        assertThat(scenario.ready()).isEqualTo("True Ready");
    }

    @Test
    void a429InTheMiddleOfTheChangesSaysNothingEither() {
        zone("{'status':'active','routing':true}");
        scenario.applies(DROP).reconcile();
        scenario.applies("{'rules':[{'address':'other@example.com','action':{'drop':true}}]}");
        scenario.cloudflare().failNext("POST", "/email/routing/rules", Fault.status(429));

        scenario.reconcile();

        assertThat(scenario.ready()).isEqualTo("True Ready");
    }

    @Test
    void aFailureThatIsNobodysVerdictIsSaidAllTheSame() {
        zone("{'status':'active','routing':true}");
        scenario.cloudflare().failNext("PATCH", "/email/routing", Fault.status(400));

        scenario.applies("{'subaddressing':true}").reconcile();

        assertThat(scenario.condition("Ready").status()).isEqualTo("False");
        assertThat(scenario.condition("RoutingEnabled").message()).contains("subaddressing");
    }

    // Watching.

    @Test
    void observingSaysWhatWouldChangeAndChangesNothing() {
        zone(DomainScenario.ACTIVE);
        JsonNode before = scenario.cloudflare().comparableState();

        scenario.applies("{'mode':'Observe'," + ONE_RULE.substring(1)).reconcile();

        assertThat(scenario.ready()).isEqualTo("True Observing");
        assertThat(scenario.condition("InSync").status()).isEqualTo("False");
        assertThat(scenario.live().getStatus().pendingChanges())
                .contains("create rule support@example.com -> team@corp.example");
        assertThat(scenario.live().getStatus().pendingChangesTotal()).isEqualTo(2);
        assertThat(scenario.cloudflare().comparableState()).isEqualTo(before);
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.live().getStatus().ownership()).isNull();
    }

    @Test
    void observingADomainWithoutAZoneWouldCreateOne() {
        scenario.applies("{'mode':'Observe'}").reconcile();

        assertThat(scenario.live().getStatus().pendingChanges())
                .containsExactly("create zone example.com", "enable Email Routing for example.com");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void suspendedMakesNoCall() {
        scenario.applies("{'suspend':true}").reconcile();

        assertThat(scenario.ready()).isEqualTo("Unknown Suspended");
        assertThat(scenario.cloudflare().calls()).isEmpty();
    }

    // Drift.

    private void somebodyChangesTheRule() {
        scenario.cloudflare()
                .changed(
                        DomainScenario.DOMAIN,
                        zone -> zone.withRules(zone.rules().stream()
                                .map(rule -> FakeEnvironment.MARK.isOn(rule.name())
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
        return scenario.cloudflare()
                .zone(DomainScenario.DOMAIN)
                .orElseThrow()
                .rules()
                .get(0)
                .enabled();
    }

    @Test
    void driftIsCorrectedAndSaid() {
        zone("{'status':'active','routing':true}");
        scenario.applies(DROP).reconcile();
        somebodyChangesTheRule();

        scenario.reconcile();

        assertThat(ruleIsEnabled()).isTrue();
        assertThat(scenario.live().getStatus().lastDriftCorrected().what())
                .isEqualTo("update rule spam@example.com -> drop");
        assertThat(scenario.events()).anyMatch(event -> event.equals("Updated: updated rule spam@example.com"));
    }

    @Test
    void driftIsOnlyReportedWhereThatIsAskedFor() {
        zone("{'status':'active','routing':true}");
        scenario.applies("{'drift':'Report'," + DROP.substring(1)).reconcile();
        somebodyChangesTheRule();
        JsonNode before = scenario.cloudflare().comparableState();

        scenario.reconcile();

        assertThat(scenario.live().getStatus().pendingChanges())
                .containsExactly("update rule spam@example.com -> drop");
        assertThat(scenario.ready()).isEqualTo("True DriftReported");
        assertThat(scenario.cloudflare().comparableState()).isEqualTo(before);
    }

    @Test
    void aRuleThatOthersKeepChangingIsLeftToThemUntilTheSpecChanges() {
        zone("{'status':'active','routing':true}");
        scenario.applies(DROP).reconcile();
        for (int i = 0; i < 3; i++) {
            somebodyChangesTheRule();
            scenario.reconcile();
            assertThat(ruleIsEnabled()).isTrue();
        }
        somebodyChangesTheRule();

        scenario.reconcile();

        assertThat(ruleIsEnabled()).isFalse();
        assertThat(scenario.live().getStatus().rules())
                .singleElement()
                .extracting(RuleStatus::state)
                .isEqualTo(RuleState.Contested);
        assertThat(scenario.has("Stalled")).isTrue();

        scenario.applies("{'rules':[{'address':'spam@example.com','action':{'worker':'mailbox'}}]}")
                .reconcile();
        assertThat(ruleIsEnabled()).isTrue();
        assertThat(scenario.ready()).isEqualTo("True Ready");
    }

    @Test
    void recordsThatSomebodyUnlockedAreReportedAndLeft() {
        zone("{'status':'active','routing':true,'unlocked':true}");

        scenario.applies(DROP).reconcile();

        assertThat(scenario.live().getStatus().dns())
                .singleElement()
                .extracting(HostStatus::state)
                .isEqualTo(HostState.Unlocked);
        assertThat(scenario.writes()).containsExactly("POST /zones/{zone_id}/email/routing/rules");
    }

    @Test
    void routingThatSomebodySwitchedOffGoesOnAgain() {
        zone(DomainScenario.ACTIVE);
        scenario.applies(DROP).reconcile();
        zone("{'routing':false}");

        scenario.reconcile();

        assertThat(scenario.ready()).isEqualTo("True Ready");
        assertThat(scenario.ownership().routing().state()).isEqualTo(RoutingState.Enabled);
    }

    @Test
    void exceptWhereMailGoesElsewhereSince() {
        zone(DomainScenario.ACTIVE);
        scenario.applies("{'dns':{'existingRecords':'Replace'}," + DROP.substring(1))
                .reconcile();
        zone(
                "{'routing':false,'dns_records':[{'type':'MX','name':'@','content':'mx.elsewhere.example','priority':5}]}");
        scenario.cloudflare().clearCalls();

        scenario.reconcile();

        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.condition("DNSReady").reason()).isEqualTo("ForeignRecords");
    }

    // Rules of others.

    @Test
    void anotherRuleForTheAddressIsAConflictOrTakenOver() {
        zone(
                "{'status':'active','routing':true,'rules':[{'name':'by hand','address':'spam@example.com','worker':'mailbox'}]}");
        scenario.applies(DROP).reconcile();
        assertThat(scenario.condition("RulesSynced").reason()).isEqualTo("Conflict");
        assertThat(scenario.writes()).isEmpty();

        scenario.applies("{'conflictPolicy':'Adopt'," + DROP.substring(1)).reconcile();

        assertThat(scenario.ready()).isEqualTo("True Ready");
        assertThat(scenario.ownership().adoptedRules())
                .singleElement()
                .satisfies(entry -> assertThat(entry.previous().name()).isEqualTo("by hand"));
    }

    @Test
    void oneThatDoesTheSameIsMatched() {
        zone(
                "{'status':'active','routing':true,'rules':[{'name':'by hand','address':'spam@example.com','drop':true}]}");

        scenario.applies("{'conflictPolicy':'Adopt'," + DROP.substring(1)).reconcile();

        assertThat(scenario.ready()).isEqualTo("True Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    // Claims.

    @Test
    void theSecondResourceForADomainIsAConflictAndWritesNothing() {
        zone("{'status':'active','routing':true}");
        scenario.applies("first", DROP).reconcile();
        scenario.cloudflare().clearCalls();

        ReconcileResult<MailDomainStatus> result =
                scenario.applies("second", ONE_RULE).reconcile();

        assertThat(scenario.ready()).isEqualTo("False Conflict");
        assertThat(scenario.condition("Ready").message()).contains("MailDomain first");
        assertThat(result.requeue()).isEqualTo(Requeue.STALLED);
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.ownership().zone()).isNull();
    }
}
