package io.maildomain.operator.controller.maildomain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.ExistingRecords;
import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.cloudflare.Matcher;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.controller.maildomain.DomainArbitraries;
import io.maildomain.operator.controller.maildomain.ModelOperator;
import io.maildomain.operator.controller.maildomain.ModelZone;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every spec, every zone and every ownership record. */
class PlannerProperties {

    @Property(tries = 500)
    void applyingAPlanAndPlanningAgainGivesTheEmptyPlan(
            @ForAll("anyZones") ModelZone before,
            @ForAll("histories") List<MailDomainSpec> specs,
            @ForAll("grants") Grants grants) {
        ModelOperator operator = new ModelOperator(before.copy(), Ownership.nothing());

        for (MailDomainSpec spec : specs) {
            DesiredState desired = ModelOperator.desired(spec, grants);
            operator.reconcile(desired);
            assertThat(operator.plan(desired).describe()).isEmpty();
        }
        assertThat(operator.refused()).isEmpty();
    }

    @Property(tries = 500)
    void whatIsNotOwnedIsNeverInAPlan(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ownershipRecords") Ownership forged) {
        DesiredState desired = ModelOperator.desired(spec);
        ObservedState observed = zone.observe(desired);
        Ownership ownership = OwnershipChanges.settled(forged, observed, desired);
        Set<String> foreign = foreignIds(zone);

        List<Change> plan = Planner.plan(desired, observed, ownership).changes();
        List<Change> cleanup = Planner.cleanup(desired, observed, ownership);

        assertThat(plan)
                .filteredOn(change -> !(change instanceof Change.AdoptRule))
                .noneMatch(change -> foreign.contains(ruleId(change)));
        assertThat(cleanup).noneMatch(change -> foreign.contains(ruleId(change)));
        assertThat(cleanup).noneMatch(change -> change instanceof Change.AdoptRule);
        if (spec.conflictPolicy() == ConflictPolicy.Refuse) {
            assertThat(plan).noneMatch(change -> change instanceof Change.AdoptRule);
        }
    }

    @Property(tries = 500)
    void whatServesAHostOrARuleIsInThePlanAndServesNothingElse(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ownershipRecords") Ownership forged) {
        DesiredState desired = ModelOperator.desired(spec);

        Plan plan = Planner.plan(desired, zone.observe(desired), forged);

        List<Change> serving = Stream.concat(plan.hosts().stream(), plan.rules().stream())
                .flatMap(item -> item.changes().stream())
                .toList();
        List<Change> writes = plan.changes().stream()
                .filter(change -> change instanceof Change.EnableRouting
                        || change instanceof Change.AddSubdomain
                        || change instanceof Change.RuleWrite)
                .toList();
        assertThat(serving)
                .usingElementComparator((one, other) -> one == other ? 0 : 1)
                .containsExactlyInAnyOrderElementsOf(writes);
    }

    @Property(tries = 500)
    void onlySubdomainsOfTheDomainAreEverRemoved(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ownershipRecords") Ownership forged) {
        DesiredState desired = ModelOperator.desired(spec);
        ObservedState observed = zone.observe(desired);

        List<Change> plan = Planner.plan(desired, observed, forged).changes();
        List<Change> cleanup = Planner.cleanup(desired, observed, forged);

        assertThat(removedHosts(plan)).allMatch(host -> host.endsWith("." + ModelZone.DOMAIN));
        assertThat(removedHosts(cleanup)).allMatch(host -> host.endsWith("." + ModelZone.DOMAIN));
        assertThat(removedHosts(plan)).isSubsetOf(forged.subdomains());
    }

    @Property(tries = 500)
    void aRuleThatCannotBeExpressedIsNeverTakenOver(
            @ForAll("foreignZones") ModelZone zone, @ForAll("adopting") MailDomainSpec spec) {
        DesiredState desired = ModelOperator.desired(spec);

        List<Change> plan =
                new ModelOperator(zone, Ownership.nothing()).plan(desired).changes();

        Set<String> taken = plan.stream()
                .filter(change -> change instanceof Change.AdoptRule)
                .map(PlannerProperties::ruleId)
                .collect(Collectors.toSet());
        assertThat(zone.rules())
                .filteredOn(rule -> taken.contains(rule.id()))
                .allMatch(rule -> rule.matchers().size() == 1 && rule.actions().size() == 1)
                .allMatch(rule -> rule.actions().get(0).values().size() <= 1)
                .noneMatch(rule -> rule.source().equals("wrangler"))
                .noneMatch(rule -> ModelOperator.MARK.isForeignOn(rule.name()));
    }

