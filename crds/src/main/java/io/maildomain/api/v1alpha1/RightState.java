package io.maildomain.api.v1alpha1;

/** What is known of a right of a token. */
public enum RightState {
    /** A write with it succeeded. */
    Granted,
    /** A read with it succeeded, which proves no more. */
    Readable,
    /** Cloudflare refused a call that needs it. */
    Missing,
    /** Nothing tried it yet. */
    Unknown
}
