package io.maildomain.operator.status;

import io.maildomain.operator.cloudflare.errors.FailureKind;

/** How soon a resource is worth another look. */
public enum Requeue {
    /** All is as it should be: the next look is the drift check. */
    RESYNC,
    /** All is as it should be by what a sweep saw: the next sweep wakes it. */
    SWEPT,
    /** Another reconcile works on the same zone: again in a second. */
    CONFLICT,
    /** What is under way goes on at a time that is known. */
    ONGOING,
    /** Others come first at Cloudflare: again when it is likely to be this one's turn. */
    QUEUED,
    /** A user or something outside has to act first; no error. Quickly at first, then ever slower. */
    WAITING,
    /** A failure that time heals: with back-off and jitter. */
    BACKOFF,
    /** A failure that only a change heals; tried slowly, for a right granted at Cloudflare changes nothing here. */
    STALLED;

    /** What a failure at Cloudflare asks for. */
    public static Requeue after(FailureKind failure) {
        return switch (failure) {
            case TRANSIENT -> BACKOFF;
            case WAITING -> WAITING;
            case FINAL -> STALLED;
        };
    }

    /** Whether nothing was found out of the resource, so that it is taken for what it was. */
    public boolean isOfNoFinding() {
        return this == BACKOFF || this == CONFLICT || this == QUEUED;
    }

    /** The requeue that serves both: whichever looks again sooner. */
    public Requeue sooner(Requeue other) {
        if (this == RESYNC) {
            return other;
        }
        if (other == RESYNC) {
            return this;
        }
        return ordinal() <= other.ordinal() ? this : other;
    }
}