    @Property(tries = 500)
    void createsAndUpdatesComeBeforeDeletes(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ownershipRecords") Ownership ownership) {
        List<Change> rules = new ModelOperator(zone, ownership)
                .plan(ModelOperator.desired(spec)).changes().stream()
                        .filter(change -> change instanceof Change.RuleChange)
                        .toList();

        List<Boolean> takesAway =
                rules.stream().map(PlannerProperties::takesAway).toList();
        assertThat(takesAway).isSortedAccordingTo(Boolean::compare);
    }

    /** Except for foreign MX that Replace was told to replace: those cannot be brought back. */
    @Property(tries = 500)
    void undoingGivesBackTheStateThatWasThereBefore(
            @ForAll("foreignZones") ModelZone before,
            @ForAll("histories") List<MailDomainSpec> specs,
            @ForAll("crashes") List<Integer> crashes) {
        ModelZone zone = before.copy();
        ModelOperator operator = new ModelOperator(zone, Ownership.nothing());

        for (int i = 0; i < specs.size(); i++) {
            operator.reconcile(ModelOperator.desired(specs.get(i)), crashes.get(i));
        }
        DesiredState last = ModelOperator.desired(specs.get(specs.size() - 1));
        operator.cleanUp(last, crashes.get(crashes.size() - 1));
        operator.cleanUp(last, ModelOperator.NEVER);

        assertThat(zone.rules()).containsExactlyInAnyOrderElementsOf(before.rules());
        assertThat(zone.subaddressing()).isEqualTo(before.subaddressing());
        if (before.enabled()) {
            assertThat(zone.enabled()).isTrue();
            assertThat(withoutHostsOfForeignRules(zone)).isEqualTo(withoutHostsOfForeignRules(before));
            assertThat(zone.hosts()).containsAll(before.hosts());
        } else if (!foreignMailNeedsRouting(before)) {
            assertThat(zone.enabled()).isFalse();
        }
    }

    @Property(tries = 500)
    void aCrashBetweenAnyTwoCallsIsHealedByTheNextReconcile(
            @ForAll("anyZones") ModelZone before,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("calls") int callsBeforeCrash) {
        // Missing records of an unlocked host could be a user's wish: they are left, crash or not.
        Assume.that(!before.unlocked());
        DesiredState desired = ModelOperator.desired(spec);
        ModelZone undisturbed = before.copy();
        new ModelOperator(undisturbed, Ownership.nothing()).reconcile(desired);
        ModelZone zone = before.copy();
        ModelOperator operator = new ModelOperator(zone, Ownership.nothing());

        operator.reconcile(desired, callsBeforeCrash);
        operator.reconcile(desired);

        assertThat(operator.plan(desired).describe()).isEmpty();
        assertThat(zone.hosts()).isEqualTo(undisturbed.hosts());
        assertThat(zone.subaddressing()).isEqualTo(undisturbed.subaddressing());
        assertThat(contents(zone)).isEqualTo(contents(undisturbed));
    }

    @Property(tries = 500)
    void driftOfOurRulesIsHealedByOnePlanAndForeignEditsAreLeft(
            @ForAll("foreignZones") ModelZone start,
            @ForAll("refusing") MailDomainSpec spec,
            @ForAll("edits") List<Edit> edits) {
        DesiredState desired = ModelOperator.desired(spec);
        ModelZone zone = start.copy();
        ModelOperator operator = new ModelOperator(zone, Ownership.nothing());
        operator.reconcile(desired);
        edits.forEach(edit -> edit.make(zone));
        List<RoutingRule> foreignNow = foreign(zone);

        Plan plan = operator.reconcile(desired);

        assertThat(operator.plan(desired).describe()).isEmpty();
        assertThat(foreign(zone)).isEqualTo(foreignNow);
        if (plan.routing() != Plan.RoutingOutcome.BLOCKED_BY_FOREIGN_RECORDS) {
            assertThat(operator.plan(desired).rules())
                    .extracting(Planned::outcome)
                    .allSatisfy(outcome -> {
                        boolean somebodyElses =
                                foreign(zone).stream().anyMatch(rule -> catches(rule, outcome.address()));
                        boolean blocked = !zone.routes(DesiredState.hostOf(outcome.address()));
                        assertThat(outcome.state() == RuleState.Synced || somebodyElses || blocked)
                                .isTrue();
                    });
        }
    }

