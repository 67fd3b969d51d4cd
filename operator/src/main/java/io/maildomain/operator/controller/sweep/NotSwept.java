package io.maildomain.operator.controller.sweep;

/** A reconcile that goes by a sweep meets what no sweep can tell or do: it ends, and no finding is made of it. */
public final class NotSwept extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What it met. */
    public enum Why {
        /** Something is to be written, or read that no list holds. */
        WORK,
        /** The zone is not in the lists. A list may be older than what it should hold. */
        UNSEEN,
        /** There is no sweep yet to go by. */
        AWAITED
    }

    private final Why why;

    /** A call that is worth a look of the resource's own. */
    public NotSwept(Why why) {
        super("no sweep tells: " + why, null, false, false);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
