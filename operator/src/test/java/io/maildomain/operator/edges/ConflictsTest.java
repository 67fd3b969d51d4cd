package io.maildomain.operator.edges;

import static io.maildomain.operator.fixture.ScenarioDsl.NEW;
import static io.maildomain.operator.fixture.ScenarioDsl.SPAM;
import static io.maildomain.operator.fixture.ScenarioDsl.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import io.maildomain.simulator.state.RoutingRule;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several that want the same: who gets it, what the others say, who comes next; and that nothing flaps. */
class ConflictsTest {

    private ScenarioDsl scenario;

    @BeforeEach
    void start() {
        scenario = new ScenarioDsl().usual();
        scenario.zone("{'status':'active','routing':true}");
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private void loses(MailDomain domain) {
        assertThat(scenario.ready(domain)).isEqualTo("False Conflict");
        assertThat(scenario.condition(domain, "Stalled").status()).isEqualTo("True");
        assertThat(scenario.ownership(domain).notedZone()).isEmpty();
    }

    private RuleStatus rule(MailDomain domain) {
        return scenario.env()
                .domains()
                .live(domain)
                .orElseThrow()
                .getStatus()
                .rules()
                .get(0);
    }

    // ---- two MailDomains

    @Test
    void ofTwoInOneNamespaceTheOldestWinsAndTheOtherTakesOverWhenItGoes() {
        MailDomain first = scenario.domain("first", SPAM);
        MailDomain second = scenario.domain("second", TEAM);
        scenario.nothingFlaps();
        assertThat(scenario.ready(first)).isEqualTo("True Ready");
        loses(second);
        assertThat(scenario.condition(second, "Ready").message()).contains("MailDomain first");
        assertThat(scenario.addresses()).containsExactly("spam@example.com");

        scenario.delete(first);
        scenario.nothingFlaps();

        assertThat(scenario.isGone(first)).isTrue();
        assertThat(scenario.ready(second)).isEqualTo("True Ready");
        assertThat(scenario.addresses()).containsExactly("hello@example.com");
    }

    @Test
    void theIncumbentStaysEvenIfAnOlderOneShowsUp() {
        MailDomain older = scenario.domain("older", "{'suspend':true,'rules':[]}");
        MailDomain younger = scenario.domain("younger", SPAM);
        scenario.domain("older", "{'mode':'Observe'}");
        scenario.settle();
        assertThat(scenario.ready(younger)).isEqualTo("True Ready");

        scenario.domain("older", TEAM);
        scenario.nothingFlaps();

        loses(older);
        assertThat(scenario.ready(younger)).isEqualTo("True Ready");
    }

    @Test
    void inAnotherNamespaceNobodyInheritsADomainUnlessItIsGrantedByName() {
        MailDomain first = scenario.domain("mail", "first", SPAM);
        MailDomain parked = scenario.domain("other", "parked", TEAM);
        scenario.nothingFlaps();
        loses(parked);
        assertThat(scenario.condition(parked, "Ready").message())
                .as("a namespace learns no more than the fact")
                .doesNotContain("first", "namespace mail");

        scenario.delete(first);
        scenario.nothingFlaps();
        assertThat(scenario.isGone(first)).isTrue();
        loses(parked);
        assertThat(scenario.addresses()).isEmpty();

        scenario.account(
                "default",
                "tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['example.com'],'forwardTo':['*']}]");
        scenario.nothingFlaps();
        assertThat(scenario.ready(parked)).isEqualTo("True Ready");
    }

    @Test
    void aParkedClaimStaysParkedThroughEditsSuspensionAndAMissingSecret() {
        MailDomain first = scenario.domain("mail", "first", SPAM);
        MailDomain parked = scenario.domain("other", "parked", TEAM);
        scenario.settle();
        scenario.delete(first);
        scenario.domain("other", "parked", "{'suspend':true}");
        scenario.settle();
        scenario.env().secrets().remove("mail-system", "tokens");
        scenario.settle();
        scenario.token("tokens", "runtime", ScenarioDsl.runtimeRights());
        scenario.domain("other", "parked", SPAM);
        scenario.nothingFlaps();
        assertThat(scenario.isGone(first)).isTrue();
        loses(parked);
    }

    @Test
    void whoMakesTheZoneKeepsItAcrossALostAnswerARestartAndAnOlderClaim() {
        MailDomain older = scenario.domain("other", "older", watching(NEW));
        MailDomain maker = scenario.domain("mail", "maker", NEW);
        announcesItsZone(maker, Fault.resetAfter());

        scenario.restarts();
        scenario.domain("other", "older", NEW);
        scenario.reconcile(older);
        scenario.settle();

        theMakerHasItsZoneAndTakesItAlong(maker, older);
    }

    @Test
    void whoMakesTheZoneKeepsItFromOneWhoDoesNotSeeItsNoteYet() {
        MailDomain older = scenario.domain("other", "older", watching(NEW));
        MailDomain maker = scenario.domain("mail", "maker", NEW);
        scenario.env().view().lag();
        scenario.reconcile(maker);
        assertThat(scenario.ownership(maker).zone().origin()).isEqualTo(ZoneOrigin.Created);

        scenario.domain("other", "older", NEW);
        scenario.reconcile(older);
        scenario.env().view().catchUp();
        scenario.settle();

        theMakerHasItsZoneAndTakesItAlong(maker, older);
    }

    @Test
    void aZoneWhoseMakerGoesBeforeItKnowsIsDeletedWithItAndNotInherited() {
        MailDomain older = scenario.domain("other", "older", watching(NEW));
        MailDomain maker = scenario.domain("mail", "maker", NEW);
        announcesItsZone(maker, Fault.resetAfter());
        scenario.delete(maker);
        scenario.domain("other", "older", NEW);
        scenario.reconcile(older);
        loses(older);
        String first = scenario.controls().zone("new.example").orElseThrow().id();

        scenario.settle();

        assertThat(scenario.isGone(maker)).isTrue();
        assertThat(scenario.ownership(older).zone().origin()).isEqualTo(ZoneOrigin.Created);
        assertThat(scenario.controls().zone("new.example").orElseThrow().id()).isNotEqualTo(first);
    }

    @Test
    void whoAnnouncedAZoneWithATokenThatDoesNotWorkStandsInNobodysWay() {
        MailDomain other = scenario.domain("other", "other", watching(NEW));
        MailDomain maker = scenario.domain("mail", "maker", NEW);
        announcesItsZone(maker, Fault.resetBefore());
        scenario.env().secrets().remove("mail-system", "tokens");
        scenario.token("others", "others", ScenarioDsl.runtimeRights());
        scenario.account(
                "others",
                "others",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true}]");
        scenario.domain("other", "other", "{'credentials':{'accountRef':{'name':'others'}}," + NEW.substring(1));
        scenario.settle();

        assertThat(scenario.ready(other)).isEqualTo("False ZonePending");
    }

