package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import java.time.Duration;

/** What came of asking for a turn with a token. */
public sealed interface Admission {

    /** The turn begins. */
    record Admitted(Turn turn) implements Admission {}

    /**
     * Others come first, or Cloudflare asks us to wait. It says nothing about the resource or the token.
     *
     * @param pause after which to ask again: who does not loses its place
     * @param expected when it is likely to be served
     * @param waited how long it has waited already
     */
    record Waiting(Duration pause, Duration expected, Duration waited, Cause cause) implements Admission {}
}
