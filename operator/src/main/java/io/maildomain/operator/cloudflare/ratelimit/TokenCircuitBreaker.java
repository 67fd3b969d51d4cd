package io.maildomain.operator.cloudflare.ratelimit;

import io.maildomain.operator.cloudflare.ratelimit.Permit.Ticket;
import java.time.Duration;

/**
 * Opens when Cloudflare refuses the token itself: then one request probes after a pause that doubles, and all others
 * wait, so that three hundred domains do not hammer Cloudflare with a dead token (error 10502). Any request that the
 * token was accepted for closes it. A missing right of a living token never opens it: with one zone out of the token's
 * scope, all other zones go on. A single refusal of a token that worked opens nothing: Cloudflare gives such answers now
 * and then, and only a second one, to a request that was sent after the first was known, confirms it. Guarded by its
 * owner's lock.
 */
final class TokenCircuitBreaker {
    private enum State {
        /** Requests pass. */
        CLOSED,
        /** Refused once after it had worked: requests go on, and the next answer tells. */
        DOUBTED,
        /** Requests wait. */
        OPEN,
        /** One request probes, the others wait. */
        HALF_OPEN
    }

    private final Duration base;
    private final Duration cap;
    private State state = State.CLOSED;
    private boolean worked;
    private long round;
    private Duration pause;
    private Duration until = Duration.ZERO;
    private String detail = "";

    TokenCircuitBreaker(Duration base, Duration cap) {
        this.base = base;
        this.cap = cap;
        this.pause = base;
    }

    /** Zero if a request may be sent, be it as the probe. */
    Duration remaining(Duration now) {
        if (isPassable()) {
            return Duration.ZERO;
        }
        if (state == State.HALF_OPEN) {
            return base;
        }
        return now.compareTo(until) >= 0 ? Duration.ZERO : until.minus(now);
    }

    /** The refusal that opened it. */
    String detail() {
        return detail;
    }

    /** Lets a request pass; {@link #remaining} must have been zero. */
    Ticket pass() {
        boolean probe = !isPassable();
        if (probe) {
            state = State.HALF_OPEN;
            round++;
        }
        return new Ticket(round, probe);
    }

    /** The token was accepted, whatever else was wrong with the request. */
    void accepted() {
        reset();
        worked = true;
    }

    /** A user has seen to the token: whether it works is not known. */
    void reset() {
        state = State.CLOSED;
        worked = false;
        pause = base;
        detail = "";
    }

    /**
     * The token was refused.
     *
     * @param severe Cloudflare complains of too many attempts: the longest pause at once
     */
    void refused(Ticket ticket, String why, boolean severe, Duration now) {
        if (state == State.CLOSED && worked && !severe) {
            state = State.DOUBTED;
            worked = false;
            round++;
            return;
        }
        if (state == State.DOUBTED && (ticket.round() == round || severe)) {
            state = State.CLOSED;
        }
        boolean oldNews = state != State.CLOSED && !(ticket.probe() && ticket.round() == round);
        if (oldNews && !severe) {
            return;
        }
        pause = severe ? cap : state == State.CLOSED ? base : shorter(pause.multipliedBy(2), cap);
        state = State.OPEN;
        until = now.plus(pause);
        detail = why;
    }

    /**
     * The request says nothing about the token.
     *
     * @param answered whether there was an answer at all: if not, the next request may probe at once
     */
    void inconclusive(Ticket ticket, boolean answered, Duration now) {
        if (state == State.HALF_OPEN && ticket.probe() && ticket.round() == round) {
            state = State.OPEN;
            until = answered ? now.plus(base) : now;
        }
    }

    private boolean isPassable() {
        return state == State.CLOSED || state == State.DOUBTED;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
