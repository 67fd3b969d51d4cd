package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.controller.mailworker.plan.ModelDeployer.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What holds for every intent, every account and every crash. {@link ModelAccount} holds each single step against what must never be.
 */
class WorkerPlannerProperties {

    @Property(tries = 500)
    void followingTheDecisionsEndsAndASecondRunWritesNothing(
            @ForAll("accounts") ModelAccount account, @ForAll("histories") List<WorkerIntent> intents) {
        ModelDeployer operator = new ModelDeployer(account.copy());

        for (WorkerIntent intent : intents) {
            Outcome first = operator.run(intent);
            DeployLedger ledger = operator.ledger();
            Outcome second = operator.run(intent);

            assertThat(second).isEqualTo(first);
            assertThat(operator.ledger()).isEqualTo(ledger);
            // What Cloudflare refused is asked for again: the cause may be gone.
            assertThat(operator.account().writes())
                    .allMatch(step -> step.equals(first.refused()))
                    .hasSizeLessThan(2);
        }
    }

    @Property(tries = 500)
    void crashesAnywhereLeadToTheSameEnd(
            @ForAll("accounts") ModelAccount account,
            @ForAll("histories") List<WorkerIntent> intents,
            @ForAll("moments") Set<Integer> crashes) {
        ModelDeployer undisturbed = new ModelDeployer(account.copy());
        ModelDeployer dying = new ModelDeployer(account.copy()).crashingAt(crashes);

        for (WorkerIntent intent : intents) {
            Outcome expected = undisturbed.run(intent);
            Outcome reached = dying.run(intent);

            assertThat(reached).isEqualTo(expected);
            assertThat(dying.account().picture())
                    .isEqualTo(undisturbed.account().picture());
            assertThat(dying.ledger()).isEqualTo(undisturbed.ledger());
        }
    }

    @Property(tries = 500)
    void aLostStatusUploadsAndMigratesNothingTwice(
            @ForAll("accounts") ModelAccount account, @ForAll("intents") WorkerIntent intent) {
        ModelDeployer operator = new ModelDeployer(account.copy());
        Outcome done = operator.run(intent);
        Assume.that(done.decision() instanceof WorkerDecision.Done);
        String picture = operator.account().picture();

        Outcome again = new ModelDeployer(operator.account()).run(intent);

        assertThat(again).isEqualTo(done);
        assertThat(operator.account().picture()).isEqualTo(picture);
    }

    @Property(tries = 500)
    void whateverOthersDoMeanwhileItEndsAndTakesNothingFromThem(
            @ForAll("accounts") ModelAccount account,
            @ForAll("histories") List<WorkerIntent> intents,
            @ForAll("disturbances") Map<Integer, Consumer<ModelAccount>> acts,
            @ForAll("moments") Set<Integer> crashes) {
        ModelDeployer operator =
                new ModelDeployer(account.copy()).disturbed(acts).crashingAt(crashes);

        for (WorkerIntent intent : intents) {
            operator.run(intent);
            operator.disturbed(Map.of());
            Outcome first = operator.run(intent);

            assertThat(operator.run(intent)).isEqualTo(first);
        }
        assertThat(operator.account().applied("foreign-db")).containsExactly("0001_theirs.sql");
    }

    @Property(tries = 500)
    void whatLeadsToOthersAndWhatOthersLedToTheWorkerStays(
            @ForAll("accounts") ModelAccount account, @ForAll("histories") List<WorkerIntent> intents) {
        Map<String, String> before = account.ofOthers();
        ModelDeployer operator = new ModelDeployer(account.copy());

        intents.forEach(operator::run);
        WorkerIntent last = intents.get(intents.size() - 1);
        operator.cleanUp(DeletionPolicy.Delete, last, List.of());

        assertThat(operator.account().ofOthers()).isEqualTo(before);
    }

    @Property(tries = 500)
    void nothingIsWrittenBeforeARefusal(
            @ForAll("accounts") ModelAccount account,
            @ForAll("histories") List<WorkerIntent> intents,
            @ForAll("grants") DeployGrants grants) {
        ModelDeployer operator = new ModelDeployer(account.copy());

        for (WorkerIntent intent : intents) {
            boolean last = intent == intents.get(intents.size() - 1);
            String before = operator.account().picture();
            Outcome outcome =
                    operator.granted(last ? grants : DeployGrants.everything()).run(intent);

            if (outcome.decision() instanceof WorkerDecision.Refused refused) {
                assertThat(operator.account().picture()).isEqualTo(before);
                assertThat(refused.obstacles()).isNotEmpty();
            }
        }
    }

    @Property(tries = 500)
    void whereThePolicyRefusesAndReportsTheVersionOfOthersServesOn(
            @ForAll("histories") List<WorkerIntent> drawn,
            @ForAll("whens") int when,
            @ForAll("moments") Set<Integer> crashes,
            @ForAll("accounts") ModelAccount account) {
        List<WorkerIntent> intents =
                drawn.stream().map(WorkerPlannerProperties::strict).toList();
        ModelDeployer operator = new ModelDeployer(account.copy()).crashingAt(crashes);
        String[] theirs = {""};
        operator.disturbed(Map.of(when, disturbed -> theirs[0] = disturbed.wranglerDeploys()));

        intents.forEach(operator::run);

        if (!theirs[0].isEmpty()) {
            assertThat(operator.account().current()).isEqualTo(Map.of(theirs[0], 100));
        }
    }

