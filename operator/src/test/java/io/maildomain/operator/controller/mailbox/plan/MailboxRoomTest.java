package io.maildomain.operator.controller.mailbox.plan;

import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.START;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.WORKER;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.domain;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.letting;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.mailbox;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.plan;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.requests;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.sentences;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.spec;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.states;
import static io.maildomain.operator.controller.mailbox.plan.Mailboxes.team;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxGrant;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.operator.access.Grants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many Mailboxes there is room for, and for how long. */
class MailboxRoomTest {

    private static final MailDomainSpec OPEN = domain(letting("team-a", "*@in.example.com"), letting("team-b", "*"));

    @Test
    void beyondTheCapTheYoungestHaveNoRule() {
        List<MailRule> rules = IntStream.range(0, 198)
                .mapToObj(i -> MailRule.of("r" + i + "@example.com", WORKER))
                .toList();
        MailDomainSpec spec = domain(rules, null, List.of(letting("team-a", "*")));

        MailboxPlan plan = plan(spec, many("team-a", 4));

        assertThat(plan.rules())
                .extracting(MailRule::address)
                .containsExactly("m0@in.example.com", "m1@in.example.com");
        assertThat(states(plan)).containsExactly(MailboxState.TooManyRules, MailboxState.TooManyRules);
        assertThat(sentences(plan).get(0)).contains("the domain has 200 rules");
    }

    @Test
    void eachNamespaceHasAsManyAsTheEntryLetsIt() {
        MailboxGrant two =
                new MailboxGrant(NamespaceSelector.everything(), List.of("*@in.example.com"), List.of("*"), null, 2);
        Mailbox ofAnother = mailbox("team-b", "b", 9, "b@in.example.com", WORKER);

        MailboxPlan plan = plan(domain(two), with(many("team-a", 3), ofAnother));

        assertThat(plan.rules())
                .extracting(MailRule::address)
                .containsExactly("m0@in.example.com", "m1@in.example.com", "b@in.example.com");
        assertThat(sentences(plan))
                .singleElement()
                .asString()
                .contains("as many Mailboxes as MailDomain mail/example-com");
    }

    @Test
    void anotherEntryMayHaveRoom() {
        MailboxGrant one = new MailboxGrant(team("team-a"), List.of("*"), List.of("*"), null, 1);
        MailboxGrant other = new MailboxGrant(team("team-a"), List.of("*@in.example.com"), List.of("*"), null, 1);

        assertThat(plan(domain(one, other), many("team-a", 3)).rules()).hasSize(2);
    }

    /** Where mail may go is granted with a number of its own: another entry, which does not allow that, adds nothing. */
    @Test
    void anActionTakesAPlaceOfAnEntryThatAllowsIt() {
        MailboxGrant one = new MailboxGrant(team("team-a"), List.of("*"), null, List.of("chief@corp.example"), 1);
        MailboxGrant other = new MailboxGrant(team("team-a"), List.of("*"), List.of("mailbox-*"), null, null);
        Action toTheChief = Action.forwarding("chief@corp.example");
        Mailbox ofWorker = mailbox("team-a", "w", 1, "w@in.example.com", WORKER);

        MailboxPlan plan = plan(
                domain(one, other),
                ofWorker,
                mailbox("team-a", "a", 0, "a@in.example.com", toTheChief),
                mailbox("team-a", "b", 2, "b@in.example.com", toTheChief),
                mailbox("team-a", "c", 3, "c@in.example.com", toTheChief));

        assertThat(plan.rules()).extracting(MailRule::address).containsExactly("a@in.example.com", "w@in.example.com");
        assertThat(states(plan)).containsExactly(MailboxState.TooManyRules, MailboxState.TooManyRules);
    }

    /** Else a namespace could keep all addresses from others, by Mailboxes that never get a rule. */
    @Test
    void whatKeepsAnAddressTakesAPlaceUntilItIsDeleted() {
        MailboxGrant two = new MailboxGrant(team("team-a"), List.of("*"), List.of("mailbox-*"), null, 2);
        Mailbox denied = mailbox("team-a", "denied", 0, "x@in.example.com", Action.handingTo("not-granted"));
        Mailbox expired = mailbox("team-a", "expired", 1, spec("y@in.example.com", WORKER, "1s"));
        Mailbox third = mailbox("team-a", "third", 2, "z@in.example.com", WORKER);

        assertThat(states(plan(domain(two), denied, expired, third)))
                .containsExactly(MailboxState.NotAttached, MailboxState.Expired, MailboxState.TooManyRules);
        assertThat(plan(domain(two), expired, third).rules())
                .extracting(MailRule::address)
                .containsExactly("z@in.example.com");
    }

