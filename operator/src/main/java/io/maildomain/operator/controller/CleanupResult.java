package io.maildomain.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether everything is undone and the finalizer may go. */
public sealed interface CleanupResult {

    /** Nothing of ours is left that is to go. */
    record Done() implements CleanupResult {}

    /** It is noted elsewhere: the resource may go, and what was done for it is undone later, or passes to a successor. */
    record Departed() implements CleanupResult {}

    /**
     * Nothing is undone for a while: a successor may come.
     *
     * @param look how soon to look whether one has
     */
    record Expecting(Blocked why, Duration look) implements CleanupResult {

        private static final Duration JUST_NOW = Duration.ofSeconds(3);
        private static final Duration SOON = Duration.ofMillis(100);
        private static final Duration LATER = Duration.ofSeconds(2);

        /**
         * The watch that would show a successor does not show this deletion yet. It is milliseconds behind as a rule; one that was
         * interrupted comes back some seconds later.
         */
        public static Expecting unseen(HasMetadata going, Instant now) {
            Instant deleted = Instant.parse(going.getMetadata().getDeletionTimestamp());
            return new Expecting(Waiting.CONFLICT.why(), now.isBefore(deleted.plus(JUST_NOW)) ? SOON : LATER);
        }
    }

    /** Not yet, and why. */
    record Waiting(Blocked why) implements CleanupResult {

        /** Another reconcile works on the domain, or what this one rests on has changed: it starts again in a second. */
        public static final Waiting CONFLICT = new Waiting(new Blocked(
                ConditionType.READY,
                Check.Status.UNKNOWN,
                Reason.Busy,
                "another reconcile works on this zone",
                Requeue.CONFLICT,
                Duration.ZERO,
                true));

        /** Others come first at Cloudflare: it looks again after the pause. */
        public static Waiting queued(Duration pause) {
            return new Waiting(new Blocked(
                    ConditionType.READY,
                    Check.Status.UNKNOWN,
                    Reason.WaitingForBudget,
                    "waits for its turn at Cloudflare",
                    Requeue.QUEUED,
                    pause,
                    true));
        }
    }

    /** Why the finalizer has to stay; empty where it may go. */
    default Optional<Blocked> blocked() {
        if (this instanceof Waiting waiting) {
            return Optional.of(waiting.why());
        }
        return this instanceof Expecting expecting ? Optional.of(expecting.why()) : Optional.empty();
    }
}
