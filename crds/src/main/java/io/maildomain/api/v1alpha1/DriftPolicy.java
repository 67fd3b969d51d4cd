package io.maildomain.api.v1alpha1;

/** What to do about changes that others made at Cloudflare. */
public enum DriftPolicy {
    /** Bring them back in line. */
    Correct,
    /** Report them and change nothing. */
    Report
}
