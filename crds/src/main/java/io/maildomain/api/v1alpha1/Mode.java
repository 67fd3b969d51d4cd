package io.maildomain.api.v1alpha1;

/** Whether the operator acts or only looks. */
public enum Mode {
    /** Bring Cloudflare in line with the spec. */
    Manage,
    /** Say in status what would change, and change nothing. */
    Observe
}
