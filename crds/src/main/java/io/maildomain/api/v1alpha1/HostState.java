package io.maildomain.api.v1alpha1;

/** The state of one host's Email Routing records. */
public enum HostState {
    /** The records are there and locked. */
    Ready,
    /** Records are missing. */
    Missing,
    /** MX or SPF records of another mail provider are there. */
    Foreign,
    /** The host routed mail, was switched off since, and has MX records of another mail provider now; it is left off. */
    MovedAway,
    /** A user unlocked the records; the operator does not lock them again. */
    Unlocked,
    /** It cannot be seen whether MX or SPF records of another mail provider are there; nothing is changed. */
    Unknown
}
