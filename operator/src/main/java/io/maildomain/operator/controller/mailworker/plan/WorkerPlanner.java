package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Asked;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Deployed;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Planned;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Rollout;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From what a MailWorker asks for, what Cloudflare has and what the ledger says we did, to the one step that comes next. Pure. First
 * everything is looked at, then it is noted, then databases, version, rollout and triggers follow, each step decided anew on what is
 * there: after a crash at any point the same end is reached.
 */
public final class WorkerPlanner {

    private final WorkerIntent intent;
    private final WorkerState state;
    private final DeployLedger ledger;
    private final RolloutProgress progress;
    private final WayBack wayBack;
    private final String fingerprint;

    private WorkerPlanner(
            WorkerIntent intent, WorkerState state, DeployLedger ledger, ProbeEvidence probes, Instant now) {
        this.intent = intent;
        this.state = state;
        this.ledger = ledger;
        this.progress = new RolloutProgress(intent, state, ledger, probes, now);
        this.wayBack = new WayBack(intent, state, ledger);
        this.fingerprint = intent.fingerprint(state);
    }

    /**
     * What comes next.
     *
     * @param noted the ledger as the status has it
     * @param probes what was learned of the probe; {@link ProbeEvidence#NONE} after a restart, or to ask anew
     */
    public static WorkerPlan next(
            WorkerIntent intent,
            WorkerState state,
            DeployLedger noted,
            DeployGrants grants,
            ProbeEvidence probes,
            Instant now) {
        WorkerPlanner planner = of(intent, state, noted, probes, now);
        Optional<WorkerPlan> unfinished = planner.unfinished(grants);
        if (unfinished.isPresent()) {
            return unfinished.get();
        }
        List<Obstacle> denied = TargetCheck.grants(intent, grants);
        return denied.isEmpty() ? planner.plan() : WorkerPlan.of(noted, new WorkerDecision.Refused(denied));
    }

    /**
     * What an earlier rollout has left to be finished, which needs nothing of the source: the old version is to serve again, or one
     * that serves is to be judged. Empty where nothing is.
     *
     * @param intent of its contents nothing is looked at
     */
    public static Optional<WorkerPlan> unfinished(
            WorkerIntent intent,
            WorkerState state,
            DeployLedger noted,
            DeployGrants grants,
            ProbeEvidence probes,
            Instant now) {
        return of(intent, state, noted, probes, now).unfinished(grants);
    }

    private static WorkerPlanner of(
            WorkerIntent intent, WorkerState state, DeployLedger noted, ProbeEvidence probes, Instant now) {
        return new WorkerPlanner(intent, state, LedgerChanges.settled(noted, state, intent), probes, now);
    }

    /** What the account does not grant. It is asked first: of what is there nothing is looked at before. */
    public static List<Obstacle> denied(WorkerIntent intent, DeployGrants grants) {
        return TargetCheck.grants(intent, grants);
    }

    /**
     * What comes first, whatever the spec asks for by now: a version that is known to be bad serves, or one that was not found good
     * yet. What replaced the latter unjudged would have nothing to go back to.
     */
    private Optional<WorkerPlan> unfinished(DeployGrants grants) {
        Optional<Rollout> last =
                ledger.noted().filter(rollout -> rollout.isUnfinished() && grants.worker(intent.script()));
        Optional<String> old =
                last.filter(rollout -> rollout.stage() == Stage.GOING_BACK).flatMap(Rollout::before);
        if (old.isPresent()) {
            return old.map(previous -> step(new DeployStep.GoBack(previous)));
        }
        boolean mayAsk = intent.probed().stream().allMatch(probe -> grants.hostname(probe.host()));
        return last.filter(rollout -> mayAsk).flatMap(rollout -> state.uploaded(rollout.fingerprint())
                .filter(state::servesOnly)
                .map(version -> progress.judge(rollout, version)));
    }

    private WorkerPlan plan() {
        Optional<Rollout> rollout = ledger.rolloutOf(fingerprint)
                .filter(known -> !known.stage().isFailed() || known.retry().equals(intent.retry()));
        Optional<Rollout> failed = rollout.filter(known -> known.stage().isFailed());
        if (failed.isPresent()) {
            return decide(new WorkerDecision.Stopped(progress.failure(failed.get())));
        }
        boolean deployed = ledger.isDeployed(fingerprint);
        List<Obstacle> obstacles = Stream.concat(
                        TargetCheck.targets(intent, state).stream(),
                        deployed ? Stream.of() : TargetCheck.migrations(intent, state).stream())
                .toList();
        if (!obstacles.isEmpty()) {
            return refuse(obstacles);
        }
        return ledger.lastDeployed()
                .filter(known -> deployed)
                .map(this::keep)
                .orElseGet(() -> rollOut(rollout.orElse(null)));
    }

    // It is deployed, and is to stay so.

    private WorkerPlan keep(Deployed deployed) {
        Optional<String> serving = state.serving().filter(version -> !state.isSplitByOthers());
        if (serving.isEmpty() || !serving.equals(state.uploaded(fingerprint))) {
            return drifted(deployed);
        }
        Optional<DeployStep> trigger = TriggerPlanner.next(intent, state, ledger);
        if (trigger.isPresent() && TriggerPlanner.wereApplied(intent, ledger) && !intent.corrects()) {
            return decide(new WorkerDecision.Drifted(
                    new RolloutObstacle.TriggersChanged(TriggerPlanner.describe(trigger.get()))));
        }
        if (trigger.isPresent()) {
            return step(trigger.get());
        }
        return decide(progress.pending()
                .findFirst()
                .<WorkerDecision>map(lost ->
                        new WorkerDecision.Drifted(new RolloutObstacle.DatabaseWentBack(lost.database(), lost.file())))
                .orElseGet(() -> new WorkerDecision.Done(serving.get())));
    }

