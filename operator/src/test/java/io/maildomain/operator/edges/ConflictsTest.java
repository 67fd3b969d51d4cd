package io.maildomain.operator.edges;

import static io.maildomain.operator.edges.World.NEW;
import static io.maildomain.operator.edges.World.SPAM;
import static io.maildomain.operator.edges.World.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.api.v1alpha1.ZoneOrigin;
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

    private World world;

    @BeforeEach
    void start() {
        world = new World().usual();
        world.zone("{'status':'active','routing':true}");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void loses(MailDomain domain) {
        assertThat(world.ready(domain)).isEqualTo("False Conflict");
        assertThat(world.condition(domain, "Stalled").status()).isEqualTo("True");
        assertThat(world.ledger(domain).notedZone()).isEmpty();
    }

    private RuleStatus rule(MailDomain domain) {
        return world.domains.live(domain).orElseThrow().getStatus().rules().get(0);
    }

    // ---- two MailDomains

    @Test
    void ofTwoInOneNamespaceTheOldestWinsAndTheOtherTakesOverWhenItGoes() {
        MailDomain first = world.domain("first", SPAM);
        MailDomain second = world.domain("second", TEAM);
        world.nothingFlaps();
        assertThat(world.ready(first)).isEqualTo("True Ready");
        loses(second);
        assertThat(world.condition(second, "Ready").message()).contains("MailDomain first");
        assertThat(world.addresses()).containsExactly("spam@example.com");

        world.delete(first);
        world.nothingFlaps();

        assertThat(world.isGone(first)).isTrue();
        assertThat(world.ready(second)).isEqualTo("True Ready");
        assertThat(world.addresses()).containsExactly("hello@example.com");
    }

    @Test
    void theIncumbentStaysEvenIfAnOlderOneShowsUp() {
        MailDomain older = world.domain("older", "{'suspend':true,'rules':[]}");
        MailDomain younger = world.domain("younger", SPAM);
        world.domain("older", "{'mode':'Observe'}");
        world.settle();
        assertThat(world.ready(younger)).isEqualTo("True Ready");

        world.domain("older", TEAM);
        world.nothingFlaps();

        loses(older);
        assertThat(world.ready(younger)).isEqualTo("True Ready");
    }

    @Test
    void inAnotherNamespaceNobodyInheritsADomainUnlessItIsGrantedByName() {
        MailDomain first = world.domain("mail", "first", SPAM);
        MailDomain parked = world.domain("other", "parked", TEAM);
        world.nothingFlaps();
        loses(parked);
        assertThat(world.condition(parked, "Ready").message())
                .as("a namespace learns no more than the fact")
                .doesNotContain("first", "namespace mail");

        world.delete(first);
        world.nothingFlaps();
        assertThat(world.isGone(first)).isTrue();
        loses(parked);
        assertThat(world.addresses()).isEmpty();

        world.account(
                "default",
                "tokens",
                world.simulator.accountId(),
                "[{'namespaces':{},'domains':['example.com'],'forwardTo':['*']}]");
        world.nothingFlaps();
        assertThat(world.ready(parked)).isEqualTo("True Ready");
    }

    @Test
    void aParkedClaimStaysParkedThroughEditsSuspensionAndAMissingSecret() {
        MailDomain first = world.domain("mail", "first", SPAM);
        MailDomain parked = world.domain("other", "parked", TEAM);
        world.settle();
        world.delete(first);
        world.domain("other", "parked", "{'suspend':true}");
        world.settle();
        world.secrets.remove("mail-system", "tokens");
        world.settle();
        world.token("tokens", "runtime", World.RUNTIME);
        world.domain("other", "parked", SPAM);
        world.nothingFlaps();
        assertThat(world.isGone(first)).isTrue();
        loses(parked);
    }

    @Test
    void whoMakesTheZoneKeepsItAcrossALostAnswerARestartAndAnOlderClaim() {
        MailDomain older = world.domain("other", "older", watching(NEW));
        MailDomain maker = world.domain("mail", "maker", NEW);
        announcesItsZone(maker, Fault.resetAfter());

        world.restarts();
        world.domain("other", "older", NEW);
        world.reconcile(older);
        world.settle();

        theMakerHasItsZoneAndTakesItAlong(maker, older);
    }

    @Test
    void whoMakesTheZoneKeepsItFromOneWhoDoesNotSeeItsNoteYet() {
        MailDomain older = world.domain("other", "older", watching(NEW));
        MailDomain maker = world.domain("mail", "maker", NEW);
        world.watchLags();
        world.reconcile(maker);
        assertThat(world.ledger(maker).zone().origin()).isEqualTo(ZoneOrigin.Created);

        world.domain("other", "older", NEW);
        world.reconcile(older);
        world.watchCatchesUp();
        world.settle();

        theMakerHasItsZoneAndTakesItAlong(maker, older);
    }

    @Test
    void aZoneWhoseMakerGoesBeforeItKnowsIsDeletedWithItAndNotInherited() {
        MailDomain older = world.domain("other", "older", watching(NEW));
        MailDomain maker = world.domain("mail", "maker", NEW);
        announcesItsZone(maker, Fault.resetAfter());
        world.delete(maker);
        world.domain("other", "older", NEW);
        world.reconcile(older);
        loses(older);
        String first = world.controls().zone("new.example").orElseThrow().id();

        world.settle();

        assertThat(world.isGone(maker)).isTrue();
        assertThat(world.ledger(older).zone().origin()).isEqualTo(ZoneOrigin.Created);
        assertThat(world.controls().zone("new.example").orElseThrow().id()).isNotEqualTo(first);
    }

    @Test
    void whoAnnouncedAZoneWithATokenThatDoesNotWorkStandsInNobodysWay() {
        MailDomain other = world.domain("other", "other", watching(NEW));
        MailDomain maker = world.domain("mail", "maker", NEW);
        announcesItsZone(maker, Fault.resetBefore());
        world.secrets.remove("mail-system", "tokens");
        world.token("others", "others", World.RUNTIME);
        world.account(
                "others",
                "others",
                world.simulator.accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true}]");
        world.domain("other", "other", "{'credentials':{'accountRef':{'name':'others'}}," + NEW.substring(1));
        world.settle();

        assertThat(world.ready(other)).isEqualTo("False ZonePending");
    }

    /** It has noted that it makes a zone, and does not know what came of it. */
    private void announcesItsZone(MailDomain maker, Fault fault) {
        world.controls().addFault(FaultPlan.next("POST", "/zones$", fault));
        world.reconcile(maker);
        assertThat(world.ledger(maker).zone().origin()).isEqualTo(ZoneOrigin.Creating);
    }

    private static String watching(String spec) {
        return "{'mode':'Observe'," + spec.substring(1);
    }

    private void theMakerHasItsZoneAndTakesItAlong(MailDomain maker, MailDomain loser) {
        assertThat(world.ready(maker)).isEqualTo("False ZonePending");
        assertThat(world.ledger(maker).zone().origin()).isEqualTo(ZoneOrigin.Created);
        loses(loser);

        world.delete(maker);
        world.delete(loser);
        world.settle();
        assertThat(world.controls().zone("new.example")).isEmpty();
    }

    @Test
    void twoAccountsAreTwoDomains() {
        String elsewhere = "f".repeat(32);
        world.controls().putAccount(elsewhere, "Elsewhere", 0);
        world.controls().putZone("example.com", "{\"account_id\":\"" + elsewhere + "\",\"routing\":true}");
        world.account(
                "elsewhere",
                "tokens",
                elsewhere,
                "[{'namespaces':{},'domains':['*'],'createZones':true,'forwardTo':['*']}]");
        MailDomain here = world.domain("mail", "here", SPAM);
        MailDomain there = world.domain(
                "other", "there", "{'credentials':{'accountRef':{'name':'elsewhere'}}," + SPAM.substring(1));
        world.nothingFlaps();
        assertThat(world.ready(here)).isEqualTo("True Ready");
        assertThat(world.ready(there)).isEqualTo("True Ready");
        assertThat(world.ledger(here).zone().id())
                .isNotEqualTo(world.ledger(there).zone().id());
    }

    @Test
    void aTokenThatCloudflareDoesNotKnowClaimsNothing() {
        world.secrets.holding(
                "other",
                "made-up",
                "CLOUDFLARE_API_TOKEN",
                "0123456789012345678901234567890123456789",
                "CLOUDFLARE_ACCOUNT_ID",
                world.simulator.accountId());
        MailDomain squatter = world.domain(
                "other", "squatter", "{'credentials':{'secretRef':{'name':'made-up'}}," + SPAM.substring(1));
        MailDomain mine = world.domain("mail", "mine", TEAM);
        world.nothingFlaps();
        assertThat(world.ready(squatter)).startsWith("False Token");
        assertThat(world.ready(mine)).isEqualTo("True Ready");
    }

    @Test
    void deletingTheLoserUndoesNothing() {
        world.domain("first", SPAM);
        MailDomain second = world.domain("second", TEAM);
        world.settle();
        world.delete(second);
        world.controls().clearCalls();
        world.settle();
        assertThat(world.isGone(second)).isTrue();
        assertThat(world.writes()).isEmpty();
        assertThat(world.addresses()).containsExactly("spam@example.com");
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
        world.zone("{'rules':[" + theirs + "]}");
        List<RoutingRule> before = world.zone().rules();
        MailDomain domain = world.domain("example", "{'conflictPolicy':'" + policy + "'," + SPAM.substring(1));
        world.nothingFlaps();
        assertThat(rule(domain).state()).isEqualTo(state);
        assertThat(world.ready(domain)).isEqualTo(state == RuleState.Conflict ? "False Conflict" : "True Ready");
        if (state != RuleState.Synced) {
            assertThat(world.zone().rules()).isEqualTo(before);
        }

        world.delete(domain);
        world.settle();
        assertThat(world.isGone(domain)).isTrue();
        assertThat(withoutTimes(world.zone().rules())).isEqualTo(withoutTimes(before));
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
        world.zone("{'rules':[{'name':'both','drop':true,'matchers':["
                + "{'type':'literal','field':'to','value':'spam@example.com'},"
                + "{'type':'literal','field':'to','value':'ham@example.com'}]}]}");
        List<RoutingRule> before = world.zone().rules();
        MailDomain domain = world.domain("example", "{'conflictPolicy':'Adopt'," + SPAM.substring(1));
        world.nothingFlaps();
        assertThat(rule(domain).state()).isEqualTo(RuleState.NotExpressible);
        assertThat(world.zone().rules()).isEqualTo(before);
    }

    @Test
    void aRuleThatOthersKeepChangingIsContestedEvenWhileTheDomainIsNotReadyForAnotherReason() {
        MailDomain domain = world.domain(
                "example",
                "{'rules':["
                        + "{'address':'spam@example.com','action':{'drop':true}},"
                        + "{'address':'gone@example.com','action':{'worker':'not-there'}}]}");
        world.settle();
        assertThat(world.ready(domain)).isEqualTo("False WorkerMissing");
        for (int i = 0; i < 3; i++) {
            somebodyTurnsItOff();
            world.settle();
            assertThat(world.zone().rules().get(0).enabled()).isTrue();
        }
        somebodyTurnsItOff();
        world.settle();
        assertThat(world.zone().rules().get(0).enabled()).isFalse();
        assertThat(rule(domain).state()).isEqualTo(RuleState.Contested);
    }

    @Test
    void soIsOneThatOthersKeepDeleting() {
        MailDomain domain = world.domain("example", SPAM);
        world.settle();
        for (int i = 0; i < 3; i++) {
            world.zone("{'rules':[]}");
            world.settle();
            assertThat(world.addresses()).containsExactly("spam@example.com");
        }
        world.zone("{'rules':[]}");
        world.nothingFlaps();
        assertThat(world.addresses()).isEmpty();
        assertThat(rule(domain).state()).isEqualTo(RuleState.Contested);
        assertThat(world.ready(domain)).isEqualTo("False Contested");
    }

    @Test
    void aNewSpecEndsAQuarrel() {
        MailDomain domain = world.domain("example", SPAM);
        world.settle();
        for (int i = 0; i < 4; i++) {
            somebodyTurnsItOff();
            world.settle();
        }
        assertThat(rule(domain).state()).isEqualTo(RuleState.Contested);

        world.domain("example", "{'rules':[{'address':'spam@example.com','action':{'worker':'mailbox'}}]}");
        world.nothingFlaps();
        assertThat(world.ready(domain)).isEqualTo("True Ready");
        assertThat(world.zone().rules().get(0).enabled()).isTrue();
    }

    private void somebodyTurnsItOff() {
        world.controls()
                .changed(
                        World.DOMAIN,
                        zone -> zone.withRules(zone.rules().stream()
                                .map(rule -> rule.withEnabled(false))
                                .toList()));
    }

    // ---- two CatchAllRules

    @Test
    void aRuleConflictOfTheDomainDoesNotKeepItsCatchAllFromBeingGivenBack() {
        world.zone("{'rules':[{'name':'by hand','address':'spam@example.com','worker':'mailbox'}],"
                + "'catch_all':{'name':'archive','forward_to':'team@corp.example'}}");
        MailDomain domain = world.domain("example", SPAM);
        CatchAllRule rule = world.catchAll("one", "{'action':{'drop':true}}");
        world.settle();
        assertThat(world.ready(domain)).isEqualTo("False Conflict");
        assertThat(world.ready(rule)).isEqualTo("True Applied");

        world.delete(rule);
        world.settle();

        assertThat(world.isGone(rule)).isTrue();
        assertThat(world.zone().catchAll().name()).isEqualTo("archive");
    }

    @Test
    void ofTwoCatchAllRulesTheOldestCountsAndTheOtherInherits() {
        world.zone("{'catch_all':{'name':'archive','forward_to':'team@corp.example'}}");
        world.domain("example", "{}");
        CatchAllRule first = world.catchAll("first", "{'action':{'drop':true}}");
        CatchAllRule second = world.catchAll("second", "{'action':{'worker':'mailbox'}}");
        world.nothingFlaps();
        assertThat(world.ready(first)).isEqualTo("True Applied");
        assertThat(world.ready(second)).isEqualTo("False Conflict");

        world.delete(first);
        world.controls().clearCalls();
        world.settle();
        assertThat(world.writes()).hasSize(1);
        world.nothingFlaps();
        assertThat(world.ready(second)).isEqualTo("True Applied");

        world.delete(second);
        world.settle();
        assertThat(world.zone().catchAll().name()).isEqualTo("archive");
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
        world.zone("{'catch_all':" + theirs + "}");
        RoutingRule before = world.zone().catchAll();
        world.domain("example", "{}");
        CatchAllRule rule = world.catchAll("one", "{'action':{'drop':true}}");
        world.nothingFlaps();
        assertThat(world.ready(rule)).isEqualTo("False HeldElsewhere");
        world.delete(rule);
        world.settle();
        assertThat(world.isGone(rule)).isTrue();
        assertThat(world.zone().catchAll()).isEqualTo(before);
    }

    @Test
    void aCatchAllThatWranglerTookSinceIsLeftToIt() {
        world.domain("example", "{}");
        CatchAllRule rule = world.catchAll("one", "{'action':{'drop':true}}");
        world.settle();
        world.zone("{'catch_all':{'name':'w','source':'wrangler','worker':'mailbox'}}");
        RoutingRule before = world.zone().catchAll();
        world.nothingFlaps();
        assertThat(world.ready(rule)).isEqualTo("False HeldElsewhere");
        world.delete(rule);
        world.settle();
        assertThat(world.isGone(rule)).isTrue();
        assertThat(world.zone().catchAll()).isEqualTo(before);
    }
}