    /** It has noted that it creates a zone, and does not know what came of it. */
    private void announcesItsZone(MailDomain maker, Fault fault) {
        scenario.controls().addFault(FaultPlan.next("POST", "/zones$", fault));
        scenario.reconcile(maker);
        assertThat(scenario.ownership(maker).zone().origin()).isEqualTo(ZoneOrigin.Creating);
    }

    private static String watching(String spec) {
        return "{'mode':'Observe'," + spec.substring(1);
    }

    private void theMakerHasItsZoneAndTakesItAlong(MailDomain maker, MailDomain loser) {
        assertThat(scenario.ready(maker)).isEqualTo("False ZonePending");
        assertThat(scenario.ownership(maker).zone().origin()).isEqualTo(ZoneOrigin.Created);
        loses(loser);

        scenario.delete(maker);
        scenario.delete(loser);
        scenario.settle();
        assertThat(scenario.controls().zone("new.example")).isEmpty();
    }

    @Test
    void twoAccountsAreTwoDomains() {
        String elsewhere = "f".repeat(32);
        scenario.controls().putAccount(elsewhere, "Elsewhere", 0);
        scenario.controls().putZone("example.com", "{\"account_id\":\"" + elsewhere + "\",\"routing\":true}");
        scenario.account(
                "elsewhere",
                "tokens",
                elsewhere,
                "[{'namespaces':{},'domains':['*'],'createZones':true,'forwardTo':['*']}]");
        MailDomain here = scenario.domain("mail", "here", SPAM);
        MailDomain there = scenario.domain(
                "other", "there", "{'credentials':{'accountRef':{'name':'elsewhere'}}," + SPAM.substring(1));
        scenario.nothingFlaps();
        assertThat(scenario.ready(here)).isEqualTo("True Ready");
        assertThat(scenario.ready(there)).isEqualTo("True Ready");
        assertThat(scenario.ownership(here).zone().id())
                .isNotEqualTo(scenario.ownership(there).zone().id());
    }

    @Test
    void aTokenThatCloudflareDoesNotKnowClaimsNothing() {
        scenario.env()
                .secrets()
                .holding(
                        "other",
                        "made-up",
                        "CLOUDFLARE_API_TOKEN",
                        "0123456789012345678901234567890123456789",
                        "CLOUDFLARE_ACCOUNT_ID",
                        scenario.env().simulator().accountId());
        MailDomain squatter = scenario.domain(
                "other", "squatter", "{'credentials':{'secretRef':{'name':'made-up'}}," + SPAM.substring(1));
        MailDomain mine = scenario.domain("mail", "mine", TEAM);
        scenario.nothingFlaps();
        assertThat(scenario.ready(squatter)).startsWith("False Token");
        assertThat(scenario.ready(mine)).isEqualTo("True Ready");
    }

