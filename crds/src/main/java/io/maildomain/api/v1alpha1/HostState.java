package io.maildomain.api.v1alpha1;

/** The state of one host's Email Routing records. */
public enum HostState {
    /** The records are there and locked. */
    Ready,
    /** Records are missing. */
    Missing,
    /** MX or SPF records of somebody else are there. */
    Foreign,
    /** Somebody unlocked the records; the operator does not lock them again. */
    Unlocked,
    /** It cannot be seen whether MX or SPF records of somebody else are there; nothing is changed. */
    Unknown
}
