package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.state.RoutingRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Healthy domains of one account are compared with Cloudflare by sweeps; whatever differs is looked at by itself. */
class SweptChecksTest {

    private static final int DOMAINS = 5;
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private ScenarioDsl scenario;
    private List<MailDomain> domains;

    @BeforeEach
    void fiveHealthyDomains() {
        scenario = new ScenarioDsl(Options.usual().withSweeps()).usual();
        domains = IntStream.range(0, DOMAINS).mapToObj(this::applied).toList();
        scenario.settle();
        aSweepIsDue();
        scenario.env().sweep();
        domains.forEach(scenario::reconcile);
        scenario.controls().clearCalls();
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private MailDomain applied(int number) {
        String domain = "d" + number + ".example";
        scenario.zone(domain, "{'status':'active','routing':true}");
        return scenario.domain("mail", "d" + number, spec(domain, "hello"));
    }

    private static String spec(String domain, String user) {
        return "{'domain':'" + domain + "','rules':[{'address':'" + user + "@" + domain + "','action':{'drop':true}}]}";
    }

    private void aSweepIsDue() {
        scenario.later(INTERVAL.plusSeconds(1));
    }

    /** Sweeps, and reconciles whom that woke. */
    private void sweepAndCheck() {
        aSweepIsDue();
        scenario.env().sweep();
        domains.forEach(scenario::reconcile);
    }

    private List<String> calls() {
        return scenario.controls().calls().stream().map(SeenCall::key).toList();
    }

    private List<RoutingRule> rulesOf(int domain) {
        return scenario.controls().zone("d" + domain + ".example").orElseThrow().rules();
    }

    private boolean isCatchAllOn(int domain) {
        return scenario.controls()
                .zone("d" + domain + ".example")
                .orElseThrow()
                .catchAll()
                .enabled();
    }

    private void loseTheRules(int domain) {
        scenario.controls().changed("d" + domain + ".example", zone -> zone.withRules(List.of()));
    }

    @Test
    void whereNothingHasChangedThreeListsAreAllThatIsRead() {
        List<String> before = scenario.versions();
        aSweepIsDue();
        assertThat(scenario.env().sweep()).as("who is woken").isEmpty();
        domains.forEach(scenario::reconcile);

        assertThat(calls())
                .containsExactly(
                        "GET /zones",
                        "GET /accounts/{account_id}/email/routing/zones",
                        "GET /accounts/{account_id}/email/routing/rules");
        assertThat(scenario.versions()).isEqualTo(before);
    }

    private List<String> woken() {
        aSweepIsDue();
        return scenario.env().sweep().stream()
                .map(resource -> resource.getMetadata().getName())
                .toList();
    }

    @Test
    void onlyThatOneIsWokenOfWhichTheSweepToldSomethingElse() {
        loseTheRules(3);
        assertThat(woken()).containsExactly("d3");
        scenario.reconcile(domains.get(3));
        assertThat(rulesOf(3)).hasSize(1);

        assertThat(woken()).as("it was mended: a sweep has to see that").containsExactly("d3");
        domains.forEach(scenario::reconcile);
        assertThat(woken()).isEmpty();
    }

    @Test
    void aStatusThatAnotherUserChangedIsPutRightAfterTheNextSweep() {
        MailDomain live = scenario.env().domains().live(domains.get(1)).orElseThrow();
        live.setStatus(live.getStatus()
                .withConditions(
                        1L,
                        live.getStatus().conditions().stream()
                                .filter(condition -> !condition.type().equals("RulesSynced"))
                                .toList()));
        scenario.env().domains().put(live);

        assertThat(woken()).containsExactly("d1");
        scenario.reconcile(domains.get(1));
        assertThat(scenario.condition(domains.get(1), "RulesSynced").status()).isEqualTo("True");
    }

    @Test
    void anEditLongAfterTheLastLookCostsAReadAndAWrite() {
        for (int i = 0; i < 5; i++) {
            sweepAndCheck();
        }
        scenario.later(Duration.ofMinutes(5));
        scenario.controls().clearCalls();
        scenario.domain(
                "mail",
                "d1",
                spec("d1.example", "hello").replace("]}", ",{'address':'more@d1.example','action':{'drop':true}}]}"));
        scenario.reconcile(domains.get(1));

        assertThat(calls())
                .containsExactly(
                        "GET /zones/{zone_id}/email/routing/rules", "POST /zones/{zone_id}/email/routing/rules");
        assertThat(scenario.ready(domains.get(1))).isEqualTo("True Ready");
    }

    @Test
    void anEditRightAfterARestartAndASweepCostsNoMore() {
        scenario.restarts();
        domains.forEach(scenario::reconcile);
        scenario.later(Duration.ofSeconds(2));
        scenario.env().sweep();
        domains.forEach(scenario::reconcile);
        scenario.controls().clearCalls();
        scenario.domain("mail", "d2", spec("d2.example", "other"));
        scenario.reconcile(domains.get(2));

        assertThat(calls())
                .startsWith("GET /zones/{zone_id}/email/routing/rules")
                .doesNotContain("GET /zones/{zone_id}");
        assertThat(rulesOf(2)).hasSize(1);
    }

    @Test
    void whatASweepToldLongAgoCountsForNoEdit() {
        sweepAndCheck();
        scenario.later(INTERVAL.multipliedBy(2));
        scenario.controls().clearCalls();
        scenario.domain("mail", "d1", spec("d1.example", "other"));
        scenario.reconcile(domains.get(1));

        assertThat(calls()).contains("GET /zones/{zone_id}/email/routing");
    }

    @Test
    void rulesOfSeveralPagesAreWorthAListOfSeveralPages() {
        scenario.close();
        scenario = new ScenarioDsl(Options.usual().withSweeps()).usual();
        domains = IntStream.range(0, 2)
                .mapToObj(number -> {
                    String domain = "d" + number + ".example";
                    scenario.zone(domain, "{'status':'active','routing':true}");
                    String rules = IntStream.range(0, 110)
                            .mapToObj(i -> "{'address':'u" + i + "@" + domain + "','action':{'drop':true}}")
                            .collect(Collectors.joining(","));
                    return scenario.domain("mail", "d" + number, "{'domain':'" + domain + "','rules':[" + rules + "]}");
                })
                .toList();
        scenario.settle();
        sweepAndCheck();

        for (int round = 0; round < 2; round++) {
            assertThat(callsOfARound()).as("two lists of one page, one of five").isEqualTo(7);
        }
    }

    @Test
    void anAccountThatOnlyForgedStatusesNameIsNotSwept() {
        CloudflareAccount account = scenario.account("default");
        CloudflareAccountSpec before = account.getSpec();
        account.setSpec(new CloudflareAccountSpec(before.secretRef(), null, null, before.access()));
        scenario.env().cluster().with(account);
        domains.forEach(domain -> scenario.ownership(
                domain,
                noted -> noted.withZone(new ZoneOwnership(
                        noted.zone().id(),
                        "f".repeat(32),
                        noted.zone().origin(),
                        noted.zone().requestedAt(),
                        null))));
        scenario.controls().clearCalls();

        IntStream.range(0, 6).forEach(round -> sweepAndCheck());

        assertThat(scenario.controls().calls())
                .extracting(SeenCall::path)
                .as("calls to the account that only the statuses name")
                .noneMatch(path -> path.contains("f".repeat(32)));
    }

    @Test
    void whatDiffersIsLookedAtByItselfBeforeItIsMended() {
        loseTheRules(3);
        sweepAndCheck();

        assertThat(rulesOf(3)).hasSize(1);
        assertThat(calls().subList(0, 3)).allMatch(call -> call.startsWith("GET"));
        assertThat(calls()).contains("GET /zones/{zone_id}/email/routing/rules");
        assertThat(scenario.writes()).containsExactly("POST /zones/{zone_id}/email/routing/rules");
    }

    @Test
    void afterARestartTheFirstSweepServesAll() {
        scenario.restarts();
        List<String> before = scenario.versions();
        domains.forEach(scenario::reconcile);
        assertThat(calls()).isEmpty();

        scenario.later(Duration.ofSeconds(2));
        assertThat(scenario.env().sweep()).hasSize(DOMAINS);
        domains.forEach(scenario::reconcile);

        assertThat(calls()).hasSize(3);
        assertThat(scenario.versions()).isEqualTo(before);
    }

    @Test
    void aSecretThatIsNotReadYetAtTheStartCostsNoLook() {
        scenario.restarts();
        SecretState tokens = scenario.env().secrets().get(new SecretKey("mail-system", "tokens"));
        scenario.env()
                .secrets()
                .knowing(
                        "mail-system", "tokens", new SecretState.Unknown(SecretState.Cause.NOT_SYNCED, "not read yet"));
        domains.forEach(scenario::reconcile);
        scenario.env().secrets().knowing("mail-system", "tokens", tokens);
        domains.forEach(scenario::reconcile);
        assertThat(calls()).isEmpty();

        scenario.later(Duration.ofSeconds(2));
        scenario.env().sweep();
        domains.forEach(scenario::reconcile);
        assertThat(calls()).hasSize(3);
    }

    @Test
    void aDomainThatWasChangedDoesNotWaitForASweep() {
        scenario.restarts();
        MailDomain changed = scenario.domain("mail", "d1", spec("d1.example", "other"));
        domains.forEach(scenario::reconcile);

        assertThat(rulesOf(1).get(0).matchers().get(0).value()).isEqualTo("other@d1.example");
        assertThat(scenario.ready(changed)).isEqualTo("True Ready");
    }

    @Test
    void aLookThatAUserAskedForIsMadeAtOnce() {
        scenario.annotate(domains.get(2), Conditioned.RECONCILE_REQUESTED, "now");
        loseTheRules(2);
        scenario.reconcile(domains.get(2));

        assertThat(rulesOf(2)).hasSize(1);
    }

    @Test
    void aSweepThatBeganBeforeTheLastChangeProvesNothing() {
        scenario.domain("mail", "d1", spec("d1.example", "other"));
        scenario.reconcile(domains.get(1));
        scenario.controls().clearCalls();

        scenario.reconcile(domains.get(1));

        assertThat(calls()).isEmpty();
        assertThat(rulesOf(1).get(0).matchers().get(0).value()).isEqualTo("other@d1.example");
    }

    @Test
    void accessThatIsTakenAwayIsSaidWithoutWaitingForASweep() {
        scenario.restarts();
        scenario.account(
                "default",
                "tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['d0.example'],'createZones':true}]");
        domains.forEach(scenario::reconcile);

        assertThat(scenario.ready(domains.get(4))).isEqualTo("False AccessDenied");
        assertThat(scenario.ready(domains.get(0))).isEqualTo("True Ready");
        assertThat(calls()).isEmpty();
    }

    @Test
    void aZoneThatAUserNamesIsLookedForAtOnce() {
        scenario.restarts();
        scenario.annotate(domains.get(2), "maildomain.io/rebind-zone", "0".repeat(32));
        domains.forEach(scenario::reconcile);
        scenario.reconcile(domains.get(2));

        assertThat(scenario.ready(domains.get(2))).isEqualTo("False ZoneNotVisible");
    }

    @Test
    void aNewTokenIsTriedAtOnce() {
        scenario.token("tokens", "another", ScenarioDsl.runtimeRights());
        loseTheRules(4);
        scenario.reconcile(domains.get(4));

        assertThat(rulesOf(4)).hasSize(1);
    }

    @Test
    void aTokenThatIsRefusedIsSaidByEachDomain() {
        scenario.controls().revokeToken("runtime");
        sweepAndCheck();
        scenario.later(Duration.ofSeconds(10));
        scenario.env().sweep();
        domains.forEach(scenario::reconcile);
        domains.forEach(scenario::reconcile);

        assertThat(domains)
                .allSatisfy(domain -> assertThat(scenario.ready(domain)).startsWith("False Token"));
    }

    @Test
    void aListThatTheTokenMayNotReadIsReplacedByACallForEachDomain() {
        scenario.controls().quirk(Quirk.ACCOUNT_RULES_LIST, "refused");
        sweepAndCheck();
        scenario.later(Duration.ofSeconds(5));
        scenario.env().sweep();
        scenario.controls().clearCalls();
        sweepAndCheck();

        assertThat(calls())
                .hasSize(2 + DOMAINS)
                .filteredOn(call -> call.endsWith("{zone_id}/email/routing/rules"))
                .hasSize(DOMAINS);
        loseTheRules(0);
        sweepAndCheck();
        assertThat(rulesOf(0)).hasSize(1);
    }

    @Test
    void anAccountThatHoldsFarMoreThanOursIsNotListed() {
        IntStream.range(0, 60 * DOMAINS).forEach(i -> scenario.zone("other%03d.example".formatted(i), "{}"));
        sweepAndCheck();
        scenario.controls().clearCalls();
        sweepAndCheck();

        assertThat(calls()).doesNotContain("GET /zones").contains("GET /zones/{zone_id}");
    }

    @Test
    void whatOneListLeavesOutIsLookedAtByItself() {
        scenario.controls().removeZone("d2.example");
        sweepAndCheck();

        // It was well a moment ago, and lists can be late: the next sweep decides.
        sweepAndCheck();
        domains.forEach(scenario::reconcile);
        assertThat(scenario.ready(domains.get(2))).startsWith("False");
        assertThat(scenario.ready(domains.get(1))).isEqualTo("True Ready");
    }

    @Test
    void whileCloudflareFailsNothingIsSaidAndNothingIsLost() {
        List<String> before = scenario.versions();
        int fault = scenario.controls()
                .addFault(FaultPlan.next("GET", ".*", Fault.status(503)).always());
        sweepAndCheck();
        for (int i = 0; i < 5; i++) {
            scenario.later(Duration.ofSeconds(30));
            scenario.env().sweep();
            domains.forEach(scenario::reconcile);
        }
        assertThat(scenario.versions()).isEqualTo(before);
        assertThat(calls().size()).as("calls while it fails").isLessThan(30);

        scenario.controls().removeFault(fault);
        loseTheRules(1);
        sweepAndCheck();
        assertThat(rulesOf(1)).hasSize(1);
    }

    @Test
    void aDomainThatNoSweepSeesForLongLooksForItself() {
        loseTheRules(1);
        scenario.later(INTERVAL.multipliedBy(4));
        scenario.reconcile(domains.get(1));

        assertThat(rulesOf(1)).hasSize(1);
    }

    @Test
    void theRecordsOfSubdomainsAreReadMoreSeldom() {
        MailDomain with = scenario.domain("mail", "d0", "{'domain':'d0.example','subdomains':['in'],'rules':[]}");
        scenario.settle();
        sweepAndCheck();
        scenario.controls().clearCalls();
        sweepAndCheck();
        assertThat(calls()).doesNotContain("GET /zones/{zone_id}/email/routing/dns");

        for (int i = 0; i < 7; i++) {
            sweepAndCheck();
        }
        assertThat(calls()).containsOnlyOnce("GET /zones/{zone_id}/email/routing/dns");
        assertThat(scenario.ready(with)).isEqualTo("True Ready");
    }

    @Test
    void catchAllsAreSeenByTheSameSweep() {
        CatchAllRule rule = scenario.catchAll("mail", "rest", "d1", "{'action':{'drop':true}}");
        scenario.settle();
        sweepAndCheck();
        scenario.reconcile(rule);
        scenario.controls().clearCalls();

        sweepAndCheck();
        scenario.reconcile(rule);
        assertThat(calls()).hasSize(3);

        scenario.controls().quirk(Quirk.ACCOUNT_RULES_CATCH_ALL, "left-out");
        sweepAndCheck();
        scenario.reconcile(rule);
        assertThat(calls()).hasSize(7).endsWith("GET /zones/{zone_id}/email/routing/rules/catch_all");
    }

    @Test
    void aDomainThatIsDeletedIsSweptNoMore() {
        scenario.delete(domains.get(0));
        scenario.settle();
        IntStream.range(1, DOMAINS).forEach(this::loseTheRules);
        aSweepIsDue();

        assertThat(scenario.env().sweep())
                .extracting(resource -> resource.getMetadata().getName())
                .containsExactlyInAnyOrder("d1", "d2", "d3", "d4");
    }

    private int callsOfARound() {
        scenario.controls().clearCalls();
        sweepAndCheck();
        return calls().size();
    }

    private static Fault refused() {
        return Fault.status(
                403,
                ScenarioDsl.read(
                        "{'success':false,'errors':[{'code':10000,'message':'Authentication error'}],'messages':[]}",
                        JsonNode.class),
                Map.of());
    }

    @Test
    void onesThatWereOnceAskedToLookAreSweptAgain() {
        domains.forEach(each -> scenario.annotate(each, Conditioned.RECONCILE_REQUESTED, "once"));
        domains.forEach(scenario::reconcile);
        sweepAndCheck();

        assertThat(callsOfARound()).isEqualTo(3);
    }

    @Test
    void listsThatAreAnsweredButWrongAreGivenUp() {
        String nothing = "{'success':true,'errors':[],'messages':[],'result':[],"
                + "'result_info':{'page':1,'per_page':50,'count':0,'total_count':0,'total_pages':0}}";
        scenario.controls()
                .addFault(FaultPlan.next(
                                "GET",
                                "/accounts/[0-9a-f]+/email/routing/rules",
                                Fault.status(200, ScenarioDsl.read(nothing, JsonNode.class), Map.of()))
                        .always());
        sweepAndCheck();
        sweepAndCheck();
        sweepAndCheck();

        int calls = IntStream.range(0, 5).map(round -> callsOfARound()).sum();
        assertThat(calls).as("calls of five rounds").isLessThanOrEqualTo(5 * 3 * DOMAINS);
        assertThat(domains)
                .allSatisfy(domain -> assertThat(scenario.ready(domain)).isEqualTo("True Ready"));
    }

    @Test
    void aRefusalOfWhatNoListTellsIsNoFirstOneOfTwo() {
        scenario.controls().quirk(Quirk.ACCOUNT_RULES_LIST, "refused");
        sweepAndCheck();
        scenario.later(Duration.ofSeconds(5));
        scenario.env().sweep();
        sweepAndCheck();
        aSweepIsDue();
        scenario.env().sweep();
        scenario.controls()
                .addFault(FaultPlan.next("GET", "/zones/[0-9a-f]{32}/email/routing/rules", refused())
                        .withTimes(2));
        scenario.reconcile(domains.get(1));

        assertThat(scenario.ready(domains.get(1))).isEqualTo("True Ready");
    }

    @Test
    void aDomainThatIsTheOnlyOneIsNotLookedAtTwice() {
        scenario.close();
        scenario = new ScenarioDsl(Options.usual().withSweeps()).usual();
        MailDomain only = applied(0);
        scenario.reconcile(only);
        assertThat(scenario.ready(only)).isEqualTo("True Ready");
        scenario.controls().clearCalls();
        scenario.later(Duration.ofSeconds(2));
        scenario.env().sweep().forEach(woken -> scenario.reconcile(only));

        assertThat(calls()).isEmpty();
    }

    @Test
    void whatWasPutOffUntilASweepIsLookedAtWhereNoSweepIsWorthIt() {
        scenario.close();
        scenario = new ScenarioDsl(Options.usual().withSweeps()).usual();
        domains = List.of(applied(0));
        scenario.reconcile(domains.get(0));
        loseTheRules(0);
        scenario.reconcile(domains.get(0));
        assertThat(rulesOf(0)).as("it waits for more to come").isEmpty();

        scenario.later(Duration.ofSeconds(2));
        scenario.env().sweep().forEach(woken -> scenario.reconcile(domains.get(0)));

        assertThat(rulesOf(0)).hasSize(1);
    }

    @Test
    void whatWaitsForASweepIsSeenSoonOnceThereAreEnoughDomains() {
        CatchAllRule rule = scenario.catchAll("mail", "rest", "d1", "{'action':{'drop':true}}");
        scenario.settle();
        scenario.restarts();
        scenario.controls().changed("d1.example", zone -> zone.withCatchAll(null));
        scenario.reconcile(rule);
        scenario.later(Duration.ofSeconds(2));
        scenario.env().sweep();
        assertThat(isCatchAllOn(1)).as("its turn has not come yet").isFalse();

        domains.forEach(each -> scenario.annotate(each, Conditioned.RECONCILE_REQUESTED, "now"));
        domains.forEach(scenario::reconcile);
        scenario.reconcile(rule);
        scenario.later(Duration.ofSeconds(2));
        assertThat(scenario.env().sweep())
                .extracting(resource -> resource.getMetadata().getName())
                .contains("rest");
        scenario.reconcile(rule);
        assertThat(isCatchAllOn(1)).isTrue();
    }

    @Test
    void aCatchAllWhoseMailDomainGoesIsGivenBackWithoutWaitingForASweep() {
        CatchAllRule rule = scenario.catchAll("mail", "rest", "d1", "{'action':{'drop':true}}");
        scenario.settle();
        scenario.delete(domains.get(1));
        scenario.reconcile(domains.get(1));
        assertThat(scenario.ready(domains.get(1))).isEqualTo("False CatchAllInUse");

        scenario.reconcile(rule);
        scenario.reconcile(domains.get(1));

        assertThat(scenario.env().domains().live(domains.get(1))).isEmpty();
    }

    @Test
    void whileOneListFailsTheOthersAreReadAndDriftIsMended() {
        scenario.controls()
                .addFault(FaultPlan.next("GET", "/accounts/[0-9a-f]+/email/routing/rules", Fault.status(500))
                        .always());
        aSweepIsDue();
        for (int i = 0; i < 6; i++) {
            scenario.env().sweep();
            scenario.later(Duration.ofSeconds(10));
        }
        loseTheRules(1);
        domains.forEach(scenario::reconcile);

        assertThat(rulesOf(1)).hasSize(1);
        assertThat(calls()).contains("GET /zones/{zone_id}/email/routing/rules");
    }

    @Test
    void whatASweepBeganLongAgoIsBegunAnew() {
        int fault = scenario.controls()
                .addFault(FaultPlan.next("GET", "/accounts/[0-9a-f]+/email/routing/rules", Fault.status(500))
                        .always());
        aSweepIsDue();
        scenario.env().sweep();
        scenario.controls().removeFault(fault);
        loseTheRules(1);
        scenario.controls().clearCalls();
        scenario.later(INTERVAL.multipliedBy(2));
        scenario.env().sweep();

        assertThat(calls()).startsWith("GET /zones");
    }
}
