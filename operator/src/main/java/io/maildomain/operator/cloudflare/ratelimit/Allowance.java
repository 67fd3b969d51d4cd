package io.maildomain.operator.cloudflare.ratelimit;

import org.jspecify.annotations.Nullable;

/** What one turn may draw from its token's budget, and what it has drawn. Guarded by the lock of its budget. */
public final class Allowance {

    /** Null: outside of any turn. */
    private final @Nullable BudgetGroup group;
    /** Null: outside of any turn. */
    private final @Nullable Applicant applicant;

    private final int granted;
    private int reserved;
    private int used;
    private boolean ended;

    private Allowance(@Nullable BudgetGroup group, @Nullable Applicant applicant, int reserved) {
        this.group = group;
        this.applicant = applicant;
        this.granted = reserved;
        this.reserved = reserved;
    }

    static Allowance of(BudgetGroup group, Applicant applicant, int reserved) {
        return new Allowance(group, applicant, reserved);
    }

    /** For calls outside of any turn: nothing is reserved for them, and each takes what is there. */
    public static Allowance none() {
        return new Allowance(null, null, 0);
    }

    /** The budget that its turn began on; the other one outside of any turn. */
    BudgetGroup groupOr(BudgetGroup other) {
        return group == null ? other : group;
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
