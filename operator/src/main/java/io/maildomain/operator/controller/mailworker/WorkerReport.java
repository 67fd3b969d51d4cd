package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.DeploySummary;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ServingVersion;
import io.maildomain.api.v1alpha1.SourceStatus;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.cloudflare.deploy.WorkerDeployment;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.deploy.StepChecks;
import io.maildomain.operator.controller.deploy.Watching;
import io.maildomain.operator.controller.mailworker.plan.Obstacle;
import io.maildomain.operator.controller.mailworker.plan.WorkerDecision;
import io.maildomain.operator.controller.mailworker.plan.WorkerForecast;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what one reconcile of a MailWorker finds and makes the status of it. Lives as long as that reconcile. */
final class WorkerReport {

    private static final List<ConditionType> STEPS = List.of(
            ConditionType.SOURCE_READY,
            ConditionType.CREDENTIALS_VALID,
            ConditionType.TARGETS_READY,
            ConditionType.MIGRATED,
            ConditionType.DEPLOYED,
            ConditionType.TRIGGERS_APPLIED);

    private static final Map<ConditionType, Check> USUAL = Map.of(
            ConditionType.TARGETS_READY,
            Check.yes(ConditionType.TARGETS_READY, Reason.TargetsReady, "all that it needs is there and granted"),
            ConditionType.MIGRATED,
            Check.yes(ConditionType.MIGRATED, Reason.Migrated, "every migration is applied, or there is none"),
            ConditionType.DEPLOYED,
            Check.yes(ConditionType.DEPLOYED, Reason.Deployed, "the version serves"));

    private final MailWorker live;
    private final MailWorkerStatus before;
    private final Instant now;
    private final StepChecks checks = new StepChecks(STEPS, USUAL);

    private @Nullable String account;
    private @Nullable SourceStatus source;
    private @Nullable ServingVersion serving;
    private List<String> pending = List.of();

    WorkerReport(MailWorker live, Instant now) {
        this.live = live;
        this.before = Optional.ofNullable(live.getStatus()).orElse(MailWorkerStatus.ofOwnership(null));
        this.now = now;
        this.account = before.summary() == null ? null : before.summary().account();
        this.source = before.source();
        this.serving = before.serving();
    }

    void credentials(Usable usable) {
        account = usable.accountName();
        checks.holds(ConditionType.CREDENTIALS_VALID, Reason.TokenFound, usable.describe());
    }

    /** @param revision empty where the source has no word for it */
    void source(String digest, String revision) {
        source = new SourceStatus(digest, revision.isEmpty() ? null : revision);
        checks.holds(
                ConditionType.SOURCE_READY, Reason.SourceReady, revision.isEmpty() ? digest : revision + " " + digest);
    }

    /** What serves now. */
    void seen(Observation seen) {
        serving = seen.serving()
                .flatMap(newest -> seen.state().serving().map(version -> serving(version, newest, seen)))
                .orElse(null);
    }

    private static ServingVersion serving(String version, WorkerDeployment newest, Observation seen) {
        return new ServingVersion(version, seen.state().isOurs(version), newest.source(), newest.createdOn());
    }

    /** What decides of Ready, and how soon the next look is worth it. */
    private record Found(Check decisive, Requeue next, Duration notBefore) {}

    /**
     * The plan has come to an end, or to a pause.
     *
     * @param probed what was wrong with the last answer to the probe, as the end of a sentence; empty where nothing was
     */
    ReconcileResult<MailWorkerStatus> decided(WorkerDecision decision, String probed) {
        return result(found(decision, probed));
    }

    /** Nothing may be written: Ready says that watching works, InSync what would be done. */
    ReconcileResult<MailWorkerStatus> watched(WorkerForecast forecast) {
        pending = forecast.describe();
        if (pending.isEmpty()) {
            checks.put(Watching.inSync(found(forecast.end(), "").decisive()));
        } else {
            checks.put(Watching.outOfSync(pending));
            checks.allBefore(ConditionType.MIGRATED);
            checks.unreached(Watching.WAITS);
        }
        return result(new Found(Watching.READY, Requeue.RESYNC, Duration.ZERO));
    }

