package io.maildomain.api.v1alpha1;

/** How a Worker script, a Pages project or a destination address came to be. */
public enum DeployOrigin {
    /** A call that creates it is about to be made or its answer was lost. */
    Creating,
    /** The operator created it. */
    Created,
    /** It was there before. */
    Adopted
}
