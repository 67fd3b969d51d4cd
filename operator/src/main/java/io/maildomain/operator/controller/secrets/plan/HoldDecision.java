package io.maildomain.operator.controller.secrets.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done about our finalizer on one Secret. Pure. */
public sealed interface HoldDecision {

    /** Nothing: it is as it should be, or it is too late. */
    record Leave() implements HoldDecision {}

    /** Put it on, before a user deletes the Secret: on one that is being deleted Kubernetes takes no finalizer any more. */
    record Hold() implements HoldDecision {}

    /**
     * The Secret is being deleted and stays a while.
     *
     * @param going what is undone with it; none yet, where others of its folder may follow
     * @param until when it goes at the latest
     */
    record Await(List<String> going, Instant until) implements HoldDecision {

        public Await {
            going = List.copyOf(going);
        }
    }

    /** Take it off. */
    record Release(Cause cause) implements HoldDecision {}

    /** Why a Secret is not held any more. */
    enum Cause {
        /** No resource needs its token. */
        NOT_NEEDED,
        /** Its name is not one that may be held any more. */
        NOT_LISTED,
        /** A user deleted it, and no resource that needs it: so it was meant. */
        DELETED_ON_PURPOSE,
        /** What needs it has not come to an end in the longest time. */
        TOO_LONG
    }

    /**
     * How long a Secret that is being deleted stays.
     *
     * @param grace while no resource that needs it is being deleted: those of its folder or namespace may follow
     * @param longest while some are
     */
    record Limits(Duration grace, Duration longest) {}

    /**
     * A Secret, and who needs it.
     *
     * @param listed whether the installation may hold Secrets of its name
     * @param held whether our finalizer is on it
     * @param deletion since when it is being deleted; null where it is not
     */
    record View(boolean listed, boolean held, @Nullable Instant deletion, List<Need> needs) {

        public View {
            needs = List.copyOf(needs);
        }
    }

    /**
     * Decides by what is there now: nothing is remembered.
     *
     * @param since when this process began to look. While no operator ran nothing could be undone, so that time does not count.
     */
    static HoldDecision of(View secret, Limits limits, Instant since, Instant now) {
        Instant deletion = secret.deletion();
        if (!secret.held()) {
            boolean hold =
                    deletion == null && secret.listed() && !secret.needs().isEmpty();
            return hold ? new Hold() : new Leave();
        }
        if (secret.needs().isEmpty()) {
            return new Release(Cause.NOT_NEEDED);
        }
        if (!secret.listed()) {
            return new Release(Cause.NOT_LISTED);
        }
        if (deletion == null) {
            return new Leave();
        }
        List<String> going =
                secret.needs().stream().filter(Need::going).map(Need::resource).toList();
        Instant from = deletion.isAfter(since) ? deletion : since;
        Instant until = from.plus(going.isEmpty() ? limits.grace() : limits.longest());
        if (now.isBefore(until)) {
            return new Await(going, until);
        }
        return new Release(going.isEmpty() ? Cause.DELETED_ON_PURPOSE : Cause.TOO_LONG);
    }
}