    @Test
    void deletingTheLoserUndoesNothing() {
        scenario.domain("first", SPAM);
        MailDomain second = scenario.domain("second", TEAM);
        scenario.settle();
        scenario.delete(second);
        scenario.controls().clearCalls();
        scenario.settle();
        assertThat(scenario.isGone(second)).isTrue();
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.addresses()).containsExactly("spam@example.com");
    }

    // ---- rules

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'name':'by hand','address':'spam@example.com','drop':true} | Refuse | Matched",
                "{'name':'by hand','address':'spam@example.com','drop':true} | Adopt | Matched",
                "{'name':'by hand','address':'spam@example.com','worker':'mailbox'} | Refuse | Conflict",
                "{'name':'by hand','address':'spam@example.com','worker':'mailbox'} | Adopt | Synced",
                "{'name':'x [mdo:them]','address':'spam@example.com','worker':'mailbox'} | Refuse | Conflict",
                "{'name':'x [mdo:them]','address':'spam@example.com','worker':'mailbox'} | Adopt | Conflict",
                "{'name':'x [mdo:them]','address':'spam@example.com','drop':true} | Adopt | Matched",
                "{'name':'w','source':'wrangler','address':'spam@example.com','worker':'mailbox'} | Adopt | Conflict",
                "{'name':'w [mdo:us]','source':'wrangler','address':'spam@example.com','worker':'mailbox'} | Adopt | Conflict",
                "{'name':'w','source':'wrangler','address':'spam@example.com','drop':true} | Refuse | Matched",
            })
    void aRuleOfSomebodyElseForOurAddress(String theirs, String policy, RuleState state) {
        scenario.zone("{'rules':[" + theirs + "]}");
        List<RoutingRule> before = scenario.zone().rules();
        MailDomain domain = scenario.domain("example", "{'conflictPolicy':'" + policy + "'," + SPAM.substring(1));
        scenario.nothingFlaps();
        assertThat(rule(domain).state()).isEqualTo(state);
        assertThat(scenario.ready(domain)).isEqualTo(state == RuleState.Conflict ? "False Conflict" : "True Ready");
        if (state != RuleState.Synced) {
            assertThat(scenario.zone().rules()).isEqualTo(before);
        }

        scenario.delete(domain);
        scenario.settle();
        assertThat(scenario.isGone(domain)).isTrue();
        assertThat(withoutTimes(scenario.zone().rules())).isEqualTo(withoutTimes(before));
    }

    private static List<String> withoutTimes(List<RoutingRule> rules) {
        return rules.stream()
                .map(rule -> rule.id()
                        + rule.name()
                        + rule.enabled()
                        + rule.priority()
                        + rule.matchers()
                        + rule.actions()
                        + rule.source())
                .toList();
    }

    @Test
    void aRuleOfSomebodyElseThatCannotBeExpressedIsNeverTaken() {
        scenario.zone("{'rules':[{'name':'both','drop':true,'matchers':["
                + "{'type':'literal','field':'to','value':'spam@example.com'},"
                + "{'type':'literal','field':'to','value':'ham@example.com'}]}]}");
        List<RoutingRule> before = scenario.zone().rules();
        MailDomain domain = scenario.domain("example", "{'conflictPolicy':'Adopt'," + SPAM.substring(1));
        scenario.nothingFlaps();
        assertThat(rule(domain).state()).isEqualTo(RuleState.NotExpressible);
        assertThat(scenario.zone().rules()).isEqualTo(before);
    }

    @Test
    void aRuleThatOthersKeepChangingIsContestedEvenWhileTheDomainIsNotReadyForAnotherReason() {
        MailDomain domain = scenario.domain(
                "example",
                "{'rules':["
                        + "{'address':'spam@example.com','action':{'drop':true}},"
                        + "{'address':'gone@example.com','action':{'worker':'not-there'}}]}");
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("False WorkerMissing");
        for (int i = 0; i < 3; i++) {
            somebodyTurnsItOff();
            scenario.settle();
            assertThat(scenario.zone().rules().get(0).enabled()).isTrue();
        }
        somebodyTurnsItOff();
        scenario.settle();
        assertThat(scenario.zone().rules().get(0).enabled()).isFalse();
        assertThat(rule(domain).state()).isEqualTo(RuleState.Contested);
    }

    @Test
    void soIsOneThatOthersKeepDeleting() {
        MailDomain domain = scenario.domain("example", SPAM);
        scenario.settle();
        for (int i = 0; i < 3; i++) {
            scenario.zone("{'rules':[]}");
            scenario.settle();
            assertThat(scenario.addresses()).containsExactly("spam@example.com");
        }
        scenario.zone("{'rules':[]}");
        scenario.nothingFlaps();
        assertThat(scenario.addresses()).isEmpty();
        assertThat(rule(domain).state()).isEqualTo(RuleState.Contested);
        assertThat(scenario.ready(domain)).isEqualTo("False Contested");
    }

    @Test
    void aNewSpecEndsAQuarrel() {
        MailDomain domain = scenario.domain("example", SPAM);
        scenario.settle();
        for (int i = 0; i < 4; i++) {
            somebodyTurnsItOff();
            scenario.settle();
        }
        assertThat(rule(domain).state()).isEqualTo(RuleState.Contested);

        scenario.domain("example", "{'rules':[{'address':'spam@example.com','action':{'worker':'mailbox'}}]}");
        scenario.nothingFlaps();
        assertThat(scenario.ready(domain)).isEqualTo("True Ready");
        assertThat(scenario.zone().rules().get(0).enabled()).isTrue();
    }

    private void somebodyTurnsItOff() {
        scenario.controls()
                .changed(
                        FakeEnvironment.DOMAIN,
                        zone -> zone.withRules(zone.rules().stream()
                                .map(rule -> rule.withEnabled(false))
                                .toList()));
    }

    // ---- two CatchAllRules

    @Test
    void aRuleConflictOfTheDomainDoesNotKeepItsCatchAllFromBeingGivenBack() {
        scenario.zone("{'rules':[{'name':'by hand','address':'spam@example.com','worker':'mailbox'}],"
                + "'catch_all':{'name':'archive','forward_to':'team@corp.example'}}");
        MailDomain domain = scenario.domain("example", SPAM);
        CatchAllRule rule = scenario.catchAll("one", "{'action':{'drop':true}}");
        scenario.settle();
        assertThat(scenario.ready(domain)).isEqualTo("False Conflict");
        assertThat(scenario.ready(rule)).isEqualTo("True Applied");

        scenario.delete(rule);
        scenario.settle();

        assertThat(scenario.isGone(rule)).isTrue();
        assertThat(scenario.zone().catchAll().name()).isEqualTo("archive");
    }

    @Test
    void ofTwoCatchAllRulesTheOldestCountsAndTheOtherInherits() {
        scenario.zone("{'catch_all':{'name':'archive','forward_to':'team@corp.example'}}");
        scenario.domain("example", "{}");
        CatchAllRule first = scenario.catchAll("first", "{'action':{'drop':true}}");
        CatchAllRule second = scenario.catchAll("second", "{'action':{'worker':'mailbox'}}");
        scenario.nothingFlaps();
        assertThat(scenario.ready(first)).isEqualTo("True Applied");
        assertThat(scenario.ready(second)).isEqualTo("False Conflict");

        scenario.delete(first);
        scenario.controls().clearCalls();
        scenario.settle();
        assertThat(scenario.writes()).hasSize(1);
        scenario.nothingFlaps();
        assertThat(scenario.ready(second)).isEqualTo("True Applied");

        scenario.delete(second);
        scenario.settle();
        assertThat(scenario.zone().catchAll().name()).isEqualTo("archive");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'name':'x [mdo:them]','worker':'mailbox'}",
                "{'name':'w','source':'wrangler','worker':'mailbox'}",
                "{'name':'w [mdo:us]','source':'wrangler','worker':'mailbox'}",
            })
    void aCatchAllOfAnotherInstallationOrOfWranglersIsNotTaken(String theirs) {
        scenario.zone("{'catch_all':" + theirs + "}");
        RoutingRule before = scenario.zone().catchAll();
        scenario.domain("example", "{}");
        CatchAllRule rule = scenario.catchAll("one", "{'action':{'drop':true}}");
        scenario.nothingFlaps();
        assertThat(scenario.ready(rule)).isEqualTo("False HeldElsewhere");
        scenario.delete(rule);
        scenario.settle();
        assertThat(scenario.isGone(rule)).isTrue();
        assertThat(scenario.zone().catchAll()).isEqualTo(before);
    }

    @Test
    void aCatchAllThatWranglerTookSinceIsLeftToIt() {
        scenario.domain("example", "{}");
        CatchAllRule rule = scenario.catchAll("one", "{'action':{'drop':true}}");
        scenario.settle();
        scenario.zone("{'catch_all':{'name':'w','source':'wrangler','worker':'mailbox'}}");
        RoutingRule before = scenario.zone().catchAll();
        scenario.nothingFlaps();
        assertThat(scenario.ready(rule)).isEqualTo("False HeldElsewhere");
        scenario.delete(rule);
        scenario.settle();
        assertThat(scenario.isGone(rule)).isTrue();
        assertThat(scenario.zone().catchAll()).isEqualTo(before);
    }
}
