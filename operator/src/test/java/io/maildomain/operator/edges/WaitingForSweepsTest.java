package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import io.maildomain.simulator.state.RoutingRule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A resource that rests until the next sweep is looked at in time where that comes late, tells nothing of it, or never comes. */
class WaitingForSweepsTest {

    private static final int DOMAINS = 5;
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Duration GATHERED = Duration.ofSeconds(2);

    private ScenarioDsl scenario;
    private List<MailDomain> domains;

    @BeforeEach
    void fiveHealthyDomainsThatASweepHasSeen() {
        scenario = new ScenarioDsl(Options.usual().withSweeps()).usual();
        domains = IntStream.range(0, DOMAINS).mapToObj(this::applied).toList();
        scenario.settle();
        sweepAndCheck();
        scenario.controls().clearCalls();
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private MailDomain applied(int number) {
        String domain = "d" + number + ".example";
        scenario.zone(domain, "{'status':'active','routing':true}");
        return scenario.domain(
                "mail",
                "d" + number,
                "{'domain':'" + domain + "','rules':[{'address':'hello@" + domain + "','action':{'drop':true}}]}");
    }

    private void sweepAndCheck() {
        scenario.later(INTERVAL.plusSeconds(1));
        scenario.env().sweep();
        domains.forEach(scenario::reconcile);
    }

    /** Who is woken within this time. */
    private List<String> wokenWithin(Duration time) {
        scenario.later(time);
        return scenario.env().sweep().stream()
                .map(resource -> resource.getMetadata().getName())
                .toList();
    }

    /** Reconciles a healthy domain. @return how long it rests then */
    private Duration restOf(MailDomain domain) {
        MailDomain live = scenario.env().domains().live(domain).orElseThrow();
        return scenario.env()
                .domainController()
                .reconcile(live, null)
                .getScheduleDelay()
                .map(Duration::ofMillis)
                .orElseThrow();
    }

    private List<RoutingRule> rulesOf(int domain) {
        return scenario.controls().zone("d" + domain + ".example").orElseThrow().rules();
    }

    private void loseTheRules(int domain) {
        scenario.controls().changed("d" + domain + ".example", zone -> zone.withRules(List.of()));
    }

    private boolean isCatchAllOn(int domain) {
        return scenario.controls()
                .zone("d" + domain + ".example")
                .orElseThrow()
                .catchAll()
                .enabled();
    }

    private void failsOnce(String path) {
        scenario.controls().addFault(FaultPlan.next("GET", path, Fault.status(503)));
    }

    private List<String> calls() {
        return scenario.controls().calls().stream().map(SeenCall::key).toList();
    }

    @Test
    void whatASweepSawIsGoneByForThreeIntervalsHoweverOftenItIsAsked() {
        scenario.later(INTERVAL.multipliedBy(3).minusMinutes(1));

        assertThat(restOf(domains.get(1))).isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void theOnlyDomainThatIsLeftDoesNotRestUntilASweep() {
        loseTheRules(1);
        domains.stream().filter(domain -> domain != domains.get(1)).forEach(gone -> {
            scenario.delete(gone);
            scenario.reconcile(gone);
            scenario.reconcile(gone);
            assertThat(scenario.isGone(gone)).isTrue();
        });

        assertThat(wokenWithin(GATHERED)).containsExactly("d1");
        scenario.reconcile(domains.get(1));
        assertThat(rulesOf(1)).hasSize(1);
    }

    @Test
    void whoComesWhileASweepIsUnderWayIsSeenSoonThoughSweepsBecomeRarer() {
        scenario.restarts();
        scenario.env().sweepsEvery(calls -> calls == 0 ? INTERVAL : INTERVAL.multipliedBy(6));
        domains.subList(0, 4).forEach(scenario::reconcile);
        failsOnce("/zones");
        assertThat(wokenWithin(GATHERED)).isEmpty();
        loseTheRules(4);
        scenario.reconcile(domains.get(4));
        assertThat(wokenWithin(Duration.ofSeconds(3)))
                .as("the sweep began before it came")
                .hasSize(4);

        assertThat(wokenWithin(Duration.ofSeconds(16))).contains("d4");
        scenario.reconcile(domains.get(4));
        assertThat(rulesOf(4)).hasSize(1);
    }

    @Test
    void whoComesAfterTheFirstSweepAndWasNeverLookedAtIsSeenSoon() {
        scenario.restarts();
        domains.subList(0, 4).forEach(scenario::reconcile);
        assertThat(wokenWithin(GATHERED)).hasSize(4);
        loseTheRules(4);
        scenario.reconcile(domains.get(4));
        assertThat(rulesOf(4)).as("it waits for a sweep").isEmpty();

        assertThat(wokenWithin(Duration.ofSeconds(16))).contains("d4");
    }

    @Test
    void whoWasNeverLookedAtIsSeenSoonThoughAllOthersHaveLookedForThemselves() {
        scenario.restarts();
        domains.subList(0, 4).forEach(domain -> {
            scenario.annotate(domain, Conditioned.RECONCILE_REQUESTED, "now");
            scenario.reconcile(domain);
        });
        assertThat(wokenWithin(GATHERED)).isEmpty();
        scenario.reconcile(domains.get(4));

        assertThat(wokenWithin(Duration.ofSeconds(16))).contains("d4");
    }

    @Test
    void whoWaitsForASweepOnceListsAreTriedAgainIsSeenAtOnce() {
        IntStream.range(0, 60 * DOMAINS).forEach(i -> scenario.zone("other%03d.example".formatted(i), "{}"));
        sweepAndCheck();
        assertThat(wokenWithin(Duration.ofMinutes(27)))
                .as("each looks for itself, for an hour")
                .isEmpty();
        assertThat(wokenWithin(Duration.ofMinutes(28))).isEmpty();
        scenario.reconcile(domains.get(1));
        loseTheRules(1);
        scenario.later(Duration.ofMinutes(6));
        scenario.reconcile(domains.get(1));
        assertThat(rulesOf(1)).as("lists are worth a try again").isEmpty();

        assertThat(wokenWithin(Duration.ofSeconds(1))).contains("d1");
        scenario.reconcile(domains.get(1));
        assertThat(rulesOf(1)).hasSize(1);
    }

    @Test
    void thatARuleMayNotBeWrittenAnyMoreIsSaidWithoutWaitingForASweep() {
        scenario.domain(
                "mail",
                "d1",
                "{'domain':'d1.example','rules':[{'address':'a@d1.example','action':{'forwardTo':'team@corp.example'}}]}");
        scenario.reconcile(domains.get(1));
        assertThat(scenario.ready(domains.get(1))).isEqualTo("True Ready");
        scenario.account(
                "default",
                "tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true}]");

        scenario.reconcile(domains.get(1));

        assertThat(scenario.condition(domains.get(1), "RulesSynced").status()).isEqualTo("False");
    }

    @Test
    void aCatchAllIsMendedOnceItsMailDomainNoMoreOnlyReportsDrift() {
        scenario.domain("mail", "d1", "{'domain':'d1.example','drift':'Report'}");
        CatchAllRule rule = scenario.catchAll("mail", "rest", "d1", "{'action':{'drop':true}}");
        scenario.settle();
        sweepAndCheck();
        scenario.controls().changed("d1.example", zone -> zone.withCatchAll(null));
        sweepAndCheck();
        scenario.reconcile(rule);
        assertThat(isCatchAllOn(1)).as("drift is only reported").isFalse();

        scenario.domain("mail", "d1", "{'domain':'d1.example','drift':'Correct'}");
        scenario.reconcile(domains.get(1));
        scenario.reconcile(rule);

        assertThat(isCatchAllOn(1)).isTrue();
    }

    @Test
    void whoWasToldToWaitIsWokenByTheNextSweepThoughThatTellsNothingNew() {
        scenario.domain(
                "mail",
                "d1",
                "{'domain':'d1.example','rules':[{'address':'a@d1.example','action':{'forwardTo':'team@corp.example'}}]}");
        scenario.reconcile(domains.get(1));
        sweepAndCheck();
        sweepAndCheck();
        int silence = scenario.controls()
                .addFault(FaultPlan.next("GET", ".*", Fault.status(503)).always());
        IntStream.range(0, 4).forEach(i -> sweepAndCheck());
        scenario.account(
                "default",
                "tokens",
                scenario.env().simulator().accountId(),
                "[{'namespaces':{},'domains':['*'],'createZones':true}]");
        scenario.reconcile(domains.get(1));
        assertThat(scenario.ready(domains.get(1)))
                .as("Cloudflare does not answer, and d0 has tried")
                .isEqualTo("True Ready");
        scenario.controls().removeFault(silence);

        assertThat(wokenWithin(INTERVAL)).contains("d1");
        scenario.reconcile(domains.get(1));
        assertThat(scenario.condition(domains.get(1), "RulesSynced").status()).isEqualTo("False");
    }

    @Test
    void aSweepThatTakesLongForWhatItsAccountHoldsIsGoneOnWith() {
        scenario.restarts();
        scenario.env().sweepsEvery(calls -> calls == 0 ? INTERVAL : INTERVAL.multipliedBy(6));
        domains.forEach(scenario::reconcile);
        failsOnce("/accounts/[0-9a-f]+/email/routing/zones");
        assertThat(wokenWithin(GATHERED)).isEmpty();
        assertThat(calls()).startsWith("GET /zones");
        scenario.controls().clearCalls();

        assertThat(wokenWithin(INTERVAL.plusMinutes(1)))
                .as("its next turn came late")
                .hasSize(DOMAINS);
        assertThat(calls()).doesNotContain("GET /zones");
    }

    @Test
    void whatWasNotForeseenEndsOneSweepAndNotAll() {
        AtomicBoolean broken = new AtomicBoolean(true);
        scenario.env().sweepsEvery(calls -> {
            if (calls > 0 && broken.getAndSet(false)) {
                throw new IllegalStateException("a bug");
            }
            return INTERVAL;
        });
        assertThat(wokenWithin(INTERVAL.plusSeconds(1))).isEmpty();
        loseTheRules(1);

        assertThat(wokenWithin(INTERVAL.plusSeconds(1))).containsExactly("d1");
    }
}
