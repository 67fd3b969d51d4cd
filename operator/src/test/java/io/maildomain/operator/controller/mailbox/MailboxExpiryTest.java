package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.WORKER;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.goingAfter;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many Mailboxes expire in the same moment, or the clock jumps: an expiry was asked for, and costs what its rules cost. */
class MailboxExpiryTest {

    private static final String LIST = "GET /zones/{zone_id}/email/routing/rules";
    private static final String CREATE = "POST /zones/{zone_id}/email/routing/rules";
    private static final String DELETE = "DELETE /zones/{zone_id}/email/routing/rules/{rule_identifier}";
    private static final String EXPIRED = "Expired False Expired";
    private static final String ACTIVE = "Active True Ready";

    private final MailboxScenario scenario = new MailboxScenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    /** @return those of both teams in turns */
    private List<Mailbox> many(int count, String prefix, String ttl) {
        List<Mailbox> many = IntStream.range(0, count)
                .mapToObj(i -> scenario.apply(
                        i % 2 == 0 ? "team-a" : "team-b",
                        prefix + i,
                        spec(prefix + i + "@in.example.com", WORKER, ttl)))
                .toList();
        scenario.runs();
        return many;
    }

    private long count(String call) {
        return scenario.calls().stream().filter(call::equals).count();
    }

    private int statuses() {
        return scenario.scenario().env().mailboxes().statuses().size();
    }

    // Many at once.

    /** That many Mailboxes that are deleted would be held: these were told to end. */
    @Test
    void twoHundredThatExpireAtOnceLoseTheirRulesInOneLookAndAreNotHeld() {
        scenario.settled(OPEN);
        List<Mailbox> many = many(200, "m", "1h");
        assertThat(scenario.scenario().addresses()).hasSize(200);
        scenario.passes(Duration.ofMinutes(59));
        scenario.scenario().settle();
        scenario.scenario().controls().clearCalls();
        int before = statuses();

        scenario.passes(Duration.ofMinutes(1).plusSeconds(5));

        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(count(DELETE)).isEqualTo(200);
        assertThat(count(LIST)).as("pages of 50 rules, catch-all included").isEqualTo(5);
        assertThat(scenario.calls()).hasSize(205);
        assertThat(many)
                .allSatisfy(mailbox -> assertThat(scenario.stands(mailbox)).isEqualTo(EXPIRED));
        assertThat(statuses() - before).as("writes of statuses").isEqualTo(200);
        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("True Ready");
    }

    @Test
    void thoseThatHaveExpiredAreDeletedAtNoCostAndNoneIsHeld() {
        scenario.settled(OPEN);
        List<Mailbox> many = many(200, "m", "1h");
        scenario.passes(Duration.ofHours(1).plusSeconds(5));
        scenario.scenario().controls().clearCalls();

        many.forEach(scenario::goes);
        scenario.runs();

        assertThat(scenario.calls()).isEmpty();
        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("True Ready");
    }

    @Test
    void expiryTakesNoneOfTheDeletionsThatAreAllowedAtOnce() {
        scenario.settled(OPEN);
        many(100, "m", "1h");
        List<Mailbox> others = many(20, "other", null);
        scenario.passes(Duration.ofHours(1).plusSeconds(5));

        others.forEach(scenario::goes);
        scenario.runs();

        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("True Ready");
    }

    /** So a look that comes a moment late tells them apart. */
    @Test
    void whatIsDeletedWhileOthersExpireIsHeldAndTheOthersGo() {
        scenario.settled(OPEN);
        many(50, "m", "1h");
        List<Mailbox> others = many(30, "other", null);

        others.forEach(scenario::goes);
        scenario.passes(Duration.ofHours(1).plusSeconds(5));

        assertThat(scenario.scenario().addresses()).hasSize(30).allMatch(address -> address.startsWith("other"));
        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("False DeletionHeld");
    }

    // The clock jumps.

    @Test
    void aClockThatJumpsAnHourForwardsEndsWhatIsOverByItAndNothingElse() {
        scenario.settled(OPEN);
        Mailbox soon = scenario.mailbox("team-a", "soon", spec("soon@in.example.com", WORKER, "30m"));
        Mailbox late = scenario.mailbox("team-a", "late", spec("late@in.example.com", WORKER, "90m"));
        Mailbox never = scenario.mailbox("team-b", "never", "never@in.example.com");
        scenario.scenario().later(Duration.ofMinutes(1));
        scenario.scenario().controls().clearCalls();

        scenario.passes(Duration.ofHours(1));

        assertThat(scenario.scenario().writes()).containsExactly(DELETE);
        assertThat(scenario.stands(soon)).isEqualTo(EXPIRED);
        assertThat(scenario.stands(late)).isEqualTo(ACTIVE);
        assertThat(scenario.stands(never)).isEqualTo(ACTIVE);
        scenario.passes(Duration.ofMinutes(30));
        assertThat(scenario.stands(late)).isEqualTo(EXPIRED);
        assertThat(scenario.scenario().addresses()).containsExactly("never@in.example.com");
    }

