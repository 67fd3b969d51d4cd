package io.maildomain.operator.cloudflare.ratelimit;

import org.jspecify.annotations.Nullable;

/** What one turn may draw from its token's budget, and what it has drawn. Guarded by the lock of its limits. */
public final class Allowance {

    /** Null: outside of any turn. */
    private final @Nullable Applicant applicant;

    private final int granted;
    private int reserved;
    private int used;
    private boolean ended;

    private Allowance(@Nullable Applicant applicant, int reserved) {
        this.applicant = applicant;
        this.granted = reserved;
        this.reserved = reserved;
    }

    static Allowance of(Applicant applicant, int reserved) {
        return new Allowance(applicant, reserved);
    }

    /** For calls outside of any turn: nothing is reserved for them, and each takes what is there. */
    public static Allowance none() {
        return new Allowance(null, 0);
    }

    /** Whether the next call is paid already; then it is. */
    boolean drawsReserved() {
        if (reserved == 0) {
            return false;
        }
        reserved--;
        used++;
        return true;
    }

    /** A call was paid that nothing was reserved for. */
    void drewMore() {
        used++;
    }

    /** Whether it may have more than its reservation though others wait. */
    boolean mayGoOn() {
        return applicant != null && used < Applicant.MOST_CALLS;
    }

    /** Whether it ends now, rather than having ended before. */
    boolean ends() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    /** What was reserved and is not needed; none is left after that. */
    int giveBack() {
        int unused = reserved;
        reserved = 0;
        return unused;
    }

    /** How many more calls it took than were reserved for it; negative where it took fewer. */
    int overdrawn() {
        return used - granted;
    }

    /** Null outside of any turn. */
    @Nullable
    Applicant applicant() {
        return applicant;
    }
}
