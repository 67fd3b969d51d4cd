package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.operator.access.DeployGrants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operator as far as the planner knows it: it looks, notes, does and notes, and may die anywhere in between. */
final class ModelDeployer {

    /** More looks than any way to an end takes. */
    private static final int ENOUGH = 400;

    /** @param refused the step that Cloudflare said no to; null where it did all it was asked */
    record Outcome(
            @Nullable WorkerDecision decision, @Nullable DeployStep refused) {}

    private final ModelAccount account;
    private DeployLedger ledger;
    private DeployGrants grants = DeployGrants.everything();
    private ProbeEvidence evidence = ProbeEvidence.NONE;
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private boolean forged;
    private final List<DeployStep> steps = new ArrayList<>();
    private Set<Integer> crashes = Set.of();
    private int moment;
    private boolean wentBack;
    private final Set<String> answered = new HashSet<>();
    private Map<Integer, Consumer<ModelAccount>> others = Map.of();
    private int looks;

    ModelDeployer(ModelAccount account, DeployLedger ledger) {
        this.account = account;
        this.ledger = ledger;
    }

    ModelDeployer(ModelAccount account) {
        this(account, DeployLedger.NOTHING);
    }

    ModelDeployer copy() {
        ModelDeployer copy = new ModelDeployer(account.copy(), ledger);
        copy.grants = grants;
        copy.forged = forged;
        return copy;
    }

    ModelDeployer granted(DeployGrants what) {
        grants = what;
        return this;
    }

    /** A user wrote the ledger. */
    ModelDeployer forged() {
        forged = true;
        return this;
    }

    /** It dies at each of these moments, counted over all runs: before a note, before a call, after it. */
    ModelDeployer crashingAt(Set<Integer> moments) {
        crashes = Set.copyOf(moments);
        moment = 0;
        return this;
    }

    /** Others act before these looks, counted over all runs. */
    ModelDeployer disturbed(Map<Integer, Consumer<ModelAccount>> acts) {
        others = Map.copyOf(acts);
        looks = 0;
        return this;
    }

    ModelAccount account() {
        return account;
    }

    DeployLedger ledger() {
        return ledger;
    }

    /** The steps of the last run, notes and probes among them. */
    List<DeployStep> steps() {
        return steps;
    }

    /** Follows the decisions to an end. */
    Outcome run(WorkerIntent intent) {
        return run(intent, ENOUGH)
                .orElseThrow(
                        () -> new AssertionError("it does not end: " + steps.subList(0, Math.min(60, steps.size()))));
    }

    /** Follows the decisions for so many looks, for then the next spec comes; empty where no end was reached by then. */
    Optional<Outcome> run(WorkerIntent intent, int most) {
        steps.clear();
        account.writes().clear();
        evidence = ProbeEvidence.NONE;
        wentBack = false;
        for (int i = 0; i < most; i++) {
            others.getOrDefault(looks++, untouched -> {}).accept(account);
            WorkerPlan plan = WorkerPlanner.next(intent, account.observe(intent), ledger, grants, evidence, now);
            if (dies()) {
                continue;
            }
            write(plan.ledger());
            WorkerDecision decision = plan.decision();
            if (decision instanceof WorkerDecision.Wait wait) {
                assertThat(wait.until()).isAfter(now);
                now = wait.until();
            } else if (decision instanceof WorkerDecision.Do next) {
                if (dies()) {
                    continue;
                }
                steps.add(next.step());
                try {
                    carryOut(next.step(), intent);
                } catch (ModelAccount.Refusal refusal) {
                    ledger = LedgerChanges.refusedForGood(ledger, next.step());
                    return Optional.of(new Outcome(null, next.step()));
                }
            } else {
                if (decision instanceof WorkerDecision.Done done) {
                    account.found(done.version());
                }
                return Optional.of(new Outcome(decision, null));
            }
        }
        return Optional.empty();
    }

    private void carryOut(DeployStep step, WorkerIntent intent) throws ModelAccount.Refusal {
        if (step instanceof DeployStep.Probe probe) {
            evidence = evidence.and(probe, isGood(probe), now);
            return;
        }
        assertThat(wentBack && others.isEmpty() && step.writes() && !(step instanceof DeployStep.GoBack))
                .as("a version that failed serves no second time: %s", step)
                .isFalse();
        boolean ownWayBack = step instanceof DeployStep.GoBack back && isOf(intent, back);
        DeployStep.Answer answer = account.apply(step, intent, ledger, forged);
        wentBack |= ownWayBack;
        if (!dies()) {
            ledger = LedgerChanges.done(ledger, step, answer);
        }
    }

    private boolean isGood(DeployStep.Probe probe) {
        assertThat(account.current()).as("what is probed can be reached").containsKey(probe.version());
        String digest = account.digest(probe.version());
        if (digest.startsWith("sha256:slow") && !probe.override()) {
            // The old one answers once more.
            return answered.add(probe.version());
        }
        return !digest.startsWith("sha256:bad") && (probe.override() || !digest.startsWith("sha256:late"));
    }

    /** Not one that finishes what an earlier spec began. */
    private boolean isOf(WorkerIntent intent, DeployStep.GoBack back) {
        return ledger.rolloutOf(intent.fingerprint(account.observe(intent)))
                .filter(rollout -> back.previous().equals(rollout.previous()))
                .isPresent();
    }

    private void write(DeployLedger next) {
        if (next.deployed() != null && !next.deployed().equals(ledger.deployed())) {
            account.found(next.deployed().version());
        }
        ledger = next;
    }

    private boolean dies() {
        boolean dead = crashes.contains(moment++);
        if (dead) {
            evidence = ProbeEvidence.NONE;
        }
        return dead;
    }

    /** Undoes what it did. */
    WorkerCleanup cleanUp(DeletionPolicy policy, WorkerIntent last, List<String> users) {
        steps.clear();
        account.writes().clear();
        for (int i = 0; i < ENOUGH; i++) {
            WorkerCleanup cleanup = WorkerCleanup.next(policy, last.script(), account.observe(last), ledger, users);
            if (!(cleanup instanceof WorkerCleanup.Do next)) {
                return cleanup;
            }
            if (dies()) {
                continue;
            }
            try {
                DeployStep.Answer answer = account.apply(next.step(), last, ledger, forged);
                steps.add(next.step());
                if (!dies()) {
                    ledger = LedgerChanges.done(ledger, next.step(), answer);
                }
            } catch (ModelAccount.Refusal refusal) {
                throw new AssertionError(refusal);
            }
        }
        throw new AssertionError("it does not end");
    }

    /** The kinds of steps, as short names. */
    List<String> stepNames() {
        return steps.stream().map(step -> step.getClass().getSimpleName()).toList();
    }
}
