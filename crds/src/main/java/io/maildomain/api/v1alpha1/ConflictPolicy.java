package io.maildomain.api.v1alpha1;

/** What to do about a rule that somebody else made for the same address. */
public enum ConflictPolicy {
    /** Leave it alone and report a conflict. */
    Refuse,
    /** Take it over, and give it back on deletion. */
    Adopt
}