    /** The same for rules that were taken over, which must find their way back besides. */
    @Property(tries = 500)
    void aRuleThatWasTakenOverComesBackWhateverOthersDidToItMeanwhile(
            @ForAll("foreignZones") ModelZone before,
            @ForAll("adopting") MailDomainSpec spec,
            @ForAll("edits") List<Edit> edits) {
        DesiredState desired = ModelOperator.desired(spec);
        ModelZone zone = before.copy();
        ModelOperator operator = new ModelOperator(zone, Ownership.nothing());
        operator.reconcile(desired);
        edits.stream().filter(edit -> !edit.deletes()).forEach(edit -> edit.makeToOurs(zone));
        operator.reconcile(desired);

        operator.cleanUp(desired, ModelOperator.NEVER);

        assertThat(zone.rules()).containsExactlyInAnyOrderElementsOf(before.rules());
    }

    @Property(tries = 500)
    void thereIsAtMostOneRuleOfOursForAnAddress(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ownershipRecords") Ownership ownership) {
        DesiredState desired = ModelOperator.desired(spec);
        new ModelOperator(zone, ownership).reconcile(desired);

        List<String> addresses = zone.rules().stream()
                .map(LiveRule::new)
                .filter(rule -> rule.isOurs(ModelOperator.MARK))
                .flatMap(rule -> rule.addresses().stream())
                .toList();
        assertThat(addresses).doesNotHaveDuplicates();
    }

    @Property(tries = 500)
    void whereForeignMxStandAndReplacingIsRefusedNothingIsPlannedForThatHost(
            @ForAll("foreignZones") ModelZone zone,
            @ForAll("refusingRecords") MailDomainSpec spec,
            @ForAll("hosts") String host) {
        ModelZone with = host.equals(ModelZone.DOMAIN) ? new ModelZone().withForeignMx(host) : zone.withForeignMx(host);
        if (with.routes(host)) {
            return;
        }
        Plan plan = new ModelOperator(with, Ownership.nothing()).plan(ModelOperator.desired(spec));

        assertThat(plan.changes())
                .extracting(Change::subject)
                .noneMatch(subject -> subject.equals(host) || subject.endsWith("@" + host));
        if (host.equals(ModelZone.DOMAIN)) {
            assertThat(plan.changes()).isEmpty();
            assertThat(plan.routing()).isEqualTo(Plan.RoutingOutcome.BLOCKED_BY_FOREIGN_RECORDS);
        }
    }

    @Property(tries = 500)
    void planningIsPure(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ownershipRecords") Ownership ownership) {
        DesiredState desired = ModelOperator.desired(spec);

        assertThat(new ModelOperator(zone, ownership).plan(desired))
                .isEqualTo(new ModelOperator(zone, ownership).plan(desired));
    }

    @Property(tries = 500)
    void aForgedOwnershipRecordNeitherStopsTheOperatorNorCostsSomebodyARule(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ownershipRecords") Ownership forged) {
        DesiredState desired = ModelOperator.desired(spec);
        ModelOperator operator = new ModelOperator(zone, forged);
        List<RoutingRule> foreign = foreign(zone);

        operator.reconcile(desired);
        operator.cleanUp(desired, ModelOperator.NEVER);

        assertThat(zone.rules())
                .filteredOn(rule -> ids(foreign).contains(rule.id()))
                .hasSameSizeAs(foreign);
    }

    // Another user's hand.

    /**
     * What a user does to a rule behind the operator's back; the mark in its name stays.
     *
     * @param which counted round among the rules
     */
    record Edit(int which, EditKind kind, String address, List<RuleAction> actions) {
        enum EditKind {
            ACTION,
            SWITCH,
            PRIORITY,
            ADDRESS,
            SECOND_ADDRESS,
            DELETE
        }

        boolean deletes() {
            return kind == EditKind.DELETE;
        }

        void make(ModelZone zone) {
            make(zone, zone.rules());
        }

        void makeToOurs(ModelZone zone) {
            make(
                    zone,
                    zone.rules().stream()
                            .filter(rule -> new LiveRule(rule).isOurs(ModelOperator.MARK))
                            .toList());
        }

        private void make(ModelZone zone, List<RoutingRule> among) {
            if (among.isEmpty()) {
                return;
            }
            RoutingRule rule = among.get(which % among.size());
            boolean free = !zone.isTaken(address);
            switch (kind) {
                case ACTION -> zone.replace(edited(rule, rule.enabled(), rule.priority(), rule.matchers(), actions));
                case SWITCH ->
                    zone.replace(edited(rule, !rule.enabled(), rule.priority(), rule.matchers(), rule.actions()));
                case PRIORITY -> zone.replace(edited(rule, rule.enabled(), 42, rule.matchers(), rule.actions()));
                case ADDRESS -> {
                    if (free) {
                        List<Matcher> other = List.of(Matcher.to(address));
                        zone.replace(edited(rule, rule.enabled(), rule.priority(), other, rule.actions()));
                    }
                }
                case SECOND_ADDRESS -> {
                    if (free) {
                        List<Matcher> two = List.of(rule.matchers().get(0), Matcher.to(address));
                        zone.replace(edited(rule, rule.enabled(), rule.priority(), two, rule.actions()));
                    }
                }
                case DELETE -> zone.remove(rule.id());
            }
        }

