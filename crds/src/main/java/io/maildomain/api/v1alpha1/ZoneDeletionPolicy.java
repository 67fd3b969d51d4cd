package io.maildomain.api.v1alpha1;

/** What happens to a zone that the operator created when its MailDomain is deleted. */
public enum ZoneDeletionPolicy {
    /** Delete it if it never was active or holds nothing but Email Routing's records. */
    DeleteIfUnused,
    /** Delete it. */
    Delete,
    /** Leave it. */
    Retain
}
