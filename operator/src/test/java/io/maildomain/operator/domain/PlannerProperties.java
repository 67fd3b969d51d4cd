package io.maildomain.operator.domain;

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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every spec, every zone and every ledger. */
class PlannerProperties {

    @Property(tries = 500)
    void applyingAPlanAndPlanningAgainGivesTheEmptyPlan(
            @ForAll("anyZones") ModelZone before,
            @ForAll("histories") List<MailDomainSpec> specs,
            @ForAll("grants") Grants grants) {
        ModelOperator operator = new ModelOperator(before.copy(), Ownership.nothing());

        for (MailDomainSpec spec : specs) {
            Wanted wanted = ModelOperator.wanted(spec, grants);
            operator.reconcile(wanted);
            assertThat(operator.plan(wanted).words()).isEmpty();
        }
        assertThat(operator.refused()).isEmpty();
    }

    @Property(tries = 500)
    void whatIsNotOwnedIsNeverInAPlan(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ledgers") Ownership forged) {
        Wanted wanted = ModelOperator.wanted(spec);
        Snapshot snapshot = zone.snapshot(wanted);
        Ownership ledger = LedgerNotes.settled(forged, snapshot, wanted);
        Set<String> foreign = foreignIds(zone);

        List<Change> plan = Planner.plan(wanted, snapshot, ledger).changes();
        List<Change> undo = Planner.undo(wanted, snapshot, ledger);

        assertThat(plan)
                .filteredOn(change -> !(change instanceof Change.AdoptRule))
                .noneMatch(change -> foreign.contains(ruleId(change)));
        assertThat(undo).noneMatch(change -> foreign.contains(ruleId(change)));
        assertThat(undo).noneMatch(change -> change instanceof Change.AdoptRule);
        if (spec.conflictPolicy() == ConflictPolicy.Refuse) {
            assertThat(plan).noneMatch(change -> change instanceof Change.AdoptRule);
        }
    }

    @Property(tries = 500)
    void onlySubdomainsOfTheDomainAreEverRemoved(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ledgers") Ownership forged) {
        Wanted wanted = ModelOperator.wanted(spec);
        Snapshot snapshot = zone.snapshot(wanted);

        List<Change> plan = Planner.plan(wanted, snapshot, forged).changes();
        List<Change> undo = Planner.undo(wanted, snapshot, forged);

        assertThat(removedHosts(plan)).allMatch(host -> host.endsWith("." + ModelZone.DOMAIN));
        assertThat(removedHosts(undo)).allMatch(host -> host.endsWith("." + ModelZone.DOMAIN));
        assertThat(removedHosts(plan)).isSubsetOf(forged.subdomains());
    }

    @Property(tries = 500)
    void aRuleThatCannotBeExpressedIsNeverTakenOver(
            @ForAll("foreignZones") ModelZone zone, @ForAll("adopting") MailDomainSpec spec) {
        Wanted wanted = ModelOperator.wanted(spec);

        List<Change> plan =
                new ModelOperator(zone, Ownership.nothing()).plan(wanted).changes();

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
            @ForAll("ledgers") Ownership ledger) {
        List<Change> rules = new ModelOperator(zone, ledger)
                .plan(ModelOperator.wanted(spec)).changes().stream()
                        .filter(change -> change instanceof Change.RuleChange)
                        .toList();

        List<Boolean> takesAway =
                rules.stream().map(PlannerProperties::takesAway).toList();
        assertThat(takesAway).isSortedAccordingTo(Boolean::compare);
    }

    /** Except for foreign MX that Replace was told to replace: those nobody can bring back. */
    @Property(tries = 500)
    void undoingGivesBackTheStateThatWasThereBefore(
            @ForAll("foreignZones") ModelZone before,
            @ForAll("histories") List<MailDomainSpec> specs,
            @ForAll("crashes") List<Integer> crashes) {
        ModelZone zone = before.copy();
        ModelOperator operator = new ModelOperator(zone, Ownership.nothing());

        for (int i = 0; i < specs.size(); i++) {
            operator.reconcile(ModelOperator.wanted(specs.get(i)), crashes.get(i));
        }
        Wanted last = ModelOperator.wanted(specs.get(specs.size() - 1));
        operator.undo(last, crashes.get(crashes.size() - 1));
        operator.undo(last, ModelOperator.NEVER);

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
        // Missing records of an unlocked host could be somebody's wish: they are left, crash or not.
        Assume.that(!before.unlocked());
        Wanted wanted = ModelOperator.wanted(spec);
        ModelZone undisturbed = before.copy();
        new ModelOperator(undisturbed, Ownership.nothing()).reconcile(wanted);
        ModelZone zone = before.copy();
        ModelOperator operator = new ModelOperator(zone, Ownership.nothing());

        operator.reconcile(wanted, callsBeforeCrash);
        operator.reconcile(wanted);

        assertThat(operator.plan(wanted).words()).isEmpty();
        assertThat(zone.hosts()).isEqualTo(undisturbed.hosts());
        assertThat(zone.subaddressing()).isEqualTo(undisturbed.subaddressing());
        assertThat(contents(zone)).isEqualTo(contents(undisturbed));
    }

