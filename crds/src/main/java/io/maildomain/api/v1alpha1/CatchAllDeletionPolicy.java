package io.maildomain.api.v1alpha1;

/** What happens to the catch-all when its CatchAllRule is deleted. */
public enum CatchAllDeletionPolicy {
    /** Write back what was there before. */
    Restore,
    /** Write Cloudflare's default: drop, disabled. */
    Reset,
    /** Leave it as it is. */
    Retain
}
