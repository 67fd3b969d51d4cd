package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Asked;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Planned;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Rollout;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The way of a rollout that was noted and that nothing stands in the way of: bookmark, migrations, upload, probe, promotion, probe. Pure.
 */
record RolloutProgress(WorkerIntent intent, WorkerState state, DeployLedger ledger, ProbeEvidence probes, Instant now) {

    private static final Duration UNTIL_LISTED = Duration.ofSeconds(2);

    /**
     * Between two good answers of a version that has taken another one's place: where Cloudflare does not have it yet, the old one may
     * have given the first of them.
     */
    private static final Duration UNTIL_EVERYWHERE = Duration.ofSeconds(5);

    /** The migrations that are still to be run, database by database. */
    Stream<Planned> pending() {
        return intent.content().databases().stream().flatMap(database -> TargetCheck.pending(database, state).stream()
                .map(migration -> new Planned(database.name(), migration.name())));
    }

    WorkerPlan next(Rollout rollout) {
        Optional<DeployStep> database = intent.content().databases().stream()
                .flatMap(each -> migrate(each, rollout).stream())
                .findFirst();
        if (database.isPresent()) {
            return step(database.get());
        }
        return state.uploaded(rollout.fingerprint())
                .map(version -> serve(rollout, version))
                .orElseGet(() -> upload(rollout));
    }

    private WorkerPlan upload(Rollout rollout) {
        if (rollout.version() != null) {
            return waiting(now.plus(UNTIL_LISTED), rollout.version(), "Cloudflare does not list it yet");
        }
        return step(
                state.script() == null
                        ? new DeployStep.UploadFirst(rollout.fingerprint())
                        : new DeployStep.UploadVersion(rollout.fingerprint()));
    }

    private Optional<DeployStep> migrate(WorkerIntent.Database database, Rollout rollout) {
        List<Migration> pending = TargetCheck.pending(database, state);
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                rollout.bookmarks().containsKey(database.name())
                        ? new DeployStep.ApplyMigration(database.name(), database.table(), pending.get(0))
                        : new DeployStep.NoteBookmark(database.name()));
    }

    private WorkerPlan serve(Rollout rollout, String version) {
        Asked asked = asked(rollout);
        if (state.serving().filter(version::equals).isEmpty()) {
            return asked == Asked.AT_ZERO
                    ? shadow(rollout, rollout.before().orElseThrow(), version)
                    : step(new DeployStep.Promote(version));
        }
        if (!state.servesOnly(version)) {
            return step(new DeployStep.Promote(version));
        }
        if (asked != Asked.AFTERWARDS) {
            return judge(rollout, version);
        }
        boolean mayTrigger = !TriggerPlanner.wereApplied(intent, ledger) || intent.corrects();
        Optional<DeployStep> trigger = mayTrigger ? TriggerPlanner.next(intent, state, ledger) : Optional.empty();
        return trigger.map(this::step)
                .orElseGet(() -> probed(
                        version,
                        false,
                        Duration.ZERO,
                        new DeployStep.NoteDeployed(version),
                        () -> WorkerPlan.of(
                                ledger,
                                new WorkerDecision.Stopped(
                                        new RolloutObstacle.Probed(version, version, Reason.ProbeFailed, Map.of())))));
    }

    /** Whether the version that serves is good; if not, the one before it serves again. Needs nothing of the source. */
    WorkerPlan judge(Rollout rollout, String version) {
        DeployStep found = new DeployStep.NoteDeployed(version);
        return asked(rollout) == Asked.NEVER
                ? step(found)
                : probed(version, false, UNTIL_EVERYWHERE, found, () -> failed(rollout, false));
    }

    /** The spec's word counts: a user who is in a hurry may take the probe out while it is asked. */
    private Asked asked(Rollout rollout) {
        if (intent.probed().isEmpty()) {
            return Asked.NEVER;
        }
        return rollout.asked() == Asked.AT_ZERO && rollout.before().isPresent() ? Asked.AT_ZERO : Asked.AFTERWARDS;
    }

    private WorkerPlan shadow(Rollout rollout, String previous, String version) {
        Optional<DeployStep> leading =
                intent.probed().flatMap(probe -> TriggerPlanner.leading(probe.host(), intent, state, ledger));
        if (leading.isPresent()) {
            // It leads to the old version first. What starts the Worker is neither what was applied last then, nor what
            // is to be.
            return WorkerPlan.of(ledger.withTriggers(""), leading.get());
        }
        DeployStep.DeployAtZero atZero = new DeployStep.DeployAtZero(previous, version);
        return state.current().equals(atZero.percentages())
                ? probed(version, true, Duration.ZERO, new DeployStep.Promote(version), () -> waitsForHost(
                                previous, version)
                        .orElseGet(() -> failed(rollout, true)))
                : step(atZero);
    }

    /** A host that leads to the Worker since a moment ago may not be there for all yet: its probe says nothing of the version. */
    private Optional<WorkerPlan> waitsForHost(String previous, String version) {
        return intent.probed()
                .map(WorkerIntent.Probe::host)
                .filter(host -> TriggerPlanner.isNew(host, ledger))
                .map(host -> WorkerPlan.of(
                        ledger, new WorkerDecision.Stopped(new RolloutObstacle.HostIsNew(version, previous, host))));
    }

    private WorkerPlan probed(
            String version, boolean override, Duration apart, DeployStep passed, Supplier<WorkerPlan> failed) {
        ProbeEvidence known = probes.isOf(version, override) ? probes : ProbeEvidence.NONE;
        if (known.passedFor(apart)) {
            return step(passed);
        }
        if (known.failures()
                >= intent.probed().map(WorkerIntent.Probe::attempts).orElse(1)) {
            return failed.get();
        }
        Instant next = known.passed() ? known.last().plus(apart) : known.next();
        return now.isBefore(next)
                ? waiting(next, version, "its probe is asked again")
                : step(new DeployStep.Probe(version, override));
    }

    private WorkerPlan failed(Rollout rollout, boolean atZero) {
        return step(
                rollout.hasMigrated(state)
                        ? new DeployStep.NoteStayed(atZero)
                        : new DeployStep.GoBack(rollout.before().orElseThrow()));
    }

    /** What is said of a rollout that failed. */
    Obstacle failure(Rollout rollout) {
        if (rollout.stage() == Stage.STAYED && rollout.migrations().isEmpty()) {
            return new RolloutObstacle.NoWayBack(
                    state.uploaded(rollout.fingerprint()).orElse(""),
                    rollout.before().orElse("the version before"));
        }
        boolean stayed = rollout.stage() == Stage.STAYED || rollout.stage() == Stage.STAYED_AT_ZERO;
        return new RolloutObstacle.Probed(
                state.uploaded(rollout.fingerprint()).orElse(""),
                state.serving().orElse("no version"),
                stayed ? Reason.ProbeFailedAfterMigration : Reason.ProbeFailed,
                stayed ? rollout.bookmarks() : Map.of());
    }

    private WorkerPlan waiting(Instant until, String version, String what) {
        return WorkerPlan.of(ledger, new WorkerDecision.Wait(until, new RolloutObstacle.UnderWay(version, what)));
    }

    private WorkerPlan step(DeployStep step) {
        return WorkerPlan.of(ledger, step);
    }
}
