package io.maildomain.api.v1alpha1;

/** What happens to a zone that the operator created when its MailDomain is deleted. */
public enum ZoneDeletionPolicy {
    /** Delete it if its DNS records can be read and are nothing but Email Routing's. */
    DeleteIfUnused,
    /** Delete it. */
    Delete,
    /** Leave it. */
    Retain
}
