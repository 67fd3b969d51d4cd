package io.maildomain.operator.controller.sweep;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether an account's sweeps have no answer: how soon the next one tries, and which resource may try for itself meanwhile. That
 * Cloudflare does not answer says nothing of a single resource, so they do not all ask. Not thread-safe.
 */
final class Silence {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 16;

    private int failed;
    private boolean unanswered;
    private boolean answered;
    private boolean onlyLists;
    private Instant tried = Instant.MIN;

    /** A sweep ended without an answer. @return how soon the next one may try, at most after the interval */
    Duration sweepFailed(Duration interval) {
        failed++;
        unanswered = true;
        onlyLists = answered;
        Duration again = SHORTEST.multipliedBy(1L << Math.min(failed, MOST_DOUBLINGS));
        return again.compareTo(interval) < 0 ? again : interval;
    }

    /** Whether the last sweep failed. */
    boolean hasFailed() {
        return failed > 0;
    }

    /** A turn of a sweep that goes on. */
    void turnEnded(boolean withoutAnswer) {
        unanswered = withoutAnswer;
    }

    /** A sweep came to its end. */
    void sweepDone() {
        failed = 0;
        unanswered = false;
        answered = false;
        onlyLists = false;
    }

    /** A look of a resource's own had an answer, or none. The next sweep tries as well before all the others look. */
    void looked(boolean hasAnswer) {
        answered = hasAnswer && unanswered;
        onlyLists &= answered;
    }

    /** Whether neither sweeps nor looks have an answer, as far as is known. */
    boolean isComplete() {
        return unanswered && !onlyLists;
    }

    /** Whether a resource has tried within the interval, so that the others can wait. */
    boolean isTried(Instant now, Duration interval) {
        return now.isBefore(tried.plus(interval));
    }

    /** A resource tries for itself. */
    void tries(Instant now) {
        tried = now;
    }
}
