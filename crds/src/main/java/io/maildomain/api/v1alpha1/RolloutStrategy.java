package io.maildomain.api.v1alpha1;

/** How a new version comes to serve. */
public enum RolloutStrategy {
    /** All requests at once. */
    Immediate,
    /** None until it was asked and answered well. */
    Probed
}
