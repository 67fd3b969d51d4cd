package io.maildomain.api.v1alpha1;

/** What to do about a rule that another user or tool created for the same address. */
public enum ConflictPolicy {
    /** Leave it as it is and report a conflict. */
    Refuse,
    /** Take it over, and give it back on deletion. */
    Adopt
}
