package io.maildomain.operator.trace.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.maildomain.plan.HostDns.Known;
import io.maildomain.operator.dns.plan.Answer;
import io.maildomain.operator.dns.plan.SenderPolicyFinding;
import io.maildomain.operator.dns.plan.WorldView;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.trace.plan.Hop.Stage;
import io.maildomain.operator.trace.plan.Hop.Verdict;
import io.maildomain.operator.trace.plan.TraceFacts.Asked;
import io.maildomain.operator.trace.plan.TraceFacts.Outside;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trace says of what the simulator cannot show: what the world sees, and what MailDomains say. */
class MailTraceTest {

    private static final List<String> SERVERS = List.of("amy.ns.cloudflare.com", "bob.ns.cloudflare.com");
    private static final String ROUTE = "route1.mx.cloudflare.net";
    private static final RuleAction WORKER = RuleAction.worker("mailbox");
    private static final String MADE = "mail/example-com [mdo:test]";

    private static final MailHost ROUTED = new MailHost(Known.YES, Known.NO, "");

    private static TraceFacts facts(Outside world, MailHost host, List<RuleAction> actions, Map<String, Asked> asked) {
        Zone zone = new Zone("z", "example.com", "", "", "active", "full", SERVERS, List.of(), "", Instant.EPOCH, true);
        RoutingRule rule = new RoutingRule("r", MADE, true, 0, List.of(Matcher.to("a@example.com")), actions, "api");
        RoutingRule below = new RoutingRule("s", "", true, 0, List.of(Matcher.to("a@in.example.com")), actions, "api");
        return new TraceFacts(
                world,
                zone,
                new TraceFacts.Content(
                        new RoutingSettings(true, "misconfigured", "example.com", false),
                        host,
                        List.of(rule, below),
                        new CatchAll("c", "", false, List.of(RuleAction.drop()), "api")),
                Map.of("mail/example-com", asked));
    }

    private static Map<String, Asked> asked(String address, RuleAction action, RuleState state) {
        return Map.of(address, new Asked(MailAction.of(List.of(action)).orElseThrow(), state));
    }

    private static WorldView seen(Answer<List<String>> exchangers, SenderPolicyFinding senders) {
        return new WorldView(
                "com",
                new Answer.Found<>(SERVERS),
                Answer.absent(),
                false,
                "",
                exchangers,
                senders,
                new Answer.Found<>("reject"));
    }

    private static WorldView seen(String exchanger) {
        return seen(new Answer.Found<>(List.of(exchanger)), new SenderPolicyFinding.Valid(1, true));
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
        Map<String, Asked> synced = asked("a@example.com", WORKER, RuleState.Synced);
        WorldView ours = seen(ROUTE);
        WorldView theirs = seen("mx.old.example");

        MailTrace right =
                MailTrace.of("a@example.com", facts(new Outside(ours, ours), ROUTED, List.of(WORKER), synced));
        MailTrace wrong =
                MailTrace.of("a@example.com", facts(new Outside(theirs, theirs), ROUTED, List.of(WORKER), synced));

        assertThat(right.arrives()).as("%s", right).isEqualTo(Known.YES);
        assertThat(right.hops()).allMatch(hop -> hop.verdict() == Verdict.OK);
        assertThat(right.sentence()).isEqualTo("handed to the Worker mailbox");
        assertThat(at(wrong, Stage.PUBLIC_DNS)).isEqualTo(Verdict.WRONG);
        assertThat(wrong.arrives()).isEqualTo(Known.NO);
        assertThat(wrong.sentence())
                .isEqualTo("does not arrive; once what is wrong is mended: handed to the Worker mailbox");
    }

    /** It says who may send for the domain. */
    @Test
    void anSpfRecordHasNoPartInMailThatComesIn() {
        WorldView without = seen(new Answer.Found<>(List.of(ROUTE)), new SenderPolicyFinding.Absent());

        MailTrace trace =
                MailTrace.of("a@example.com", facts(new Outside(without, without), ROUTED, List.of(WORKER), Map.of()));

        assertThat(trace.arrives()).as("%s", trace).isEqualTo(Known.YES);
    }