    @Property(tries = 500)
    void whatServesInTheEndIsTheOldVersionOrTheIntendedOne(
            @ForAll("accounts") ModelAccount account, @ForAll("histories") List<WorkerIntent> intents) {
        ModelDeployer operator = new ModelDeployer(account.copy());

        for (WorkerIntent intent : intents) {
            Map<String, Integer> old = operator.account().current();
            List<String> migrated = operator.account().applied("mail-db");
            Outcome outcome = operator.run(intent);

            Optional<String> serving = operator.account().serving();
            if (outcome.decision() instanceof WorkerDecision.Done done) {
                assertThat(serving).contains(done.version());
                assertThat(operator.account().digest(done.version()))
                        .isEqualTo(intent.content().sourceDigest());
            } else if (!(outcome.decision() instanceof WorkerDecision.Stopped)) {
                boolean unmoved = operator.account().current().equals(old);
                boolean onlyTriggersRefused = outcome.refused() instanceof DeployStep.Trigger;
                assertThat(unmoved || onlyTriggersRefused).isTrue();
            }
            boolean wentBack = operator.steps().stream().anyMatch(DeployStep.GoBack.class::isInstance);
            if (wentBack) {
                String before = old.entrySet().stream()
                        .filter(share -> share.getValue() == 100)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
                assertThat(operator.account().current()).isEqualTo(Map.of(before, 100));
                assertThat(operator.account().applied("mail-db")).isEqualTo(migrated);
            }
        }
    }

    @Property(tries = 500)
    void aForgedLedgerEndsAndCostsOthersNothing(
            @ForAll("accounts") ModelAccount account,
            @ForAll("ledgers") DeployLedger forged,
            @ForAll("intents") WorkerIntent intent) {
        ModelDeployer operator = new ModelDeployer(account.copy(), forged).forged();
        Map<String, Integer> before = account.current();

        operator.run(intent);

        if (account.isThere() && intent.conflictPolicy() == ConflictPolicy.Refuse) {
            assertThat(operator.account().current()).isEqualTo(before);
        }
        operator.cleanUp(DeletionPolicy.Delete, intent, List.of());
        assertThat(operator.account().domains().values())
                .filteredOn(ModelAccount.OTHERS::equals)
                .hasSameSizeAs(account.domains().values().stream()
                        .filter(ModelAccount.OTHERS::equals)
                        .toList());
        assertThat(operator.account().routes().values())
                .filteredOn(ModelAccount.OTHERS::equals)
                .hasSameSizeAs(account.routes().values().stream()
                        .filter(ModelAccount.OTHERS::equals)
                        .toList());
        if (account.isThere()) {
            assertThat(operator.account().isThere()).isTrue();
        }
    }

    @Property(tries = 500)
    void undoingTakesBackOnlyWhatWeCreatedAndWaitsForTheRules(
            @ForAll("accounts") ModelAccount account,
            @ForAll("histories") List<WorkerIntent> intents,
            @ForAll("moments") Set<Integer> crashes) {
        ModelDeployer operator = new ModelDeployer(account.copy());
        intents.forEach(operator::run);
        WorkerIntent last = intents.get(intents.size() - 1);
        String before = operator.account().picture();
        boolean ours = operator.account().isThere() && !account.isThere();

        WorkerCleanup retained = operator.copy().cleanUp(DeletionPolicy.Retain, last, List.of());
        WorkerCleanup waiting = operator.cleanUp(DeletionPolicy.Delete, last, List.of("rule a@example.com"));
        assertThat(retained).isInstanceOf(WorkerCleanup.Done.class);
        if (ours) {
            assertThat(waiting).isInstanceOf(WorkerCleanup.Wait.class);
            assertThat(operator.account().picture()).isEqualTo(before);
        }
        WorkerCleanup end = operator.crashingAt(crashes).cleanUp(DeletionPolicy.Delete, last, List.of());

        assertThat(end).isInstanceOf(WorkerCleanup.Done.class);
        assertThat(operator.account().isThere()).isEqualTo(account.isThere());
        assertThat(operator.account().domains()).isEqualTo(account.domains());
        assertThat(operator.account().routes()).isEqualTo(account.routes());
    }

    /** The same, never over what others deployed. */
    private static WorkerIntent strict(WorkerIntent drawn) {
        return DeployArbitraries.intent(
                drawn.content().sourceDigest(),
                drawn.content().databases(),
                drawn.triggers(),
                drawn.probe(),
                ConflictPolicy.Refuse,
                DriftPolicy.Report);
    }

    @Provide
    Arbitrary<ModelAccount> accounts() {
        return DeployArbitraries.accounts();
    }

    @Provide
    Arbitrary<WorkerIntent> intents() {
        return DeployArbitraries.intents();
    }

    @Provide
    Arbitrary<List<WorkerIntent>> histories() {
        return DeployArbitraries.intents().list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<DeployLedger> ledgers() {
        return DeployArbitraries.ledgers();
    }

    @Provide
    Arbitrary<Map<Integer, Consumer<ModelAccount>>> disturbances() {
        return DeployArbitraries.disturbances();
    }

    @Provide
    Arbitrary<Set<Integer>> moments() {
        return Arbitraries.integers().between(0, 60).set().ofMaxSize(12);
    }

    @Provide
    Arbitrary<Integer> whens() {
        return Arbitraries.integers().between(0, 40);
    }

    @Provide
    Arbitrary<DeployGrants> grants() {
        Arbitrary<List<String>> all =
                Arbitraries.frequency(Tuple.of(5, List.of("*")), Tuple.of(1, List.of("mail*", "api.*")));
        return Combinators.combine(all, all, all, all)
                .as((workers, databases, buckets, hostnames) ->
                        new DeployGrants(workers, databases, buckets, List.of(), hostnames, List.of()));
    }
}