    private WorkerPlan drifted(Deployed deployed) {
        if (!intent.corrects()) {
            return decide(new WorkerDecision.Drifted(othersDeployed(deployed.version())));
        }
        if (state.isOurs(deployed.version())) {
            return step(new DeployStep.PutBack(deployed.version()));
        }
        // The Worker was deleted, and perhaps created anew by others.
        return state.script() == null
                        || intent.adopts()
                        || state.serving().filter(state::isOurs).isPresent()
                ? begin(state.serving().orElse(null))
                : refuse(wayBack.foreignOrSplit());
    }

    // It is to be deployed.

    private WorkerPlan rollOut(@Nullable Rollout rollout) {
        if (state.script() == null) {
            return create(rollout);
        }
        boolean uploaded = rollout != null && rollout.version() != null;
        if (!uploaded && !wayBack.mayDeployIdle()) {
            return refuse(wayBack.foreignOrSplit());
        }
        if (state.isSplitByOthers()) {
            return putBack(rollout).orElseGet(() -> refuse(wayBack.foreignOrSplit()));
        }
        Optional<String> serving = state.serving();
        boolean inPlace = serving.isPresent() && serving.equals(state.uploaded(fingerprint));
        if (rollout == null) {
            return inPlace ? begin(null) : beginOver(serving.orElse(null));
        }
        // Adopt may have been taken back since.
        boolean asBefore = serving.equals(rollout.before()) && serving.stream().allMatch(wayBack::mayReplace);
        return inPlace || asBefore ? goOn(rollout) : interrupted(rollout, serving.orElse(null));
    }

    private WorkerPlan create(@Nullable Rollout rollout) {
        if (rollout == null) {
            return begin(null);
        }
        // It was there, so others have deleted it since.
        Optional<String> gone = Optional.ofNullable(rollout.version()).or(rollout::before);
        if (gone.isEmpty()) {
            return goOn(rollout);
        }
        return intent.corrects() ? begin(null) : decide(new WorkerDecision.Drifted(othersDeployed(gone.get())));
    }

    /** What serves is what there is to go back to. */
    private WorkerPlan beginOver(@Nullable String serving) {
        if (serving == null || wayBack.mayReplace(serving)) {
            return begin(serving);
        }
        return putBack(null).orElseGet(() -> refuse(wayBack.foreignOrSplit()));
    }

    /** Others deployed while our rollout was under way: theirs stands, unless the spec says otherwise. */
    private WorkerPlan interrupted(Rollout rollout, @Nullable String serving) {
        boolean foreign = serving != null && !state.isOurs(serving);
        if (serving == null || foreign && intent.adopts()) {
            return begin(serving);
        }
        Optional<WorkerPlan> back = putBack(rollout);
        if (back.isPresent()) {
            return back.get();
        }
        if (foreign) {
            return refuse(wayBack.foreignOrSplit());
        }
        boolean restarts =
                intent.corrects() && rollout.before().filter(wayBack::isFit).isEmpty();
        return restarts
                ? begin(serving)
                : decide(new WorkerDecision.Drifted(othersDeployed(
                        rollout.before().or(() -> state.uploaded(fingerprint)).orElse(""))));
    }

    private Optional<WorkerPlan> putBack(@Nullable Rollout rollout) {
        return wayBack.putBack(rollout).map(version -> step(new DeployStep.PutBack(version)));
    }

    /** What the rollout before has done to the databases counts for this one, until a version is found good with it. */
    private WorkerPlan begin(@Nullable String previous) {
        Optional<Rollout> earlier = ledger.noted();
        List<Planned> migrations = Stream.concat(
                        earlier.stream()
                                .flatMap(rollout -> rollout.migrations().stream())
                                .filter(state::mayBeApplied),
                        progress.pending())
                .distinct()
                .toList();
        boolean safe = previous != null && wayBack.isFit(previous);
        Asked asked = intent.probed()
                .map(probe -> safe && canLead(probe.host()) ? Asked.AT_ZERO : Asked.AFTERWARDS)
                .orElse(Asked.NEVER);
        return step(new DeployStep.NoteIntent(new Rollout(
                fingerprint,
                intent.retry(),
                Stage.UNDER_WAY,
                previous,
                state.script() == null
                        ? null
                        : ledger.rolloutOf(fingerprint).map(Rollout::version).orElse(null),
                asked,
                earlier.map(Rollout::bookmarks).orElse(Map.of()),
                migrations)));
    }

    private boolean canLead(String host) {
        return state.leadsTo(host, intent.script())
                || TriggerPlanner.leading(host, intent, state, ledger).isPresent();
    }

    private WorkerPlan goOn(Rollout rollout) {
        boolean allNoted = progress.pending().allMatch(rollout.migrations()::contains);
        return allNoted ? progress.next(rollout) : begin(rollout.previous());
    }

    private Obstacle othersDeployed(String expected) {
        return new RolloutObstacle.OthersDeployed(intent.script(), expected, state.current());
    }

    private WorkerPlan refuse(Obstacle obstacle) {
        return refuse(List.of(obstacle));
    }

    private WorkerPlan refuse(List<Obstacle> obstacles) {
        return decide(new WorkerDecision.Refused(obstacles));
    }

    private WorkerPlan decide(WorkerDecision decision) {
        return WorkerPlan.of(ledger, decision);
    }

    private WorkerPlan step(DeployStep step) {
        return WorkerPlan.of(ledger, step);
    }
}
