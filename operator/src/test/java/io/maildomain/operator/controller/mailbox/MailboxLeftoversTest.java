package io.maildomain.operator.controller.mailbox;

import static io.maildomain.operator.controller.mailbox.MailboxScenario.OPEN;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.WORKER;
import static io.maildomain.operator.controller.mailbox.MailboxScenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the rules of Mailboxes that are not there, or are not seen: no mail is lost by a slip. */
class MailboxLeftoversTest {

    private final MailboxScenario scenario = new MailboxScenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void aRuleSaysWhetherAMailboxAskedForItAndOfWhichNamespace() {
        scenario.settled(OPEN.replaceFirst(
                "\\{", "{'rules':[{'address':'spec@in.example.com','action':{'worker':'mailbox'}}],"));
        scenario.mailbox("team-a", "a", "a@in.example.com");

        assertThat(scenario.ruleNames())
                .anyMatch(name -> name.startsWith("mail/example [mdo:"))
                .anyMatch(name -> name.startsWith("mail/example [mailbox:team-a] [mdo:"));
    }

    @Test
    void anAddressThatPassesFromTheSpecToAMailboxAndBackIsNamedAnew() {
        String withRule =
                OPEN.replaceFirst("\\{", "{'rules':[{'address':'a@in.example.com','action':{'worker':'mailbox'}}],");
        scenario.settled(withRule);
        Mailbox mailbox = scenario.mailbox("team-a", "a", "a@in.example.com");
        assertThat(scenario.stands(mailbox)).isEqualTo("Conflict False Conflict");

        scenario.domain(OPEN);
        assertThat(scenario.stands(mailbox)).isEqualTo("Active True Ready");
        assertThat(scenario.ruleNames()).singleElement().asString().contains("[mailbox:team-a]");

        scenario.domain(withRule);
        assertThat(scenario.stands(mailbox)).isEqualTo("Conflict False Conflict");
        assertThat(scenario.ruleNames()).singleElement().asString().doesNotContain("[mailbox:");
    }

    @Test
    void anOperatorThatKnowsNoMailboxesLeavesTheirRulesAndSaysSo() {
        scenario.settled(OPEN);
        scenario.mailbox("team-a", "a", "a@in.example.com");

        scenario.restartsSeeing(namespace -> false);
        scenario.scenario().settle();

        assertThat(scenario.scenario().addresses()).containsExactly("a@in.example.com");
        assertThat(scenario.domain().getStatus().pendingChanges())
                .singleElement()
                .asString()
                .startsWith("delete rule a@in.example.com (stays");
        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("True Ready");
        assertThat(scenario.scenario().events()).anyMatch(event -> event.startsWith("RuleKept: 1 rule stays"));
        scenario.scenario().nothingFlaps();
    }

    @Test
    void oneThatDoesNotWatchANamespaceLeavesItsRules() {
        scenario.settled(OPEN);
        scenario.mailbox("team-a", "a", "a@in.example.com");
        Mailbox ofB = scenario.mailbox("team-b", "b", "b@in.example.com");

        scenario.restartsSeeing("team-b"::equals);
        scenario.delete(ofB);
        scenario.scenario().settle();

        assertThat(scenario.scenario().addresses()).containsExactly("a@in.example.com");
    }

    @Test
    void aMailDomainThatIsDeletedTakesThemAlongAllTheSame() {
        scenario.settled(OPEN);
        scenario.mailbox("team-a", "a", "a@in.example.com");

        scenario.restartsSeeing(namespace -> false);
        scenario.scenario().delete(scenario.domain());
        scenario.scenario().settle();

        assertThat(scenario.scenario()
                        .controls()
                        .zone("example.com")
                        .map(zone -> zone.rules())
                        .orElse(List.of()))
                .isEmpty();
    }

    // Many at once.

    @Test
    void manyThatGoAtOnceAreHeldUntilPeopleAllowIt() {
        List<Mailbox> many = many(40, null);
        many.forEach(scenario::goes);
        scenario.runs();
        scenario.scenario().settle();

        assertThat(scenario.scenario().addresses()).hasSize(40);
        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("False DeletionHeld");
        assertThat(scenario.domain()
                        .getStatus()
                        .condition("RulesSynced")
                        .orElseThrow()
                        .message())
                .contains("40 Mailboxes went", "allow-mass-deletion: \"40\"");
        assertThat(scenario.domain().getStatus().pendingChangesTotal()).isEqualTo(40);

        scenario.restarts();
        scenario.runs();
        scenario.scenario().later(Duration.ofMinutes(30));
        scenario.scenario().settle();
        assertThat(scenario.scenario().addresses()).hasSize(40);

        scenario.annotates("maildomain.io/allow-mass-deletion", "40");
        scenario.scenario().settle();
        assertThat(scenario.scenario().addresses()).isEmpty();
        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("True Ready");
    }

    @Test
    void thoseThatComeBackGoOnAsBefore() {
        List<Mailbox> many = many(40, null);
        many.forEach(scenario::goes);
        scenario.runs();
        scenario.scenario().controls().clearCalls();

        IntStream.range(0, 40)
                .forEach(i -> scenario.apply("team-a", "m" + i, spec("m" + i + "@in.example.com", WORKER, null)));
        scenario.runs();
        scenario.scenario().settle();

        assertThat(scenario.scenario().writes()).isEmpty();
        assertThat(scenario.scenario().ready(scenario.domain())).isEqualTo("True Ready");
    }

    @Test
    void thoseThatGoOneAfterTheOtherAreCountedTogether() {
        List<Mailbox> many = many(30, null);

        many.forEach(scenario::delete);

        assertThat(scenario.scenario().addresses()).hasSize(10);
    }

    @Test
    void thoseThatWereToGoOrMayNotAttachAnyMoreAreNotHeld() {
        List<Mailbox> many = many(40, "1h");
        scenario.passes(Duration.ofMinutes(61));
        assertThat(scenario.scenario().addresses()).isEmpty();

        many.forEach(mailbox -> scenario.apply(
                "team-a",
                mailbox.getMetadata().getName(),
                spec(mailbox.getSpec().address(), WORKER, null)));
        scenario.runs();
        assertThat(scenario.scenario().addresses()).hasSize(40);

        scenario.domain("{'subdomains':['in']}");
        assertThat(scenario.scenario().addresses()).isEmpty();
    }

    private List<Mailbox> many(int count, String ttl) {
        scenario.settled(OPEN);
        List<Mailbox> many = IntStream.range(0, count)
                .mapToObj(i -> scenario.apply("team-a", "m" + i, spec("m" + i + "@in.example.com", WORKER, ttl)))
                .toList();
        scenario.runs();
        assertThat(scenario.scenario().addresses()).hasSize(count);
        return many;
    }
}
