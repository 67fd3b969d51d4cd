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
 * What the tokens of one Cloudflare user share, since Cloudflare counts by user: the request budget, the cooldown after a 429, and the
 * queue of those that wait for their turn. Nothing here blocks. Thread-safe.
 */
public final class BudgetGroup {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /** A resource that waits longer comes back after that, to say so. */
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** A check that waits says nothing. */
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(5);

    private final Ticker ticker;
    private final RequestBudget budget;
    private final RateLimitCooldown cooldown;
    private final AdmissionQueue queue = new AdmissionQueue();

    /**
     * What was used up elsewhere.
     *
     * @param requests so many fewer may be sent at once than where none was sent
     * @param cooldown for so long nothing may be sent at all
     */
    record Spent(long requests, Duration cooldown) {}

    /** One that no token has drawn on yet. */
    public BudgetGroup(LimitSettings settings, Ticker ticker) {
        this.ticker = ticker;
        this.budget = new RequestBudget(settings, ticker);
        this.cooldown = new RateLimitCooldown(settings.window());
    }

    /** What its tokens have used up. */
    synchronized Spent spent() {
        return new Spent(budget.spent(), cooldown.remaining(ticker.elapsed()));
    }

    /** A token joins, which has used up so much elsewhere: Cloudflare has counted it. */
    synchronized void takeOver(Spent spent) {
        budget.spend(spent.requests());
        if (!spent.cooldown().isZero()) {
            cooldown.waitFor(spent.cooldown(), ticker.elapsed());
        }
    }

    /** How long nothing may be sent since Cloudflare asked for it. */
    synchronized Duration limited() {
        return cooldown.remaining(ticker.elapsed());
    }

    /** Asks for a turn. One that is served must be followed by {@link #leave}. */
    synchronized Place enter(Applicant applicant) {
        Duration now = ticker.elapsed();
        queue.expire(now);
        Duration limited = cooldown.remaining(now);
        int calls = budget.affordable(applicant.calls());
        boolean asCheck = applicant.serviceClass() == ServiceClass.CHECK && !queue.isOwed(applicant);
        Duration lacking = budget.until(queue.callsBefore(applicant) + calls, asCheck);
        Duration waited = queue.waited(applicant, now);
        if (limited.isZero() && lacking.isZero()) {
            queue.served(applicant);
            budget.reserve(calls);
            return new Served(Allowance.of(this, applicant, calls), waited);
        }
        Duration expected = longest(longest(limited, lacking), SHORTEST);
        Duration pause = shortest(expected, applicant.serviceClass() == ServiceClass.CHECK ? LONGEST_CHECK : LONGEST);
        queue.waits(applicant, now.plus(pause), now);
        return new InLine(pause, expected, waited, limited.isZero() ? Cause.BUDGET : Cause.RATE_LIMITED);
    }

    /** A turn of this budget is over: what it did not need is there for others. */
    synchronized void leave(Allowance allowance) {
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

    /** The same, and how many that would be if none had been sent. */
    synchronized BudgetLevel level() {
        return new BudgetLevel(left(), budget.most());
    }

    /** Asks to send one request. */
    synchronized Permit admit(Allowance allowance) {
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

    /** Cloudflare took a request. */
    synchronized void accepted() {
        cooldown.passed();
    }

    /** Cloudflare answered 429 and asked to wait; at least a second is waited, and at most an hour. */
    synchronized void rateLimited(Duration retryAfter) {
        cooldown.waitFor(longest(retryAfter, SHORTEST), ticker.elapsed());
    }

    /** Cloudflare answered 429 without saying for how long. */
    synchronized void rateLimited() {
        cooldown.waitUnexplained(ticker.elapsed());
    }

    /** See {@link TokenLimits#serverHasLeft(int, Duration)}. */
    synchronized void serverHasLeft(int remaining, Duration reset) {
        if (!budget.serverHasLeft(remaining)) {
            cooldown.waitFor(reset, ticker.elapsed());
        }
    }

    /** The same, where Cloudflare does not say when there will be more: that is when a window has passed. */
    synchronized void serverHasLeft(int remaining) {
        serverHasLeft(remaining, budget.window());
    }

    /** Cloudflare's policy: so many requests in such a window. */
    synchronized void serverAllows(int quota, Duration window) {
        budget.serverAllows(quota, window);
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shortest(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
