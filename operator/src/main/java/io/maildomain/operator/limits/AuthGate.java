package io.maildomain.operator.limits;

import io.maildomain.operator.limits.Admission.Ticket;
import java.time.Duration;

/**
 * Closes when Cloudflare refuses the token itself: then one request probes after a pause that doubles, and all others
 * wait, so that three hundred domains do not hammer Cloudflare with a dead token (error 10502). Any request that the
 * token was accepted for opens it. A missing right of a living token never closes it: with one zone out of the token's
 * scope, all other zones go on. A single refusal of a token that worked closes nothing: Cloudflare gives such answers now
 * and then, and only a second one, to a request that was sent after the first was known, confirms it. Guarded by its
 * owner's lock.
 */
final class AuthGate {
    private enum State {
        OPEN,
        /** Refused once after it had worked: requests go on, and the next answer tells. */
        DOUBTED,
        CLOSED,
        PROBING
    }

    private final Duration base;
    private final Duration cap;
    private State state = State.OPEN;
    private boolean worked;
    private long round;
    private Duration pause;
    private Duration until = Duration.ZERO;
    private String detail = "";

    AuthGate(Duration base, Duration cap) {
        this.base = base;
        this.cap = cap;
        this.pause = base;
    }

    /** Zero if a request may be sent, be it as the probe. */
    Duration remaining(Duration now) {
        if (isPassable()) {
            return Duration.ZERO;
        }
        if (state == State.PROBING) {
            return base;
        }
        return now.compareTo(until) >= 0 ? Duration.ZERO : until.minus(now);
    }

    /** The refusal that closed it. */
    String detail() {
        return detail;
    }

    /** Lets a request pass; {@link #remaining} must have been zero. */
    Ticket pass() {
        boolean probe = !isPassable();
        if (probe) {
            state = State.PROBING;
            round++;
        }
        return new Ticket(round, probe);
    }

    /** The token was accepted, whatever else was wrong with the request. */
    void accepted() {
        reopen();
        worked = true;
    }

    /** Somebody has seen to the token: whether it works is not known. */
    void reopen() {
        state = State.OPEN;
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
        if (state == State.OPEN && worked && !severe) {
            state = State.DOUBTED;
            worked = false;
            round++;
            return;
        }
        if (state == State.DOUBTED && (ticket.round() == round || severe)) {
            state = State.OPEN;
        }
        boolean oldNews = state != State.OPEN && !(ticket.probe() && ticket.round() == round);
        if (oldNews && !severe) {
            return;
        }
        pause = severe ? cap : state == State.OPEN ? base : shorter(pause.multipliedBy(2), cap);
        state = State.CLOSED;
        until = now.plus(pause);
        detail = why;
    }

    /**
     * The request says nothing about the token.
     *
     * @param answered whether there was an answer at all: if not, the next request may probe at once
     */
    void inconclusive(Ticket ticket, boolean answered, Duration now) {
        if (state == State.PROBING && ticket.probe() && ticket.round() == round) {
            state = State.CLOSED;
            until = answered ? now.plus(base) : now;
        }
    }

    private boolean isPassable() {
        return state == State.OPEN || state == State.DOUBTED;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
