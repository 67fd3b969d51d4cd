package io.maildomain.api.v1alpha1;

/** Where the zone may come from. */
public enum ZonePolicy {
    /** Use the zone that exists, else create it. */
    CreateOrAdopt,
    /** Create the zone; one that exists already is a conflict. */
    CreateOnly,
    /** Use the zone that exists; never create one. */
    AdoptOnly
}
