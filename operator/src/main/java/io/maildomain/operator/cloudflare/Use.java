package io.maildomain.operator.cloudflare;

/** What a read is for: the order in which the request budget serves. Writes are always {@link #CHANGE}. */
public enum Use {
    /** For a change that somebody asked for. */
    CHANGE,
    /** For a routine check: gives way while the budget is short. */
    CHECK
}
