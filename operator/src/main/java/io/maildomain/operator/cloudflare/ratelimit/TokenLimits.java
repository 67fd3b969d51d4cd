package io.maildomain.operator.cloudflare.ratelimit;

import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Granted;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Held;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Ticket;
import io.maildomain.operator.cloudflare.ratelimit.Place.Served;
import java.time.Duration;

/**
 * All limits of one token: the circuit breaker after a refusal, which is its own, and the budget, which it may share with other tokens of the same
 * user. Nothing here blocks: an applicant or a request is let through, or told how long to wait. Thread-safe.
 */
public final class TokenLimits {

    private final Ticker ticker;
    private final TokenCircuitBreaker breaker;
    private BudgetGroup group;

    /** Of a token that shares its budget with none. */
    public TokenLimits(LimitSettings settings, Ticker ticker) {
        this(settings, ticker, new BudgetGroup(settings, ticker));
    }

    /** @param group whose budget it draws on */
    public TokenLimits(LimitSettings settings, Ticker ticker, BudgetGroup group) {
        this.ticker = ticker;
        this.group = group;
        this.breaker = new TokenCircuitBreaker(settings.authRetryBase(), settings.authRetryCap());
    }

    /** From here on it draws on another budget. Turns that have begun end on the one that they began on. */
    public synchronized void join(BudgetGroup other) {
        if (other != group) {
            other.takeOver(group.spent());
            group = other;
        }
    }

    /** Whose budget it draws on. */
    public synchronized BudgetGroup group() {
        return group;
    }

    /** Asks for a turn. One that is served must be followed by {@link #leave}. */
    public synchronized Place enter(Applicant applicant) {
        if (group.limited().isZero() && !breaker.remaining(ticker.elapsed()).isZero()) {
            // What is wrong with the token is said by the call that it holds: that must not wait for a budget.
            group.forget(applicant.uid());
            return new Served(Allowance.of(group, applicant, 0), Duration.ZERO);
        }
        return group.enter(applicant);
    }

    /** The turn is over: what it did not need is there for others. */
    public void leave(Allowance allowance) {
        allowance.groupOr(group()).leave(allowance);
    }

    /** How many requests may be sent at once. */
    public long left() {
        return group().left();
    }

    /** The same, and how many that would be if none had been sent. */
    public BudgetLevel level() {
        return group().level();
    }

    /** Asks to send one request. What is granted must be followed by one of the methods that take the ticket. */
    public synchronized Permit admit(Allowance allowance) {
        BudgetGroup of = allowance.groupOr(group);
        Duration refused = breaker.remaining(ticker.elapsed());
        if (!refused.isZero() && of.limited().isZero()) {
            return new Held(refused, Cause.AUTH_GATE, breaker.detail());
        }
        Permit permit = of.admit(allowance);
        return permit instanceof Granted ? new Granted(breaker.pass()) : permit;
    }

    /** Asks to send a request that the circuit breaker does not concern: one whose refusal says nothing about the token. */
    public Permit admitPastBreaker(Allowance allowance) {
        return allowance.groupOr(group()).admit(allowance);
    }

    /** Cloudflare accepted the token. */
    public synchronized void accepted() {
        group.accepted();
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
    public void rateLimited(Duration retryAfter) {
        group().rateLimited(retryAfter);
    }

    /** Cloudflare answered 429 without saying for how long. */
    public void rateLimited() {
        group().rateLimited();
    }

    /**
     * Cloudflare's own count, after an answer. Once no more than people's reserve is left, nothing is sent until there will
     * be more: the operator would go on at its even pace, and the next user's click would be refused.
     *
     * @param remaining requests that are left to the user
     * @param reset when there will be more
     */
    public void serverHasLeft(int remaining, Duration reset) {
        group().serverHasLeft(remaining, reset);
    }

    /** The same, where Cloudflare does not say when there will be more: that is when a window has passed. */
    public void serverHasLeft(int remaining) {
        group().serverHasLeft(remaining);
    }

    /** Cloudflare's policy: so many requests in such a window. */
    public void serverAllows(int quota, Duration window) {
        group().serverAllows(quota, window);
    }
}