    @Property(tries = 500)
    void driftOfOurRulesIsHealedByOnePlanAndForeignEditsAreLeft(
            @ForAll("foreignZones") ModelZone start,
            @ForAll("refusing") MailDomainSpec spec,
            @ForAll("edits") List<Edit> edits) {
        Wanted wanted = ModelOperator.wanted(spec);
        ModelZone zone = start.copy();
        ModelOperator operator = new ModelOperator(zone, Ownership.nothing());
        operator.reconcile(wanted);
        edits.forEach(edit -> edit.make(zone));
        List<RoutingRule> foreignNow = foreign(zone);

        Plan plan = operator.reconcile(wanted);

        assertThat(operator.plan(wanted).words()).isEmpty();
        assertThat(foreign(zone)).isEqualTo(foreignNow);
        if (plan.routing() != Plan.RoutingVerdict.BLOCKED_BY_FOREIGN_RECORDS) {
            assertThat(operator.plan(wanted).rules()).allSatisfy(verdict -> {
                boolean somebodyElses = foreign(zone).stream().anyMatch(rule -> catches(rule, verdict.address()));
                boolean blocked = !zone.routes(Wanted.hostOf(verdict.address()));
                assertThat(verdict.state() == RuleState.Synced || somebodyElses || blocked)
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
        Wanted wanted = ModelOperator.wanted(spec);
        ModelZone zone = before.copy();
        ModelOperator operator = new ModelOperator(zone, Ownership.nothing());
        operator.reconcile(wanted);
        edits.stream().filter(edit -> !edit.deletes()).forEach(edit -> edit.makeToOurs(zone));
        operator.reconcile(wanted);

        operator.undo(wanted, ModelOperator.NEVER);

        assertThat(zone.rules()).containsExactlyInAnyOrderElementsOf(before.rules());
    }

    @Property(tries = 500)
    void thereIsAtMostOneRuleOfOursForAnAddress(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ledgers") Ownership ledger) {
        Wanted wanted = ModelOperator.wanted(spec);
        new ModelOperator(zone, ledger).reconcile(wanted);

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
        Plan plan = new ModelOperator(with, Ownership.nothing()).plan(ModelOperator.wanted(spec));

        assertThat(plan.changes())
                .extracting(Change::subject)
                .noneMatch(subject -> subject.equals(host) || subject.endsWith("@" + host));
        if (host.equals(ModelZone.DOMAIN)) {
            assertThat(plan.changes()).isEmpty();
            assertThat(plan.routing()).isEqualTo(Plan.RoutingVerdict.BLOCKED_BY_FOREIGN_RECORDS);
        }
    }

    @Property(tries = 500)
    void planningIsPure(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ledgers") Ownership ledger) {
        Wanted wanted = ModelOperator.wanted(spec);

        assertThat(new ModelOperator(zone, ledger).plan(wanted))
                .isEqualTo(new ModelOperator(zone, ledger).plan(wanted));
    }

    @Property(tries = 500)
    void aForgedLedgerNeitherStopsTheOperatorNorCostsSomebodyARule(
            @ForAll("anyZones") ModelZone zone,
            @ForAll("specs") MailDomainSpec spec,
            @ForAll("ledgers") Ownership forged) {
        Wanted wanted = ModelOperator.wanted(spec);
        ModelOperator operator = new ModelOperator(zone, forged);
        List<RoutingRule> foreign = foreign(zone);

        operator.reconcile(wanted);
        operator.undo(wanted, ModelOperator.NEVER);

        assertThat(zone.rules())
                .filteredOn(rule -> ids(foreign).contains(rule.id()))
                .hasSameSizeAs(foreign);
    }

    // Somebody else's hand.

    /**
     * What somebody does to a rule behind the operator's back; the mark in its name stays.
     *
     * @param which counted round among the rules
     */
    record Edit(int which, Kind kind, String address, List<RuleAction> actions) {
        enum Kind {
            ACTION,
            SWITCH,
            PRIORITY,
            ADDRESS,
            SECOND_ADDRESS,
            DELETE
        }

        boolean deletes() {
            return kind == Kind.DELETE;
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

    /** Records of a host stay while somebody else's rule uses it. */
    private static Set<String> withoutHostsOfForeignRules(ModelZone zone) {
        Set<String> hosts = new HashSet<>(zone.hosts());
        hosts.removeIf(host -> foreign(zone).stream().map(LiveRule::new).anyMatch(rule -> rule.isUnder(host)));
        return hosts;
    }

    private static boolean foreignMailNeedsRouting(ModelZone zone) {
        return zone.catchAll().enabled() || zone.rules().stream().anyMatch(RoutingRule::enabled);
    }

    // Worlds.

    @Provide
    Arbitrary<ModelZone> anyZones() {
        return Worlds.anyZones();
    }

    @Provide
    Arbitrary<ModelZone> foreignZones() {
        return Worlds.foreignZones();
    }

    @Provide
    Arbitrary<MailDomainSpec> specs() {
        return Worlds.specs();
    }

    @Provide
    Arbitrary<MailDomainSpec> adopting() {
        return Worlds.specs(Arbitraries.just(ConflictPolicy.Adopt), Arbitraries.of(ExistingRecords.values()));
    }

    @Provide
    Arbitrary<MailDomainSpec> refusing() {
        return Worlds.specs(Arbitraries.just(ConflictPolicy.Refuse), Arbitraries.of(ExistingRecords.values()));
    }

    @Provide
    Arbitrary<MailDomainSpec> refusingRecords() {
        return Worlds.specs(Arbitraries.of(ConflictPolicy.values()), Arbitraries.just(ExistingRecords.Refuse));
    }

    @Provide
    Arbitrary<List<MailDomainSpec>> histories() {
        return Worlds.specs().list().ofMinSize(1).ofMaxSize(3);
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
        return Worlds.grants();
    }

    @Provide
    Arbitrary<Ownership> ledgers() {
        return Worlds.ledgers();
    }

    @Provide
    Arbitrary<String> hosts() {
        return Arbitraries.of(ModelZone.DOMAIN, "in.example.com", "notify.example.com");
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of(Edit.Kind.values()),
                        Arbitraries.of(Worlds.ADDRESSES),
                        Worlds.liveActions())
                .as(Edit::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }
}
