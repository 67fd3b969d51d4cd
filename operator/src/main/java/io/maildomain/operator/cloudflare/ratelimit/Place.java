package io.maildomain.operator.cloudflare.ratelimit;

import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import java.time.Duration;

/** Where an applicant stands. */
public sealed interface Place {

    /**
     * It is its turn.
     *
     * @param waited how long it has waited for it; zero where it came at once
     */
    record Served(Allowance allowance, Duration waited) implements Place {}

    /**
     * It has to wait.
     *
     * @param pause when it is to ask again, at least a second; who does not come in time loses its place
     * @param expected when it is likely to be served, as far as it can be told now; never sooner than {@code pause}
     * @param waited how long it has waited already
     * @param cause what it waits for
     */
    record InLine(Duration pause, Duration expected, Duration waited, Cause cause) implements Place {}
}
