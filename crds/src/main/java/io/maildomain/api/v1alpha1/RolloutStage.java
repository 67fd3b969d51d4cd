package io.maildomain.api.v1alpha1;

/** How far a rollout is. */
public enum RolloutStage {
    UnderWay,
    /** The probe failed, and the call after which the version before serves is about to be made or its answer was lost. */
    GoingBack,
    /** The version before serves again. */
    WentBack,
    /** The probe failed after migrations, before the new version served. */
    StayedAtZero,
    /** The probe failed after migrations, and the new version serves. */
    Stayed
}
