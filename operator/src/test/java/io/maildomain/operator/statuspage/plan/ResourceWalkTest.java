package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.operator.controller.maildomain.plan.HostDns.Known;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.trace.plan.Destiny;
import io.maildomain.operator.trace.plan.Hop;
import io.maildomain.operator.trace.plan.Hop.Stage;
import io.maildomain.operator.trace.plan.Hop.Verdict;
import io.maildomain.operator.trace.plan.MailTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceWalkTest {

    private static final Action TEAM = Action.forwarding("team@corp.example");

    private final List<MailRule> rules = new ArrayList<>();
    private final List<RuleStatus> states = new ArrayList<>();
    private final List<HostStatus> hosts =
            new ArrayList<>(List.of(new HostStatus("a.example", HostState.Ready, null, null)));
    private final List<Condition> conditions = new ArrayList<>(List.of(
            condition("Ready", "True", "Ready"),
            condition("ZoneReady", "True", "ZoneActive"),
            condition("RoutingEnabled", "True", "RoutingEnabled")));
    private final List<Mailbox> mailboxes = new ArrayList<>();
    private final List<CatchAllRule> catchAlls = new ArrayList<>();
    private @Nullable Boolean subaddressing;

    private static Condition condition(String type, String status, String reason) {
        return new Condition(type, status, 1L, Facts.NOW, reason, type + " says why");
    }

    private void rule(String address, Action action, RuleState state) {
        rules.add(MailRule.of(address, action));
        states.add(new RuleStatus(address, null, state, "the rule says why", null));
    }

    private void says(String type, String status, String reason) {
        conditions.removeIf(condition -> condition.type().equals(type));
        conditions.add(condition(type, status, reason));
    }

    private void catchAll(String name, Action action, boolean enabled, String applied) {
        CatchAllRule rule = new CatchAllRule();
        rule.setMetadata(TestResources.meta("mail", name, 0));
        rule.setSpec(new CatchAllRuleSpec(null, action, enabled, null));
        rule.setStatus(new CatchAllRuleStatus(1L, List.of(condition("CatchAllApplied", applied, "Applied")), null));
        catchAlls.add(rule);
    }

    private void mailbox(String address, MailboxState state) {
        Mailbox mailbox = new Mailbox();
        mailbox.setMetadata(TestResources.meta("team-a", "box", 0));
        mailbox.setSpec(MailboxSpec.of(new MailboxDomainRef("a-example", "mail"), address, TEAM));
        mailbox.setStatus(
                new MailboxStatus(1L, List.of(condition("Ready", "False", "Pending")), state, null, null, null, null));
        mailboxes.add(mailbox);
    }

    private MailDomain domain() {
        MailDomain domain = TestResources.domain("mail", "a.example", 0);
        domain.setSpec(new MailDomainSpec(
                "a.example", null, null, null, null, subaddressing, rules, null, null, null, null, null));
        domain.setStatus(new MailDomainStatus(
                1L, conditions, null, null, null, null, hosts, states, null, null, null, null, null, null));
        return domain;
    }

    private MailTrace trace(String address) {
        return ResourceWalk.of(address, new TraceResources(domain(), 0, mailboxes, catchAlls));
    }

    private static Hop at(MailTrace trace, Stage stage) {
        return trace.hops().stream()
                .filter(hop -> hop.stage() == stage)
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    @Test
    void theRuleOfTheAddressDecides() {
        rule("shop@a.example", TEAM, RuleState.Synced);
        MailTrace trace = trace("shop@a.example");

        assertThat(trace.destiny()).isEqualTo(new Destiny.Forwarded("team@corp.example"));
        assertThat(trace.arrives()).isEqualTo(Known.YES);
        assertThat(at(trace, Stage.RULE).sentence())
                .isEqualTo("the rule for shop@a.example decides, which MailDomain mail/a-example asks for");
        assertThat(at(trace, Stage.TARGET).sentence()).isEqualTo("forwarded to team@corp.example, Synced");
    }

    @ParameterizedTest
    @CsvSource({
        "Synced, OK",
        "Matched, OK",
        "Pending, UNKNOWN",
        "Failed, WRONG",
        "Conflict, WRONG",
        "DestinationUnverified, WRONG",
        "WorkerMissing, WRONG",
        "AccessDenied, WRONG",
        "Contested, WRONG",
        "NotExpressible, WRONG"
    })
    void theStateOfTheRuleSaysWhetherItStands(RuleState state, Verdict verdict) {
        rule("shop@a.example", TEAM, state);

        Hop target = at(trace("shop@a.example"), Stage.TARGET);

        assertThat(target.verdict()).isEqualTo(verdict);
        assertThat(target.sentence())
                .isEqualTo("forwarded to team@corp.example, " + state
                        + (verdict == Verdict.OK ? "" : ": the rule says why"));
    }

    @Test
    void aRuleThatTheStatusDoesNotNameYetIsNotKnownToStand() {
        rules.add(MailRule.of("new@a.example", TEAM));

        assertThat(trace("new@a.example").arrives()).isEqualTo(Known.UNKNOWN);
    }

    @Test
    void withSubaddressingWhatStandsBeforeThePlusCounts() {
        rule("shop@a.example", TEAM, RuleState.Synced);
        subaddressing = true;

        assertThat(trace("shop+x@a.example").destiny()).isEqualTo(new Destiny.Forwarded("team@corp.example"));
        assertThat(at(trace("shop+x@a.example"), Stage.RULE).sentence()).contains("by subaddressing");
    }

    @Test
    void theRuleOfTheWholeAddressComesFirst() {
        rule("shop@a.example", TEAM, RuleState.Synced);
        rule("shop+x@a.example", Action.dropping(), RuleState.Synced);
        subaddressing = true;

        assertThat(trace("shop+x@a.example").destiny()).isEqualTo(new Destiny.Dropped());
    }

    @Test
    void withoutSubaddressingTheCatchAllDecides() {
        rule("shop@a.example", TEAM, RuleState.Synced);
        subaddressing = false;
        catchAll("all", Action.handingTo("box"), true, "True");

        assertThat(trace("shop+x@a.example").destiny()).isEqualTo(new Destiny.Handed("box"));
    }

    @Test
    void subaddressingThatTheSpecLeavesAsItIsIsNotKnown() {
        rule("shop@a.example", TEAM, RuleState.Synced);
        catchAll("all", Action.handingTo("box"), true, "True");

        assertThat(trace("shop+x@a.example").destiny()).isEqualTo(new Destiny.Unknown());
        assertThat(at(trace("shop+x@a.example"), Stage.RULE).sentence()).contains("depends on subaddressing");
        assertThat(trace("other+x@a.example").destiny()).isEqualTo(new Destiny.Handed("box"));
    }

    @Test
    void aRuleThatIsDisabledLeavesTheMailToTheCatchAll() {
        rules.add(new MailRule("shop@a.example", TEAM, false, null));
        states.add(new RuleStatus("shop@a.example", null, RuleState.Synced, null, null));
        catchAll("all", Action.dropping(), true, "True");

        MailTrace trace = trace("shop@a.example");

        assertThat(trace.destiny()).isEqualTo(new Destiny.Dropped());
        assertThat(at(trace, Stage.RULE).sentence())
                .startsWith("the rule for shop@a.example is disabled; the catch-all");
    }

    @Test
    void aCatchAllThatIsOffRejects() {
        catchAll("all", TEAM, false, "True");

        assertThat(trace("x@a.example").destiny()).isEqualTo(new Destiny.Rejected());
    }

    @Test
    void ofSeveralCatchAllRulesTheOneThatIsAppliedDecides() {
        catchAll("loser", TEAM, true, "False");
        catchAll("winner", Action.dropping(), true, "True");

        assertThat(at(trace("x@a.example"), Stage.RULE).sentence()).contains("CatchAllRule mail/winner");
    }

    @Test
    void aCatchAllThatNoResourceAsksForIsNotKnown() {
        assertThat(trace("x@a.example").destiny()).isEqualTo(new Destiny.Unknown());
        assertThat(at(trace("x@a.example"), Stage.RULE).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "Active, OK",
        "Disabled, OK",
        "Pending, UNKNOWN",
        "Waiting, UNKNOWN",
        "DestinationUnverified, WRONG",
        "WorkerMissing, WRONG",
        "AccessDenied, WRONG",
        "Drifted, WRONG",
        "Failed, WRONG"
    })
    void aMailboxAsksForARuleAsWell(MailboxState state, Verdict verdict) {
        mailbox("pr-1@a.example", state);

        MailTrace trace = trace("pr-1@a.example");

        assertThat(at(trace, Stage.TARGET).verdict()).isEqualTo(verdict);
        assertThat(at(trace, Stage.RULE).sentence()).contains("Mailbox team-a/box");
    }

    @ParameterizedTest
    @EnumSource(
            value = MailboxState.class,
            names = {"Expired", "NotAttached", "Conflict", "TooManyRules"})
    void aMailboxThatHasNoRuleDoesNotCount(MailboxState state) {
        mailbox("pr-1@a.example", state);

        assertThat(at(trace("pr-1@a.example"), Stage.RULE).sentence()).contains("no resource asks for a rule");
    }

    @Test
    void aZoneThatWaitsStopsTheMail() {
        rule("shop@a.example", TEAM, RuleState.Pending);
        says("ZoneReady", "False", "ZonePending");

        MailTrace trace = trace("shop@a.example");

        assertThat(at(trace, Stage.ZONE)).isEqualTo(new Hop(Stage.ZONE, Verdict.WRONG, "ZoneReady says why"));
        assertThat(trace.destiny()).isEqualTo(new Destiny.Elsewhere());
    }

    @Test
    void aZoneOfWhichNothingIsSaidIsNotKnown() {
        says("ZoneReady", "Unknown", "Pending");

        assertThat(trace("shop@a.example").destiny()).isEqualTo(new Destiny.Unknown());
    }

    @Test
    void routingThatIsOffStopsTheMail() {
        says("RoutingEnabled", "False", "Pending");

        assertThat(at(trace("shop@a.example"), Stage.ROUTING).verdict()).isEqualTo(Verdict.WRONG);
    }

    @ParameterizedTest
    @CsvSource({"Ready, OK", "Unlocked, OK", "Missing, WRONG", "Foreign, WRONG", "MovedAway, WRONG", "Unknown, UNKNOWN"
    })
    void theRecordsOfTheHostCount(HostState state, Verdict verdict) {
        hosts.clear();
        hosts.add(new HostStatus("in.a.example", state, "the host says why", null));

        assertThat(at(trace("x@in.a.example"), Stage.ROUTING).verdict()).isEqualTo(verdict);
    }

    @Test
    void aHostThatTheMailDomainDoesNotKnowIsNotKnownToRoute() {
        catchAll("all", TEAM, true, "True");

        MailTrace trace = trace("x@other.a.example");

        assertThat(at(trace, Stage.ROUTING).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(trace.arrives()).isEqualTo(Known.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "DelegatedElsewhere, a.example, WRONG",
        "DelegatedElsewhere, in.a.example, WRONG",
        "SignaturesBroken, in.a.example, WRONG",
        "MailExchangersElsewhere, a.example, WRONG",
        "MailExchangersElsewhere, in.a.example, OPEN",
        "MailExchangersMissing, a.example, WRONG",
        "AliasAtApex, a.example, WRONG",
        "SenderPolicyIncomplete, a.example, OPEN",
        "NotOfThisVersion, a.example, OPEN"
    })
    void whatTheWorldSeesCountsWhereItIsAboutMailThatComesIn(String reason, String host, Verdict verdict) {
        says("MailDeliverable", "False", reason);

        assertThat(at(trace("x@" + host), Stage.PUBLIC_DNS))
                .isEqualTo(new Hop(Stage.PUBLIC_DNS, verdict, "MailDeliverable says why"));
    }

    @Test
    void whatTheWorldSeesMayNotBeKnown() {
        assertThat(at(trace("x@a.example"), Stage.PUBLIC_DNS).verdict()).isEqualTo(Verdict.OPEN);
        says("MailDeliverable", "True", "Deliverable");
        assertThat(at(trace("x@a.example"), Stage.PUBLIC_DNS).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aMailDomainThatWasNotLookedAtTellsNothing() {
        conditions.clear();

        assertThat(trace("x@a.example").destiny()).isEqualTo(new Destiny.Unknown());
    }

    @Test
    void withoutAMailDomainThatIsSaid() {
        MailTrace trace = ResourceWalk.of("x@nowhere.example", null);

        assertThat(trace.arrives()).isEqualTo(Known.UNKNOWN);
        assertThat(trace.hops()).singleElement().satisfies(hop -> assertThat(hop.sentence())
                .isEqualTo("no MailDomain that the operator watches is for nowhere.example or a domain above it"));
    }

    @Test
    void rivalsAreCountedAndNotNamed() {
        MailTrace trace = ResourceWalk.of("x@a.example", new TraceResources(domain(), 2, mailboxes, catchAlls));

        assertThat(at(trace, Stage.RESOURCE).sentence())
                .isEqualTo("MailDomain mail/a-example is for a.example; so are 2 others");
    }

    @Test
    void ofSeveralMailDomainsTheHolderIsFollowed() {
        MailDomain loser = TestResources.domain("aaa", "a.example", 0);
        loser.setStatus(MailDomainStatus.ofOwnership(null)
                .withConditions(1L, List.of(condition("ZoneReady", "False", "HeldElsewhere"))));
        MailDomain fresh = TestResources.domain("bbb", "a.example", 0);
        MailDomain holder = domain();

        assertThat(TraceResources.holder(List.of(loser, fresh, holder))).containsSame(holder);
        assertThat(TraceResources.holder(List.of(loser, fresh))).containsSame(fresh);
        assertThat(TraceResources.holder(List.of())).isEmpty();
    }
}
