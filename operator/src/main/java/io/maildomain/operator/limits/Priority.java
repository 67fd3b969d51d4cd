package io.maildomain.operator.limits;

/** Who is served first while the budget is short. */
public enum Priority {
    /** A change that somebody asked for, and the reads that it needs. */
    CHANGE,
    /** A routine check: may not use the last part of what is there. */
    CHECK
}
