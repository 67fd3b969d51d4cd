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
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ReasonPlace;
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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    private @Nullable Mode mode;
    private long generation = 1;
    private boolean deleting;

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
                "a.example", null, null, null, null, subaddressing, rules, null, null, null, mode, null));
        domain.getMetadata().setGeneration(generation);
        if (deleting) {
            domain.getMetadata().setDeletionTimestamp(Facts.NOW.toString());
        }
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
        "Failed, UNKNOWN",
        "Conflict, UNKNOWN",
        "DestinationUnverified, UNKNOWN",
        "WorkerMissing, UNKNOWN",
        "AccessDenied, UNKNOWN",
        "Contested, UNKNOWN",
        "NotExpressible, UNKNOWN"
    })
    void theStateOfTheRuleSaysWhetherItStands(RuleState state, Verdict verdict) {
        rule("shop@a.example", TEAM, state);

        Hop target = at(trace("shop@a.example"), Stage.TARGET);

        assertThat(target.verdict()).isEqualTo(verdict);
        assertThat(target.sentence())
                .isEqualTo(
                        verdict == Verdict.OK
                                ? "forwarded to team@corp.example, " + state
                                : "asked for, and not known to be so: forwarded to team@corp.example");
    }

    /** Another user's rule may decide, an older one of the operator's, or the catch-all. */
    @ParameterizedTest
    @EnumSource(
            value = RuleState.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"Synced", "Matched"})
    void whereTheRuleDoesNotStandItIsNotKnownWhereMailGoes(RuleState state) {
        rule("shop@a.example", TEAM, state);
        rule("off@a.example", Action.dropping(), state);
        rules.set(1, new MailRule("off@a.example", Action.dropping(), false, null));
        catchAll("all", TEAM, true, "True");

        for (String address : List.of("shop@a.example", "off@a.example")) {
            MailTrace trace = trace(address);
            assertThat(trace.destiny()).isEqualTo(new Destiny.Unknown());
            assertThat(trace.sentence()).isEqualTo("where it goes could not be found out");
            assertThat(at(trace, Stage.RULE))
                    .isEqualTo(
                            new Hop(
                                    Stage.RULE,
                                    Verdict.UNKNOWN,
                                    "the rule for " + address + ", which MailDomain mail/a-example asks for, is "
                                            + state
                                            + " (the rule says why): the rule of another user, an older one or none may be there"));
        }
    }

    @Test
    void aRuleThatWasWrittenForAnOlderSpecIsNotKnownToStand() {
        rule("shop@a.example", TEAM, RuleState.Synced);
        generation = 2;

        assertThat(trace("shop@a.example").destiny()).isEqualTo(new Destiny.Unknown());
    }

    @Test
    void aMailDomainThatIsBeingDeletedSaysNothing() {
        rule("shop@a.example", TEAM, RuleState.Synced);
        deleting = true;

        assertThat(trace("shop@a.example").destiny()).isEqualTo(new Destiny.Unknown());
        assertThat(at(trace("shop@a.example"), Stage.RESOURCE).sentence()).endsWith("and is being deleted");
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
        assertThat(at(trace("shop+x@a.example"), Stage.RULE).verdict()).isEqualTo(Verdict.OPEN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void subaddressingThatWasNotWrittenAsAskedForIsNotKnown(boolean wanted) {
        rule("shop@a.example", TEAM, RuleState.Synced);
        catchAll("all", Action.handingTo("box"), true, "True");
        subaddressing = wanted;
        mode = Mode.Observe;

        assertThat(trace("shop+x@a.example").destiny()).isEqualTo(new Destiny.Unknown());

        mode = Mode.Manage;
        says("InSync", "False", "OutOfSync");
        assertThat(trace("shop+x@a.example").destiny()).isEqualTo(new Destiny.Unknown());
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
        assertThat(at(trace, Stage.RULE).sentence()).startsWith("the rule for shop@a.example is disabled; ");
    }

    @Test
    void aCatchAllThatIsOffRejects() {
        catchAll("all", TEAM, false, "True");

        assertThat(trace("x@a.example").destiny()).isEqualTo(new Destiny.Rejected());
        assertThat(trace("x@a.example").sentence()).isEqualTo("rejected, as far as can be seen");
    }

    /** A rule of another user for the address comes first, and no resource says that there is none. */
    @Test
    void whereTheCatchAllDecidesRulesThatNoResourceAsksForAreLeftOpen() {
        says("MailDeliverable", "True", "Deliverable");
        catchAll("all", TEAM, true, "True");

        MailTrace trace = trace("x@a.example");
        assertThat(trace.sentence()).isEqualTo("forwarded to team@corp.example, as far as can be seen");
        assertThat(at(trace, Stage.RULE))
                .isEqualTo(new Hop(
                        Stage.RULE,
                        Verdict.OPEN,
                        "no resource asks for a rule for x@a.example; one that no resource asks for would not be seen here;"
                                + " the catch-all decides, which CatchAllRule mail/all asks for"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCatchAllThatIsNotAppliedTellsNothing(boolean enabled) {
        catchAll("all", Action.dropping(), enabled, "False");

        MailTrace trace = trace("x@a.example");
        assertThat(trace.destiny()).isEqualTo(new Destiny.Unknown());
        assertThat(at(trace, Stage.RULE).verdict()).isEqualTo(Verdict.UNKNOWN);
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
        "DestinationUnverified, UNKNOWN",
        "WorkerMissing, UNKNOWN",
        "AccessDenied, UNKNOWN",
        "Drifted, UNKNOWN",
        "Failed, UNKNOWN",
        "NotAttached, UNKNOWN",
        "Conflict, UNKNOWN"
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
            names = {"Expired", "TooManyRules"})
    void aMailboxThatHasNoRuleLeavesTheMailToTheCatchAll(MailboxState state) {
        mailbox("pr-1@a.example", state);
        catchAll("all", Action.dropping(), true, "True");

        assertThat(at(trace("pr-1@a.example"), Stage.RULE).sentence())
                .startsWith("Mailbox team-a/box asks for a rule for pr-1@a.example and is " + state + "; ");
        assertThat(trace("pr-1@a.example").destiny()).isEqualTo(new Destiny.Dropped());
    }

    @Test
    void ofSeveralMailboxesTheOneThatHasTheAddressDecides() {
        mailbox("new@a.example", MailboxState.Conflict);
        mailbox("new@a.example", MailboxState.Active);
        mailboxes.get(1).getMetadata().setName("holder");

        assertThat(at(trace("new@a.example"), Stage.RULE).sentence()).contains("Mailbox team-a/holder");
        assertThat(trace("new@a.example").destiny()).isEqualTo(new Destiny.Forwarded("team@corp.example"));
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

    private static Stream<Reason> zoneReasons() {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.places().contains(ReasonPlace.ZONE_READY))
                .filter(reason -> reason != Reason.ZoneActive);
    }

    private static Stream<Reason> routingReasons() {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.places().contains(ReasonPlace.ROUTING_ENABLED))
                .filter(reason -> reason != Reason.RoutingEnabled);
    }

    /** After all other reasons what was written before may still lead mail here, or another installation may. */
    @ParameterizedTest
    @MethodSource("zoneReasons")
    void onlyAZoneThatTheWorldDoesNotAskIsKnownToGetNoMail(Reason reason) {
        says("ZoneReady", "False", reason.name());
        Set<Reason> without = EnumSet.of(
                Reason.ZonePending, Reason.ZoneMoved, Reason.ZoneTypeUnsupported, Reason.DomainNotRegistered);

        assertThat(trace("shop@a.example").destiny())
                .isEqualTo(without.contains(reason) ? new Destiny.Elsewhere() : new Destiny.Unknown());
        assertThat(trace("shop@a.example").arrives()).isEqualTo(without.contains(reason) ? Known.NO : Known.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("routingReasons")
    void onlyRoutingThatIsOffIsKnownToGetNoMail(Reason reason) {
        says("RoutingEnabled", "False", reason.name());
        Set<Reason> without = EnumSet.of(
                Reason.RoutingDisabled, Reason.ForeignRecords, Reason.RecordsMissing, Reason.NotTakingEffect);

        assertThat(trace("shop@a.example").destiny())
                .isEqualTo(without.contains(reason) ? new Destiny.Elsewhere() : new Destiny.Unknown());
        assertThat(trace("shop@in.a.example").destiny()).isEqualTo(new Destiny.Unknown());
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