    @Test
    void beyondItsPlacesANamespaceKeepsNoAddressFromOthers() {
        MailboxGrant one = new MailboxGrant(team("team-a"), List.of("*"), List.of("*"), null, 1);

        MailboxPlan plan = plan(
                domain(one, letting("team-b", "*")),
                mailbox("team-a", "a", 0, "x@in.example.com", WORKER),
                mailbox("team-a", "b", 1, "y@in.example.com", WORKER),
                mailbox("team-b", "c", 2, "y@in.example.com", WORKER));

        assertThat(plan.attached().map(it -> it.mailbox().getMetadata().getName()))
                .containsExactly("a", "c");
    }

    /** Rules are what Cloudflare counts. */
    @Test
    void whatHasNoRuleTakesNoneOfTheDomainsRules() {
        List<MailRule> rules = IntStream.range(0, 199)
                .mapToObj(i -> MailRule.of("r" + i + "@example.com", WORKER))
                .toList();
        MailDomainSpec spec = domain(rules, null, List.of(letting("team-a", "*")));

        MailboxPlan plan = plan(
                spec,
                mailbox("team-a", "expired", 0, spec("y@in.example.com", WORKER, "1s")),
                mailbox("team-a", "fine", 1, "z@in.example.com", WORKER));

        assertThat(plan.rules()).hasSize(1);
    }

    // For how long.

    @ParameterizedTest
    @CsvSource({"59m59s, false", "1h, false", "1h0m1s, true", "72h, true"})
    void aMailboxIsOverInTheMomentInWhichItsTimeEnds(String ttl, boolean lives) {
        MailboxPlan plan = plan(OPEN, mailbox("team-a", "a", 0, spec("a@in.example.com", WORKER, ttl)));

        assertThat(plan.rules()).hasSize(lives ? 1 : 0);
        assertThat(states(plan)).isEqualTo(lives ? List.of() : List.of(MailboxState.Expired));
    }

    @Test
    void oneThatIsOverSaysWhenThatWas() {
        MailboxPlan plan = plan(OPEN, mailbox("team-a", "a", 0, spec("a@in.example.com", WORKER, "30m")));

        assertThat(sentences(plan)).singleElement().asString().contains("it expired at 2026-01-01 00:30:00 UTC");
    }

    /** Else the mail of one that is given more time would come back from another, or never. */
    @Test
    void oneThatIsOverKeepsItsAddressUntilItIsDeleted() {
        Mailbox over = mailbox("team-a", "over", 0, spec("a@in.example.com", WORKER, "30m"));
        Mailbox young = mailbox("team-b", "young", 1, "a@in.example.com", Action.dropping());

        assertThat(states(plan(OPEN, over, young))).containsExactly(MailboxState.Expired, MailboxState.Conflict);
        assertThat(plan(OPEN, young).rules()).hasSize(1);
    }

    @Test
    void theNextExpiryIsThatOfTheFirstWhichIsNotOver() {
        Mailbox over = mailbox("team-a", "a", 0, spec("a@in.example.com", WORKER, "30m"));
        Mailbox next = mailbox("team-a", "b", 0, spec("b@in.example.com", WORKER, "2h"));
        Mailbox later = mailbox("team-a", "c", 0, spec("c@in.example.com", WORKER, "3h"));
        Mailbox notLetIn = mailbox("team-c", "d", 0, spec("d@in.example.com", WORKER, "90m"));

        assertThat(plan(OPEN, later, over, next).expiresNext()).contains(START.plus(Duration.ofHours(2)));
        assertThat(plan(OPEN, later, next, notLetIn).expiresNext()).contains(START.plus(Duration.ofMinutes(90)));
        assertThat(plan(OPEN, over).expiresNext()).isEmpty();
        assertThat(plan(OPEN).expiresNext()).isEmpty();
    }

    @Test
    void twoHundredExpireAtOnce() {
        MailDomainSpec spec = domain(letting("team-a", "*"));
        List<Mailbox> mailboxes = IntStream.range(0, 200)
                .mapToObj(i -> mailbox("team-a", "m" + i, 0, spec("m" + i + "@in.example.com", WORKER, "1h")))
                .toList();
        Instant end = START.plus(Duration.ofHours(1));

        assertThat(MailboxPlanner.plan(requests(spec, Grants.everything(), mailboxes, end.minusNanos(1)))
                        .rules())
                .hasSize(200);
        assertThat(MailboxPlanner.plan(requests(spec, Grants.everything(), mailboxes, end))
                        .rules())
                .isEmpty();
    }

    private static Mailbox[] many(String namespace, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> mailbox(namespace, "m" + i, i, "m" + i + "@in.example.com", WORKER))
                .toArray(Mailbox[]::new);
    }

    private static Mailbox[] with(Mailbox[] some, Mailbox another) {
        return Stream.concat(Stream.of(some), Stream.of(another)).toArray(Mailbox[]::new);
    }
}
