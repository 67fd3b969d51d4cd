package io.maildomain.operator.controller.mailworker.plan;

/**
 * Why a deployment is as it is. Each has the name of the constant of {@code Reason} that the status says, and what people read of
 * it stands in {@code docs/contributing/deploy-failures.md}.
 */
public enum DeployReason {
    MainModuleMissing(Stands.SOURCE_READY),
    DeployNotGranted(Stands.TARGETS_READY),
    DatabaseNotFound(Stands.TARGETS_READY),
    BucketNotFound(Stands.TARGETS_READY),
    ProjectNotFound(Stands.TARGETS_READY),
    ZoneNotFound(Stands.TARGETS_READY),
    HostnameTaken(Stands.TARGETS_READY),
    RouteTaken(Stands.TARGETS_READY),
    DestructiveMigration(Stands.MIGRATED),
    UnreadableMigration(Stands.MIGRATED),
    MigrationFailed(Stands.MIGRATED),
    WorkerForeign(Stands.DEPLOYED),
    DeploymentSplit(Stands.DEPLOYED),
    UploadRefused(Stands.DEPLOYED),
    ProbeFailed(Stands.DEPLOYED),
    ProbeFailedAfterMigration(Stands.DEPLOYED),
    Drifted(Stands.DEPLOYED),
    WorkerInUse(Stands.DEPLOYED),
    RollingOut(Stands.DEPLOYED),
    Deployed(Stands.DEPLOYED);

    /** The condition that is not True for it, in the order in which a deployment comes by them. */
    public enum Stands {
        /** The source was read, and holds what is to be deployed. */
        SOURCE_READY,
        /** What the Worker is bound to, and what leads to it, is there and may be used. */
        TARGETS_READY,
        /** The databases are as the source wants them. */
        MIGRATED,
        /** The version that is asked for serves. */
        DEPLOYED,
        /** Schedules, domains and routes are as the spec says. */
        TRIGGERS_APPLIED
    }

    private final Stands at;

    DeployReason(Stands at) {
        this.at = at;
    }

    /** The condition that it stands in the way of, where the obstacle does not say another. */
    public Stands at() {
        return at;
    }
}
