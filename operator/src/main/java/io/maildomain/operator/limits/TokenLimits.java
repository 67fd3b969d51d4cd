package io.maildomain.operator.limits;

import io.maildomain.operator.limits.Admission.Cause;
import io.maildomain.operator.limits.Admission.Granted;
import io.maildomain.operator.limits.Admission.Held;
import io.maildomain.operator.limits.Admission.Ticket;
import java.time.Duration;

/**
 * All limits of one token: the quarantine after a 429, the gate after a refusal, the request budget. Nothing here blocks:
 * a request is let through, or told how long to wait. Thread-safe.
 */
public final class TokenLimits {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Ticker ticker;
    private final RequestBudget budget;
    private final Quarantine quarantine;
    private final AuthGate gate;

    public TokenLimits(LimitSettings settings, Ticker ticker) {
        this.ticker = ticker;
        this.budget = new RequestBudget(settings, ticker);
        this.quarantine = new Quarantine(settings.window());
        this.gate = new AuthGate(settings.authRetryBase(), settings.authRetryCap());
    }

    /** Asks to send one request. What is granted must be followed by one of the methods that take the ticket. */
    public synchronized Admission admit(Priority priority) {
        Duration closed = gate.remaining(ticker.elapsed());
        if (!closed.isZero() && quarantine.remaining(ticker.elapsed()).isZero()) {
            return new Held(closed, Cause.AUTH_GATE, gate.detail());
        }
        Admission admission = admitPastGate(priority);
        return admission instanceof Granted ? new Granted(gate.pass()) : admission;
    }

    /** Asks to send a request that the gate does not concern: one whose refusal says nothing about the token. */
    public synchronized Admission admitPastGate(Priority priority) {
        Duration quarantined = quarantine.remaining(ticker.elapsed());
        if (!quarantined.isZero()) {
            return new Held(quarantined, Cause.RATE_LIMITED, "");
        }
        Duration empty = budget.take(priority);
        return empty.isZero() ? new Granted(new Ticket(-1, false)) : new Held(empty, Cause.BUDGET, "");
    }

    /** Cloudflare accepted the token. */
    public synchronized void accepted() {
        quarantine.passed();
        gate.accepted();
    }

    /** Somebody has seen to the token: the next request may be sent at once. */
    public synchronized void reopen() {
        gate.reopen();
    }

    /**
     * Cloudflare refused the token itself.
     *
     * @param why in words, for those who wait
     * @param severe whether Cloudflare complains of too many such attempts
     */
    public synchronized void tokenRefused(Ticket ticket, String why, boolean severe) {
        gate.refused(ticket, why, severe, ticker.elapsed());
    }

    /** The request says nothing about the token; {@code answered} tells whether there was an answer at all. */
    public synchronized void inconclusive(Ticket ticket, boolean answered) {
        gate.inconclusive(ticket, answered, ticker.elapsed());
    }

    /** Cloudflare answered 429 and asked to wait; at least a second is waited, and at most an hour. */
    public synchronized void rateLimited(Duration retryAfter) {
        quarantine.waitFor(retryAfter.compareTo(SHORTEST) < 0 ? SHORTEST : retryAfter, ticker.elapsed());
    }

    /** Cloudflare answered 429 without saying for how long. */
    public synchronized void rateLimited() {
        quarantine.waitUnexplained(ticker.elapsed());
    }

    /**
     * Cloudflare's own count, after an answer.
     *
     * @param remaining requests that are left to the user
     * @param reset when there will be more; with none left, nothing is sent until then
     */
    public synchronized void serverHasLeft(int remaining, Duration reset) {
        budget.serverHasLeft(remaining);
        if (remaining <= 0) {
            quarantine.waitFor(reset, ticker.elapsed());
        }
    }

    /** Cloudflare's policy: so many requests in such a window. */
    public synchronized void serverAllows(int quota, Duration window) {
        budget.serverAllows(quota, window);
    }
}
