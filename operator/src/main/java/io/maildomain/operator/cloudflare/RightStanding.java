package io.maildomain.operator.cloudflare;

/** What is known of one right of one token. Only a write proves that a right is there to write with. */
public enum RightStanding {
    /** A write with it succeeded. */
    GRANTED,
    /** A read with it succeeded, which proves no more. */
    READABLE,
    /** Cloudflare refused a call that needs it. */
    MISSING,
    /** No call that needs it was answered yet. */
    UNKNOWN
}
