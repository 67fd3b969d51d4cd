package io.maildomain.api.v1alpha1;

/** Where the parent zone sends who asks for a domain. */
public enum DelegationState {
    /** To the zone's name servers, and no others. */
    Complete,
    /** To some of the zone's name servers, or to others besides them. */
    Partial,
    /** To other name servers. */
    Elsewhere,
    /** Nowhere: the parent zone knows no such domain. */
    Absent
}