    @Test
    void mailForASubdomainGoesWhereThatOnesRecordsSay() {
        WorldView apex = seen("aspmx.google.example");
        WorldView host = seen(ROUTE);

        MailTrace trace = MailTrace.of(
                "a@in.example.com", facts(new Outside(apex, host), MailHost.unknown(), List.of(WORKER), Map.of()));
        MailTrace elsewhere =
                MailTrace.of("a@in.example.com", facts(new Outside(host, apex), ROUTED, List.of(WORKER), Map.of()));

        assertThat(trace.arrives()).as("%s", trace).isEqualTo(Known.YES);
        assertThat(at(trace, Stage.ROUTING)).as("the world saw it").isEqualTo(Verdict.OK);
        assertThat(elsewhere.arrives()).isEqualTo(Known.NO);
    }

    @Test
    void whatCouldNotBeSeenIsNoYes() {
        WorldView silent = seen(Answer.failed(Answer.Failure.NO_ANSWER), new SenderPolicyFinding.Valid(1, true));

        MailTrace dark =
                MailTrace.of("a@example.com", facts(new Outside(silent, silent), ROUTED, List.of(WORKER), Map.of()));
        MailTrace blind = MailTrace.of("a@in.example.com", facts(null, MailHost.unknown(), List.of(WORKER), Map.of()));
        MailTrace unasked = MailTrace.of("a@in.example.com", facts(null, ROUTED, List.of(WORKER), Map.of()));

        assertThat(dark.arrives()).as("%s", dark).isEqualTo(Known.UNKNOWN);
        assertThat(blind.arrives()).as("%s", blind).isEqualTo(Known.UNKNOWN);
        assertThat(blind.sentence())
                .isEqualTo("whether it arrives could not be found out; the rules say: handed to the Worker mailbox");
        assertThat(unasked.arrives()).as("%s", unasked).isEqualTo(Known.YES);
        assertThat(unasked.sentence()).endsWith(", as far as can be seen");
    }

    @ParameterizedTest
    @CsvSource({"Synced, OK", "DestinationUnverified, WRONG", "WorkerMissing, WRONG", "Pending, OPEN", "Contested, OPEN"
    })
    void whatTheMailDomainSaysOfItsRuleSaysIfTheTargetIsThere(RuleState state, Verdict verdict) {
        RuleAction forward = RuleAction.forwardTo("team@corp.example");

        MailTrace trace = MailTrace.of(
                "a@example.com", facts(null, ROUTED, List.of(forward), asked("a@example.com", forward, state)));

        assertThat(at(trace, Stage.TARGET)).isEqualTo(verdict);
        assertThat(trace.arrives()).isEqualTo(verdict == Verdict.WRONG ? Known.NO : Known.YES);
    }

    @Test
    void aStateIsNotAboutATargetThatTheSpecDoesNotAskFor() {
        MailTrace trace = MailTrace.of(
                "a@example.com",
                facts(
                        null,
                        ROUTED,
                        List.of(RuleAction.forwardTo("old@corp.example")),
                        asked(
                                "a@example.com",
                                RuleAction.forwardTo("new@corp.example"),
                                RuleState.DestinationUnverified)));

        assertThat(trace.arrives()).as("%s", trace).isEqualTo(Known.YES);
        assertThat(trace.hops().toString())
                .contains("the MailDomain asks for new@corp.example, and calls that DestinationUnverified");
    }

    @Test
    void aRuleThatHasNoWordsIsNotGuessedAt() {
        MailTrace trace = MailTrace.of(
                "a@example.com", facts(null, ROUTED, List.of(RuleAction.drop(), RuleAction.worker("w")), Map.of()));

        assertThat(trace.destiny()).isEqualTo(new Destiny.Unknown());
        assertThat(trace.arrives()).isEqualTo(Known.UNKNOWN);
    }

    @Test
    void recordsOfAnotherProviderBesideEmailRoutingsAreWrong() {
        MailHost both = MailHost.ofHosts(List.of(ROUTE, "mx.old.example"));

        MailTrace trace = MailTrace.of("a@example.com", facts(null, both, List.of(WORKER), Map.of()));

        assertThat(at(trace, Stage.ROUTING)).isEqualTo(Verdict.WRONG);
        assertThat(trace.hops().toString()).contains("mx.old.example");
    }

    @Test
    void aRuleThatIsAskedForAndNotThereIsNamed() {
        MailTrace trace = MailTrace.of(
                "b@example.com",
                facts(
                        null,
                        ROUTED,
                        List.of(RuleAction.drop()),
                        asked("b@example.com", WORKER, RuleState.DestinationUnverified)));

        assertThat(trace.destiny()).isEqualTo(new Destiny.Rejected());
        assertThat(trace.hops().toString())
                .contains("which the MailDomain mail/example-com asks for and calls DestinationUnverified");
    }
}