    private Found found(WorkerDecision decision, String probed) {
        if (decision instanceof WorkerDecision.Done done) {
            return done(done.version());
        }
        if (decision instanceof WorkerDecision.Refused refused) {
            return found(refused.obstacles());
        }
        if (decision instanceof WorkerDecision.Wait wait) {
            checks.allBefore(wait.why().at());
            return new Found(
                    at(wait.why(), ""),
                    Requeue.ONGOING,
                    Duration.between(now, wait.until()).plusMillis(1));
        }
        if (decision instanceof WorkerDecision.Stopped stopped) {
            checks.allBefore(stopped.why().at());
            return new Found(at(stopped.why(), probed), Urgency.of(stopped.why()), Duration.ZERO);
        }
        Obstacle what = ((WorkerDecision.Drifted) decision).what();
        return found(what, what.at());
    }

    private Found found(Obstacle why, ConditionType reached) {
        checks.allBefore(reached);
        return new Found(at(why, ""), Urgency.of(why), Duration.ZERO);
    }

    /** @param reached what comes before it is as it should be */
    ReconcileResult<MailWorkerStatus> refused(Obstacle why, ConditionType reached) {
        return result(found(why, reached));
    }

    ReconcileResult<MailWorkerStatus> refused(List<Obstacle> obstacles) {
        return result(found(obstacles));
    }

    /** All obstacles are said at once, each at its condition; Ready says the first. */
    private Found found(List<Obstacle> obstacles) {
        Map<ConditionType, List<Obstacle>> byType = obstacles.stream().collect(Collectors.groupingBy(Obstacle::at));
        byType.forEach((type, those) -> checks.put(Check.no(
                type,
                those.get(0).reason(),
                those.stream().map(Obstacle::sentence).collect(Collectors.joining("; ")))));
        Check first = checks.first(byType.keySet());
        checks.allBefore(first.type());
        if (!byType.containsKey(ConditionType.MIGRATED)) {
            // What is pending is not run before the rest of it can work.
            checks.remove(ConditionType.MIGRATED);
        }
        Requeue soonest =
                obstacles.stream().map(Urgency::of).reduce(Requeue::sooner).orElse(Requeue.STALLED);
        return new Found(first, soonest, Duration.ZERO);
    }

    /** It ended early. A 429 never changes a condition, nor does a hiccup that of a Worker that is deployed. */
    ReconcileResult<MailWorkerStatus> blocked(Blocked why) {
        boolean told = Conditions.find(before.conditions(), ConditionType.READY)
                .filter(why::isToldBy)
                .isPresent();
        if (why.quiet() || why.isHiccup() && Conditions.hasConverged(live) || told) {
            return ReconcileResult.silent(why);
        }
        checks.put(why.check());
        return result(why.check(), why.requeue(), why.notBefore());
    }

    private Found done(String version) {
        checks.allBefore(ConditionType.TRIGGERS_APPLIED);
        checks.holds(ConditionType.DEPLOYED, Reason.Deployed, "version " + version + " serves");
        checks.holds(
                ConditionType.TRIGGERS_APPLIED,
                Reason.TriggersApplied,
                "what starts the Worker and leads to it is as the spec says");
        return new Found(
                Check.yes(
                        ConditionType.READY,
                        Reason.Ready,
                        live.getSpec().script() + " is deployed: version " + version + " serves"),
                Requeue.RESYNC,
                Duration.ZERO);
    }

    private ReconcileResult<MailWorkerStatus> result(Found found) {
        return result(found.decisive(), found.next(), found.notBefore());
    }

    private Check at(Obstacle why, String addition) {
        String sentence = addition.isEmpty() ? why.sentence() : why.sentence() + " (" + addition + ")";
        Check check = Check.no(why.at(), why.reason(), sentence);
        checks.put(check);
        return check;
    }

    private ReconcileResult<MailWorkerStatus> result(Check decisive, Requeue next, Duration notBefore) {
        long generation = live.getMetadata().getGeneration();
        MailWorkerStatus status = new MailWorkerStatus(
                generation,
                checks.conditions(before.conditions(), decisive, next, generation, now),
                DeploySummary.of(
                        serving == null ? null : serving.id(), source == null ? null : source.digest(), account),
                source,
                serving,
                pending,
                pending.isEmpty() ? null : pending.size(),
                null,
                live.getMetadata().getUid(),
                null);
        return new ReconcileResult<MailWorkerStatus>(status, next, decisive.reason(), notBefore);
    }
}
