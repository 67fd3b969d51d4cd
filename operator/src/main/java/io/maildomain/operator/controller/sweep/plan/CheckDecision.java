package io.maildomain.operator.controller.sweep.plan;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a healthy resource that is due, or that something woke, is compared with Cloudflare. Pure. */
public sealed interface CheckDecision {

    /** By calls of its own. */
    record Own() implements CheckDecision {}

    /** It rests until a sweep wakes it: by sweeps it is compared, as long as they come. */
    sealed interface Rests extends CheckDecision {
        /** For so long at most, whether a sweep comes or not. */
        Duration pause();
    }

    /**
     * By what the last sweep saw.
     *
     * @param pause for how long that is still good
     */
    record Swept(Duration pause) implements Rests {}

    /**
     * By the next sweep; until then only what takes no call is looked at.
     *
     * @param pause until which to wait for it at most
     */
    record Await(Duration pause) implements Rests {}

    /**
     * What is known.
     *
     * @param sweeping whether the account is swept at all
     * @param tokenRefused whether Cloudflare refuses the token: that is to be said by each resource that it serves
     * @param samePlace whether the resource's last own look was with this token, and at this zone; true where there was none
     * @param sameTerms whether it rested on the same besides Cloudflare and the resource itself; true where there was none
     * @param lookedAt when its last own look ended; null where there was none in this process
     * @param well whether that look found all well; true where there was none
     * @param swept when the last sweep that saw its zone began; null where there is none
     * @param since when its account's sweeps were first asked for
     * @param interval from one sweep to the next
     * @param unanswered whether Cloudflare answers neither sweeps nor looks, and another resource has tried lately
     */
    record Known(
            boolean sweeping,
            boolean tokenRefused,
            boolean samePlace,
            boolean sameTerms,
            @Nullable Instant lookedAt,
            boolean well,
            @Nullable Instant swept,
            Instant since,
            Duration interval,
            boolean unanswered) {}

    /**
     * A sweep that began before the resource's own last look proves nothing of what that look left. A resource that no sweep
     * has seen for long looks for itself, and so does one whose terms have changed since its own last look, unless a sweep has
     * seen it since; but not all of them while Cloudflare does not answer.
     */
    static CheckDecision of(Known known, Instant now) {
        if (!known.sweeping() || known.tokenRefused() || !known.samePlace() || !known.well()) {
            return new Own();
        }
        Duration patience = ListWorth.goodFor(known.interval());
        Instant swept = known.swept();
        Instant looked = known.lookedAt();
        if (swept != null && now.isBefore(swept.plus(patience)) && (looked == null || swept.isAfter(looked))) {
            return new Swept(Duration.between(now, swept.plus(patience)));
        }
        Instant trusted = looked == null ? known.since() : looked;
        Instant until = trusted.plus(patience);
        if (now.isBefore(until) && (known.sameTerms() || known.unanswered())) {
            return new Await(Duration.between(now, until));
        }
        return known.unanswered() ? new Await(known.interval()) : new Own();
    }
}
