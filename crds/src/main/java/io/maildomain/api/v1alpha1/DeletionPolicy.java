package io.maildomain.api.v1alpha1;

/** What happens at Cloudflare when a MailDomain is deleted. */
public enum DeletionPolicy {
    /** Undo exactly what the operator did. */
    Delete,
    /** Leave Cloudflare as it is. */
    Retain
}
