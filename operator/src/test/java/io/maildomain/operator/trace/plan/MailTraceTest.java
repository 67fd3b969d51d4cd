package io.maildomain.operator.trace.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.HostDns;
import io.maildomain.operator.dns.plan.Answer;
import io.maildomain.operator.dns.plan.SenderPolicyFinding;
import io.maildomain.operator.dns.plan.WorldView;
import io.maildomain.operator.trace.plan.Hop.Stage;
import io.maildomain.operator.trace.plan.Hop.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trace says of what the simulator cannot show: what the world sees, and what MailDomains say. */
class MailTraceTest {

    private static final List<String> SERVERS = List.of("amy.ns.cloudflare.com", "bob.ns.cloudflare.com");
    private static final String MADE = "mail/example-com [mdo:test]";

    private static TraceFacts facts(
            WorldView view, HostDns host, List<RuleAction> actions, Map<String, RuleState> said) {
        Zone zone = new Zone("z", "example.com", "", "", "active", "full", SERVERS, List.of(), "", Instant.EPOCH, true);
        RoutingRule rule = new RoutingRule("r", MADE, true, 0, List.of(Matcher.to("a@example.com")), actions, "api");
        return new TraceFacts(
                view,
                zone,
                new TraceFacts.Content(
                        new RoutingSettings(true, "ready", "example.com", false),
                        host,
                        List.of(rule),
                        new CatchAll("c", "", false, List.of(RuleAction.drop()), "api")),
                Map.of("mail/example-com", said));
    }

    private static TraceFacts facts(WorldView view, RuleAction action, Map<String, RuleState> said) {
        return facts(view, new HostDns("example.com", false, false, false, ""), List.of(action), said);
    }

    private static WorldView seen(List<String> exchangers) {
        return new WorldView(
                "com",
                new Answer.Found<>(SERVERS),
                Answer.absent(),
                false,
                "",
                new Answer.Found<>(exchangers),
                new SenderPolicyFinding.Valid(1, true),
                new Answer.Found<>("reject"));
    }

    private static Verdict at(MailTrace trace, Stage stage) {
        return trace.hops().stream()
                .filter(hop -> hop.stage() == stage)
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void aWorldThatIsLedToAnotherProviderMakesTheTraceWrongThoughARuleDecides() {
        RuleAction worker = RuleAction.worker("mailbox");
        Map<String, RuleState> synced = Map.of("a@example.com", RuleState.Synced);

        MailTrace right =
                MailTrace.of("a@example.com", facts(seen(List.of("route1.mx.cloudflare.net")), worker, synced));
        MailTrace wrong = MailTrace.of("a@example.com", facts(seen(List.of("mx.old.example")), worker, synced));

        assertThat(right.arrives()).as("%s", right).isTrue();
        assertThat(right.hops()).allMatch(hop -> hop.verdict() == Verdict.OK);
        assertThat(at(wrong, Stage.PUBLIC_DNS)).isEqualTo(Verdict.WRONG);
        assertThat(wrong.arrives()).isFalse();
        assertThat(wrong.destiny()).isEqualTo(new Destiny.Handed("mailbox"));
    }

    @ParameterizedTest
    @CsvSource({
        "Synced, OK",
        "DestinationUnverified, WRONG",
        "WorkerMissing, WRONG",
        "Pending, UNKNOWN",
        "Contested, UNKNOWN"
    })
    void whatTheMailDomainSaysOfItsRuleSaysIfTheTargetIsThere(RuleState state, Verdict verdict) {
        MailTrace trace = MailTrace.of(
                "a@example.com",
                facts(null, RuleAction.forwardTo("team@corp.example"), Map.of("a@example.com", state)));

        assertThat(at(trace, Stage.TARGET)).isEqualTo(verdict);
        assertThat(trace.arrives()).isEqualTo(verdict != Verdict.WRONG);
    }

    @Test
    void aRuleThatHasNoWordsIsNotGuessedAt() {
        MailTrace trace = MailTrace.of(
                "a@example.com",
                facts(
                        null,
                        new HostDns("example.com", false, false, false, ""),
                        List.of(RuleAction.drop(), RuleAction.worker("w")),
                        Map.of()));

        assertThat(trace.destiny()).isEqualTo(new Destiny.Unknown());
        assertThat(trace.arrives()).isFalse();
    }

    @Test
    void recordsOfAnotherProviderBesideEmailRoutingsAreWrong() {
        HostDns both = new HostDns("example.com", false, true, false, "MX example.com 10 mx.old.example");

        MailTrace trace =
                MailTrace.of("a@example.com", facts(null, both, List.of(RuleAction.worker("mailbox")), Map.of()));

        assertThat(at(trace, Stage.ROUTING)).isEqualTo(Verdict.WRONG);
        assertThat(trace.hops().toString()).contains("MX example.com 10 mx.old.example");
    }

    @Test
    void aRuleThatIsAskedForAndNotThereIsNamed() {
        MailTrace trace = MailTrace.of(
                "b@example.com",
                facts(null, RuleAction.drop(), Map.of("b@example.com", RuleState.DestinationUnverified)));

        assertThat(trace.destiny()).isEqualTo(new Destiny.Rejected());
        assertThat(trace.hops().toString())
                .contains("which the MailDomain mail/example-com asks for and calls DestinationUnverified");
    }
}