    @ParameterizedTest(name = "swept: {0}")
    @ValueSource(booleans = {false, true})
    void aClockThatIsAnHourAheadForAWhileCostsALookAndARuleEachWay(boolean swept) {
        try (MailboxScenario one = swept ? new MailboxScenario(Options.usual().withSweeps()) : new MailboxScenario()) {
            one.scenario().env().deletesExpiredMailboxes();
            one.settled(OPEN);
            Mailbox mailbox = one.mailbox("team-a", "a", goingAfter("30m"));
            one.passes(Duration.ofHours(1));
            assertThat(one.stands(mailbox)).isEqualTo(EXPIRED);
            one.scenario().controls().clearCalls();

            one.passes(Duration.ofHours(-1));

            assertThat(one.calls()).containsExactly(LIST, CREATE);
            assertThat(one.stands(mailbox)).isEqualTo(ACTIVE);
            one.passes(Duration.ofMinutes(29));
            assertThat(one.scenario().addresses()).hasSize(1);
            one.passes(Duration.ofMinutes(2));
            assertThat(one.scenario().addresses()).isEmpty();
            assertThat(one.stands(mailbox)).isEqualTo(EXPIRED);
        }
    }

    @Test
    void twoHundredThatAClockEndedTooEarlyComeBackAsSoonAsItIsSet() {
        scenario.settled(OPEN);
        List<Mailbox> many = many(200, "m", "30m");
        scenario.passes(Duration.ofHours(1));
        assertThat(scenario.scenario().addresses()).isEmpty();
        scenario.scenario().controls().clearCalls();

        scenario.passes(Duration.ofHours(-1));

        assertThat(scenario.scenario().addresses()).hasSize(200);
        assertThat(scenario.calls()).hasSize(201);
        assertThat(many)
                .allSatisfy(mailbox -> assertThat(scenario.stands(mailbox)).isEqualTo(ACTIVE));
    }

    /** The clock of one node is an hour ahead, and the next leader runs on another one. */
    @ParameterizedTest(name = "swept: {0}")
    @ValueSource(booleans = {false, true})
    void theNextLeaderWithTheRightTimeGivesTheRuleBack(boolean swept) {
        try (MailboxScenario one = swept ? new MailboxScenario(Options.usual().withSweeps()) : new MailboxScenario()) {
            one.settled(OPEN);
            Mailbox mailbox = one.mailbox("team-a", "a", spec("a@in.example.com", WORKER, "30m"));
            one.passes(Duration.ofHours(1));
            assertThat(one.stands(mailbox)).isEqualTo(EXPIRED);

            one.scenario().later(Duration.ofHours(-1));
            one.restarts();
            one.runs();

            assertThat(one.scenario().addresses()).containsExactly("a@in.example.com");
            assertThat(one.stands(mailbox)).isEqualTo(ACTIVE);
        }
    }

    @Test
    void theNextLeaderWhoseClockIsAnHourAheadEndsItAndTheOneAfterGivesItBack() {
        scenario.settled(OPEN);
        Mailbox mailbox = scenario.mailbox("team-a", "a", spec("a@in.example.com", WORKER, "30m"));

        scenario.scenario().later(Duration.ofHours(1));
        scenario.restarts();
        scenario.runs();
        assertThat(scenario.stands(mailbox)).isEqualTo(EXPIRED);

        scenario.scenario().later(Duration.ofHours(-1));
        scenario.restarts();
        scenario.runs();
        assertThat(scenario.stands(mailbox)).isEqualTo(ACTIVE);
    }

    @ParameterizedTest(name = "swept: {0}")
    @ValueSource(booleans = {false, true})
    void oneThatIsToBeDeletedIsDeletedByTheNextLeaderToo(boolean swept) {
        try (MailboxScenario one = swept ? new MailboxScenario(Options.usual().withSweeps()) : new MailboxScenario()) {
            one.scenario().env().deletesExpiredMailboxes();
            one.settled(OPEN);
            Mailbox mailbox = one.mailbox("team-a", "a", goingAfter("30m"));
            one.passes(Duration.ofMinutes(31));
            assertThat(one.stands(mailbox)).isEqualTo(EXPIRED);

            one.restarts();
            looksAsAfterAStart(one);
            assertThat(one.scenario().env().mailboxes().all()).hasSize(1);
            one.passes(Duration.ofMinutes(61));
            one.scenario().env().mailboxes().all().forEach(left -> one.scenario()
                    .env()
                    .mailboxController()
                    .reconcile(left, null));

            assertThat(one.scenario().env().mailboxes().all()).isEmpty();
        }
    }

    private static void looksAsAfterAStart(MailboxScenario one) {
        one.scenario().settle();
        one.scenario().later(Duration.ofSeconds(30));
        one.scenario().env().sweep();
        one.scenario().settle();
        one.runs();
    }
}
