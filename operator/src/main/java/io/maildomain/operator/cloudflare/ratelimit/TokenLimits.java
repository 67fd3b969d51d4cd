package io.maildomain.operator.cloudflare.ratelimit;

import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Granted;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Held;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Ticket;
import io.maildomain.operator.cloudflare.ratelimit.Place.InLine;
import io.maildomain.operator.cloudflare.ratelimit.Place.Served;
import java.time.Duration;
import java.util.Set;

/**
 * All limits of one token: the cooldown after a 429, the circuit breaker after a refusal, the request budget,
 * and the queue of those that wait for their turn. Nothing here blocks: an applicant or a request is let through, or told how long to wait.
 * Thread-safe.
 */
public final class TokenLimits {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** A resource that waits longer comes back after that, to say so. */
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** A check that waits says nothing. */
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(5);

    private final Ticker ticker;
    private final RequestBudget budget;
    private final RateLimitCooldown cooldown;
    private final TokenCircuitBreaker breaker;
    private final AdmissionQueue queue = new AdmissionQueue();

    public TokenLimits(LimitSettings settings, Ticker ticker) {
        this.ticker = ticker;
        this.budget = new RequestBudget(settings, ticker);
        this.cooldown = new RateLimitCooldown(settings.window());
        this.breaker = new TokenCircuitBreaker(settings.authRetryBase(), settings.authRetryCap());
    }

    /** Asks for a turn. One that is served must be followed by {@link #leave}. */
    public synchronized Place enter(Applicant applicant) {
        Duration now = ticker.elapsed();
        queue.expire(now);
        Duration limited = cooldown.remaining(now);
        if (limited.isZero() && !breaker.remaining(now).isZero()) {
            // What is wrong with the token is said by the call that it holds: that must not wait for a budget.
            queue.leave(applicant.uid());
            return new Served(Allowance.of(applicant, 0), Duration.ZERO);
        }
        int calls = budget.affordable(applicant.calls());
        boolean asCheck = applicant.serviceClass() == ServiceClass.CHECK && !queue.isOwed(applicant);
        Duration lacking = budget.until(queue.callsBefore(applicant) + calls, asCheck);
        Duration waited = queue.waited(applicant, now);
        if (limited.isZero() && lacking.isZero()) {
            queue.served(applicant);
            budget.reserve(calls);
            return new Served(Allowance.of(applicant, calls), waited);
        }
        Duration expected = longest(longest(limited, lacking), SHORTEST);
        Duration pause = shortest(expected, applicant.serviceClass() == ServiceClass.CHECK ? LONGEST_CHECK : LONGEST);
        queue.waits(applicant, now.plus(pause), now);
        return new InLine(pause, expected, waited, limited.isZero() ? Cause.BUDGET : Cause.RATE_LIMITED);
    }

    /** The turn is over: what it did not need is there for others. */
    public synchronized void leave(Allowance allowance) {
        if (!allowance.ends()) {
            return;
        }
        budget.release(allowance.giveBack());
        if (allowance.applicant() != null) {
            queue.took(allowance.applicant(), allowance.overdrawn());
        }
    }

    /** The resource is gone: it does not wait any more. */
    public synchronized void forget(String uid) {
        queue.leave(uid);
    }

    /** The resources that wait for their turn. */
    public synchronized Set<String> waiting() {
        return queue.uids();
    }

    /** How many of the class wait for their turn. */
    public synchronized int waiting(ServiceClass serviceClass) {
        return queue.waiting(serviceClass);
    }

    /** How many requests may be sent at once. */
    public synchronized long left() {
        return cooldown.remaining(ticker.elapsed()).isZero() ? budget.left() : 0;
    }

    /** Asks to send one request. What is granted must be followed by one of the methods that take the ticket. */
    public synchronized Permit admit(Allowance allowance) {
        Duration refused = breaker.remaining(ticker.elapsed());
        if (!refused.isZero() && cooldown.remaining(ticker.elapsed()).isZero()) {
            return new Held(refused, Cause.AUTH_GATE, breaker.detail());
        }
        Permit permit = admitPastBreaker(allowance);
        return permit instanceof Granted ? new Granted(breaker.pass()) : permit;
    }

    /** Asks to send a request that the circuit breaker does not concern: one whose refusal says nothing about the token. */
    public synchronized Permit admitPastBreaker(Allowance allowance) {
        Duration limited = cooldown.remaining(ticker.elapsed());
        if (!limited.isZero()) {
            return new Held(limited, Cause.RATE_LIMITED, "");
        }
        Duration empty = draw(allowance);
        return empty.isZero() ? new Granted(new Ticket(-1, false)) : new Held(empty, Cause.BUDGET, "");
    }

    /** First what was reserved; then, while none waits, what is there; and a bounded number of calls while others wait. */
    private Duration draw(Allowance allowance) {
        if (allowance.drawsReserved()) {
            budget.drawReserved();
            return Duration.ZERO;
        }
        if (!allowance.mayGoOn() && allowance.applicant() != null && !queue.isEmpty()) {
            return SHORTEST;
        }
        Duration empty = allowance.mayGoOn() ? budget.takeInTurn() : budget.take();
        if (empty.isZero()) {
            allowance.drewMore();
        }
        return empty;
    }

    /** Cloudflare accepted the token. */
    public synchronized void accepted() {
        cooldown.passed();
        breaker.accepted();
    }

    /** A user has seen to the token: the next request may be sent at once. */
    public synchronized void reset() {
        breaker.reset();
    }

    /**
     * Cloudflare refused the token itself.
     *
     * @param why in words, for those who wait
     * @param severe whether Cloudflare complains of too many such attempts
     */
    public synchronized void tokenRefused(Ticket ticket, String why, boolean severe) {
        breaker.refused(ticket, why, severe, ticker.elapsed());
    }

    /** The request says nothing about the token; {@code answered} tells whether there was an answer at all. */
    public synchronized void inconclusive(Ticket ticket, boolean answered) {
        breaker.inconclusive(ticket, answered, ticker.elapsed());
    }

    /** Cloudflare answered 429 and asked to wait; at least a second is waited, and at most an hour. */
    public synchronized void rateLimited(Duration retryAfter) {
        cooldown.waitFor(retryAfter.compareTo(SHORTEST) < 0 ? SHORTEST : retryAfter, ticker.elapsed());
    }

    /** Cloudflare answered 429 without saying for how long. */
    public synchronized void rateLimited() {
        cooldown.waitUnexplained(ticker.elapsed());
    }

    /**
     * Cloudflare's own count, after an answer. Once no more than people's reserve is left, nothing is sent until there will
     * be more: the operator would go on at its even pace, and the next user's click would be refused.
     *
     * @param remaining requests that are left to the user
     * @param reset when there will be more
     */
    public synchronized void serverHasLeft(int remaining, Duration reset) {
        if (!budget.serverHasLeft(remaining)) {
            cooldown.waitFor(reset, ticker.elapsed());
        }
    }

    /** The same, where Cloudflare does not say when there will be more: that is when a window has passed. */
    public synchronized void serverHasLeft(int remaining) {
        serverHasLeft(remaining, budget.window());
    }

    /** Cloudflare's policy: so many requests in such a window. */
    public synchronized void serverAllows(int quota, Duration window) {
        budget.serverAllows(quota, window);
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shortest(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
