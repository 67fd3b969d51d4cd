package io.maildomain.operator.edges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That what is healthy was not compared with Cloudflare for long is said by its account, and by nothing else. */
class LateChecksTest {

    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Duration STEP = Duration.ofMinutes(1);

    private ScenarioDsl scenario;
    private List<MailDomain> domains;

    @BeforeEach
    void threeHealthyDomains() {
        start(Options.usual().withSweeps(), 3);
    }

    private void start(Options options, int howMany) {
        scenario = new ScenarioDsl(options).usual();
        domains = IntStream.range(0, howMany)
                .mapToObj(number -> {
                    String domain = "d" + number + ".example";
                    scenario.zone(domain, "{'status':'active','routing':true}");
                    return scenario.domain("mail", "d" + number, "{'domain':'" + domain + "','rules':[]}");
                })
                .toList();
        scenario.settle();
        scenario.reconcileAccount("default");
        goesBy(INTERVAL.plus(STEP));
        scenario.controls().clearCalls();
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    /** What the operator would do meanwhile: sweeps, checks of the domains, and accounts that were woken. */
    private void goesBy(Duration time) {
        for (Instant end = now().plus(time); now().isBefore(end); ) {
            scenario.later(STEP);
            scenario.env().sweep();
            domains.forEach(scenario::reconcile);
            if (!scenario.env().wokenAccounts().isEmpty()) {
                scenario.reconcileAccount("default");
            }
        }
    }

    private Instant now() {
        return scenario.env().clock().instant();
    }

    private CloudflareAccountStatus account() {
        return scenario.account("default").getStatus();
    }

    private String checks() {
        return account()
                .condition("ChecksCurrent")
                .map(condition -> condition.status() + " " + condition.reason())
                .orElse("");
    }

    private int cloudflareIsGone() {
        return scenario.controls()
                .addFault(FaultPlan.next("GET", ".*", Fault.status(503)).always());
    }

    private int accountWrites() {
        return scenario.env().accounts().statuses().size();
    }

    @Test
    void whileAllIsWellTheAccountSaysSoOnceAnHour() {
        assertThat(checks()).isEqualTo("True ChecksCurrent");
        assertThat(account().checkInterval()).isEqualTo("10m0s");
        List<String> before = scenario.versions();
        int written = accountWrites();
        Instant told = account().lastChecked();

        goesBy(Duration.ofHours(2));

        assertThat(scenario.versions()).as("statuses of domains").isEqualTo(before);
        assertThat(accountWrites() - written).isBetween(1, 2);
        assertThat(account().lastChecked()).isAfter(told.plus(Duration.ofMinutes(55)));
    }

    @Test
    void thatCloudflareIsGoneForAnHourIsSaidWithinTwoIntervalsAndNothingElseIs() {
        List<String> before = scenario.versions();
        int fault = cloudflareIsGone();

        goesBy(INTERVAL.plus(STEP));
        assertThat(checks()).as("one interval later").isEqualTo("True ChecksCurrent");
        goesBy(INTERVAL.plus(STEP));
        assertThat(checks()).as("two intervals later").isEqualTo("False ChecksOverdue");
        Instant last = account().lastChecked();
        assertThat(last).isBefore(now().minus(INTERVAL.multipliedBy(2)));
        assertThat(account().condition("ChecksCurrent").map(Condition::message).orElse(""))
                .contains("3 of 3 healthy resources", "last at " + last, "10m0s", "HTTP 503");

        int written = accountWrites();
        goesBy(Duration.ofMinutes(40));
        assertThat(checks()).as("an hour later").isEqualTo("False ChecksOverdue");
        assertThat(account().lastChecked()).isEqualTo(last);
        assertThat(accountWrites()).as("statuses that say the same").isEqualTo(written);
        assertThat(scenario.versions()).as("statuses of domains").isEqualTo(before);
        assertThat(scenario.env().sweeps().states())
                .extracting(Sweeps.State::age)
                .allMatch(age -> age.toMinutes() >= 59);
        assertThat(scenario.env().sweeps().ages().values()).singleElement().satisfies(age -> assertThat(
                        List.of(age.late(), age.resources()))
                .containsExactly(3, 3));

        scenario.controls().removeFault(fault);
        goesBy(INTERVAL);
        assertThat(checks()).as("Cloudflare is back").isEqualTo("True ChecksCurrent");
        assertThat(account().lastChecked()).isAfter(last);
        assertThat(scenario.versions()).isEqualTo(before);
    }

    private long looks() {
        return scenario.controls().calls().stream()
                .filter(call -> call.path().contains("/zones/"))
                .count();
    }

    @Test
    void whileCloudflareIsGoneOneDomainTriesAnIntervalAndOnceItIsBackOneSweepServesAll() {
        scenario.close();
        start(Options.usual().withSweeps(), 12);
        int fault = cloudflareIsGone();

        goesBy(Duration.ofHours(2));

        assertThat(looks()).as("looks of single domains").isPositive().isLessThan(15);
        scenario.controls().removeFault(fault);
        scenario.controls().clearCalls();
        goesBy(INTERVAL.plus(STEP));
        assertThat(checks()).isEqualTo("True ChecksCurrent");
        assertThat(looks()).as("looks of single domains").isLessThanOrEqualTo(3);
    }

    @Test
    void whereOnlyTheListsAreGoneEachDomainLooksForItself() {
        scenario.close();
        start(Options.usual().withSweeps(), 3);
        scenario.controls()
                .addFault(FaultPlan.next("GET", "/client/v4/accounts/.*", Fault.status(503))
                        .always());

        goesBy(Duration.ofHours(1));

        assertThat(checks()).isEqualTo("True ChecksCurrent");
        assertThat(scenario.controls().calls().stream()
                        .filter(call -> call.path().contains("/zones/"))
                        .map(call -> call.path().replaceAll(".*/zones/(\\w+).*", "$1"))
                        .distinct())
                .hasSize(3);
    }

    @Test
    void itIsSaidOfADomainThatIsTheOnlyOneOfItsAccountAsWell() {
        scenario.close();
        start(Options.usual().withSweeps(), 1);
        assertThat(checks()).isEqualTo("True ChecksCurrent");
        cloudflareIsGone();

        goesBy(INTERVAL.multipliedBy(2).plus(STEP));

        assertThat(checks()).isEqualTo("False ChecksOverdue");
        assertThat(account().condition("ChecksCurrent").map(Condition::message).orElse(""))
                .contains("1 of 1", "CloudflareUnavailable");
    }

    @Test
    void thatOthersUseUpTheBudgetIsSaidThoughTheAccountWaitsForItsTurnItself() {
        Fault tooMany = Fault.status(
                429,
                ScenarioDsl.read("{'success':false,'errors':[{'code':971,'message':'wait'}]}", JsonNode.class),
                Map.of("retry-after", "3600"));
        scenario.controls().addFault(FaultPlan.next("GET", ".*", tooMany).always());

        goesBy(INTERVAL.multipliedBy(2).plus(STEP.multipliedBy(2)));

        assertThat(checks()).isEqualTo("False ChecksOverdue");
        assertThat(domains)
                .allSatisfy(domain -> assertThat(scenario.ready(domain)).isEqualTo("True Ready"));
    }

    @Test
    void aRestartWhileCloudflareIsGoneChangesNothing() {
        cloudflareIsGone();
        goesBy(INTERVAL.multipliedBy(2).plus(STEP));
        Instant last = account().lastChecked();
        Condition said = account().condition("ChecksCurrent").orElseThrow();

        scenario.restarts();
        scenario.reconcileAccount("default");
        assertThat(account().condition("ChecksCurrent")).as("at once").contains(said);
        goesBy(INTERVAL.multipliedBy(4));
        scenario.reconcileAccount("default");

        assertThat(account().condition("ChecksCurrent")).contains(said);
        assertThat(account().lastChecked()).isEqualTo(last);
    }

    @Test
    void aHealthyRestartWritesNothing() {
        int written = accountWrites();

        scenario.restarts();
        scenario.reconcileAccount("default");
        goesBy(INTERVAL);

        assertThat(accountWrites()).isEqualTo(written);
    }

    @Test
    void aDomainThatSaysItselfThatItIsNotWellIsNotLate() {
        scenario.controls().revokeToken("runtime");

        goesBy(INTERVAL.multipliedBy(4));

        assertThat(domains)
                .allSatisfy(domain -> assertThat(scenario.ready(domain)).startsWith("False Token"));
        assertThat(checks()).doesNotStartWith("False");
    }
}
