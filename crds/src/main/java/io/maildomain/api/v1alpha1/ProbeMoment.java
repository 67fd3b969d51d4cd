package io.maildomain.api.v1alpha1;

/** When a rollout asks its probe. */
public enum ProbeMoment {
    Never,
    /** While the new version serves nothing yet, and again once it serves. */
    AtZero,
    /** Last of all, as nothing leads to the Worker before. */
    Afterwards
}
