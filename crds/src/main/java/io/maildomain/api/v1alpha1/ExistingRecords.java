package io.maildomain.api.v1alpha1;

/** What to do about MX or SPF records of others on a zone or host that the operator did not create. */
public enum ExistingRecords {
    /** Change nothing and say so. */
    Refuse,
    /** Let Cloudflare replace them. */
    Replace
}
