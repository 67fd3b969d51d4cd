package io.maildomain.operator.cloudflare.ratelimit;

import java.time.Duration;

/** Whether a request may be sent now. */
public sealed interface Permit {

    /** It may; the ticket is to be handed back with what came of it, whatever that is. */
    record Granted(Ticket ticket) implements Permit {}

    /**
     * It may not.
     *
     * @param pause after which it is worth asking again; positive
     * @param detail what the pause comes from, "" if there is nothing to add
     */
    record Held(Duration pause, Cause cause, String detail) implements Permit {}

    /** Why a request is held. */
    enum Cause {
        /** The budget is used up. */
        BUDGET,
        /** Cloudflare answered 429. */
        RATE_LIMITED,
        /** Cloudflare refused the token. */
        AUTH_GATE
    }

    /**
     * One admitted request.
     *
     * @param round of the circuit breaker in which it was admitted: what an older round says of the token is old news
     * @param probe whether it is the one that finds out if a refused token works again
     */
    record Ticket(long round, boolean probe) {}
}