        private static RoutingRule edited(
                RoutingRule rule, boolean enabled, int priority, List<Matcher> matchers, List<RuleAction> actions) {
            return new RoutingRule(rule.id(), rule.name(), enabled, priority, matchers, actions, rule.source());
        }
    }

    // Reading plans and zones.

    private static String ruleId(Change change) {
        if (change instanceof Change.UpdateRule update) {
            return update.id();
        }
        if (change instanceof Change.DeleteRule delete) {
            return delete.id();
        }
        if (change instanceof Change.GiveBackRule back) {
            return back.id();
        }
        return change instanceof Change.AdoptRule adopt ? adopt.id() : "";
    }

    private static boolean takesAway(Change change) {
        return change instanceof Change.DeleteRule || change instanceof Change.GiveBackRule;
    }

    private static List<String> removedHosts(List<Change> changes) {
        return changes.stream()
                .filter(change -> change instanceof Change.RemoveSubdomain)
                .map(Change::subject)
                .toList();
    }

    private static List<RoutingRule> foreign(ModelZone zone) {
        return zone.rules().stream()
                .filter(rule -> !new LiveRule(rule).isOurs(ModelOperator.MARK))
                .toList();
    }

    private static Set<String> foreignIds(ModelZone zone) {
        return ids(foreign(zone));
    }

    private static Set<String> ids(List<RoutingRule> rules) {
        return rules.stream().map(RoutingRule::id).collect(Collectors.toSet());
    }

    private static boolean catches(RoutingRule rule, String address) {
        return new LiveRule(rule).catches(address);
    }

    private static Set<String> contents(ModelZone zone) {
        return zone.rules().stream()
                .map(rule -> rule.name() + rule.enabled() + rule.priority() + rule.matchers() + rule.actions())
                .map(text -> text.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Records of a host stay while another user's rule uses it. */
    private static Set<String> withoutHostsOfForeignRules(ModelZone zone) {
        Set<String> hosts = new HashSet<>(zone.hosts());
        hosts.removeIf(host -> foreign(zone).stream().map(LiveRule::new).anyMatch(rule -> rule.isUnder(host)));
        return hosts;
    }

    private static boolean foreignMailNeedsRouting(ModelZone zone) {
        return zone.catchAll().enabled() || zone.rules().stream().anyMatch(RoutingRule::enabled);
    }

    // DomainArbitraries.

    @Provide
    Arbitrary<ModelZone> anyZones() {
        return DomainArbitraries.anyZones();
    }

    @Provide
    Arbitrary<ModelZone> foreignZones() {
        return DomainArbitraries.foreignZones();
    }

    @Provide
    Arbitrary<MailDomainSpec> specs() {
        return DomainArbitraries.specs();
    }

    @Provide
    Arbitrary<MailDomainSpec> adopting() {
        return DomainArbitraries.specs(
                Arbitraries.just(ConflictPolicy.Adopt), Arbitraries.of(ExistingRecords.values()));
    }

    @Provide
    Arbitrary<MailDomainSpec> refusing() {
        return DomainArbitraries.specs(
                Arbitraries.just(ConflictPolicy.Refuse), Arbitraries.of(ExistingRecords.values()));
    }

    @Provide
    Arbitrary<MailDomainSpec> refusingRecords() {
        return DomainArbitraries.specs(
                Arbitraries.of(ConflictPolicy.values()), Arbitraries.just(ExistingRecords.Refuse));
    }

    @Provide
    Arbitrary<List<MailDomainSpec>> histories() {
        return DomainArbitraries.specs().list().ofMinSize(1).ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Integer>> crashes() {
        return Arbitraries.frequencyOf(Tuple.of(1, calls()), Tuple.of(2, Arbitraries.just(ModelOperator.NEVER)))
                .list()
                .ofSize(4);
    }

    @Provide
    Arbitrary<Integer> calls() {
        return Arbitraries.integers().between(0, 8);
    }

    @Provide
    Arbitrary<Grants> grants() {
        return DomainArbitraries.grants();
    }

    @Provide
    Arbitrary<Ownership> ownershipRecords() {
        return DomainArbitraries.ownershipRecords();
    }

    @Provide
    Arbitrary<String> hosts() {
        return Arbitraries.of(ModelZone.DOMAIN, "in.example.com", "notify.example.com");
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of(Edit.EditKind.values()),
                        Arbitraries.of(DomainArbitraries.ADDRESSES),
                        DomainArbitraries.liveActions())
                .as(Edit::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }
}
