package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.DeployedVersion;
import io.maildomain.api.v1alpha1.ProbeMoment;
import io.maildomain.api.v1alpha1.RestorePoint;
import io.maildomain.api.v1alpha1.RolloutMigration;
import io.maildomain.api.v1alpha1.RolloutOwnership;
import io.maildomain.api.v1alpha1.RolloutStage;
import io.maildomain.api.v1alpha1.TargetOwnership;
import io.maildomain.api.v1alpha1.WorkerOwnership;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Asked;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Deployed;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Origin;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Planned;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Rollout;
import io.maildomain.operator.controller.mailworker.plan.DeployLedger.Stage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Between the ownership record, as the status has it, and the ledger, as the planner reads and writes it. Pure. */
final class LedgerMapper {

    private static final Map<RolloutStage, Stage> STAGES = Map.of(
            RolloutStage.UnderWay, Stage.UNDER_WAY,
            RolloutStage.GoingBack, Stage.GOING_BACK,
            RolloutStage.WentBack, Stage.WENT_BACK,
            RolloutStage.StayedAtZero, Stage.STAYED_AT_ZERO,
            RolloutStage.Stayed, Stage.STAYED);

    private static final Map<ProbeMoment, Asked> MOMENTS = Map.of(
            ProbeMoment.Never, Asked.NEVER,
            ProbeMoment.AtZero, Asked.AT_ZERO,
            ProbeMoment.Afterwards, Asked.AFTERWARDS);

    private static final Map<DeployOrigin, Origin> ORIGINS = Map.of(
            DeployOrigin.Creating, Origin.CREATING,
            DeployOrigin.Created, Origin.CREATED,
            DeployOrigin.Adopted, Origin.ADOPTED);

    private LedgerMapper() {}

    /** The ledger that a record speaks of. */
    static DeployLedger ledger(WorkerOwnership noted) {
        return new DeployLedger(
                noted.notedScript()
                        .map(script -> ORIGINS.getOrDefault(script.origin(), Origin.NOTHING))
                        .orElse(Origin.NOTHING),
                noted.notedDeployed()
                        .map(last -> new Deployed(last.id(), last.fingerprint(), bookmarks(last.restorePoints())))
                        .orElse(null),
                noted.notedRollout().map(LedgerMapper::rollout).orElse(null),
                Set.copyOf(noted.customDomains()),
                Set.copyOf(noted.routes()),
                noted.schedules(),
                noted.notedTriggers().orElse(""));
    }

    private static Rollout rollout(RolloutOwnership noted) {
        return new Rollout(
                noted.fingerprint(),
                noted.notedRetry().orElse(""),
                STAGES.getOrDefault(noted.stage(), Stage.UNDER_WAY),
                noted.previous(),
                noted.version(),
                MOMENTS.getOrDefault(noted.asked(), Asked.NEVER),
                bookmarks(noted.restorePoints()),
                noted.migrations().stream()
                        .map(migration -> new Planned(migration.database(), migration.file()))
                        .toList());
    }

    private static Map<String, String> bookmarks(List<RestorePoint> points) {
        return points.stream()
                .collect(Collectors.toMap(RestorePoint::database, RestorePoint::bookmark, (first, second) -> first));
    }

    /**
     * The record that says what the ledger does.
     *
     * @param before what stood there: when a restore point was taken is kept from there
     * @param now when one that is new was taken
     */
    static WorkerOwnership record(DeployLedger ledger, WorkerOwnership before, String accountId, Instant now) {
        List<RestorePoint> known = Stream.concat(
                        before.notedRollout().stream().flatMap(last -> last.restorePoints().stream()),
                        before.notedDeployed().stream().flatMap(last -> last.restorePoints().stream()))
                .toList();
        return new WorkerOwnership(
                accountId,
                target(ledger.origin()),
                ledger.lastDeployed()
                        .map(last -> new DeployedVersion(
                                last.version(), last.fingerprint(), restorePoints(last.bookmarks(), known, now)))
                        .orElse(null),
                ledger.noted()
                        .map(rollout -> record(rollout, restorePoints(rollout.bookmarks(), known, now)))
                        .orElse(null),
                ledger.domains().stream().sorted().toList(),
                ledger.routes().stream().sorted().toList(),
                ledger.schedules(),
                ledger.triggers().isEmpty() ? null : ledger.triggers());
    }

    private static @Nullable TargetOwnership target(Origin origin) {
        return named(ORIGINS, origin)
                .map(known -> new TargetOwnership(known, null, null))
                .orElse(null);
    }

    private static RolloutOwnership record(Rollout rollout, List<RestorePoint> points) {
        return new RolloutOwnership(
                rollout.fingerprint(),
                rollout.retry().isEmpty() ? null : rollout.retry(),
                named(STAGES, rollout.stage()).orElseThrow(),
                rollout.previous(),
                rollout.version(),
                named(MOMENTS, rollout.asked()).orElseThrow(),
                points,
                rollout.migrations().stream()
                        .map(migration -> new RolloutMigration(migration.database(), migration.file()))
                        .toList());
    }

    private static List<RestorePoint> restorePoints(
            Map<String, String> bookmarks, List<RestorePoint> known, Instant now) {
        return new TreeMap<>(bookmarks)
                .entrySet().stream()
                        .map(entry -> known.stream()
                                .filter(point -> point.database().equals(entry.getKey())
                                        && point.bookmark().equals(entry.getValue()))
                                .findFirst()
                                .orElseGet(() -> RestorePoint.of(
                                        entry.getKey(), entry.getValue(), now.truncatedTo(ChronoUnit.SECONDS))))
                        .toList();
    }

    private static <A, P> Optional<A> named(Map<A, P> names, P value) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
