package io.maildomain.api.v1alpha1;

/** What to do about SQL that takes something away. */
public enum DestructiveMigrations {
    /** Apply nothing and deploy nothing. */
    Refuse,
    /** Apply it. */
    Allow
}
