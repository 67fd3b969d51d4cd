package io.maildomain.api.v1alpha1;

/** How the operator came to a zone. */
public enum ZoneOrigin {
    /** A create call is about to be made, or its answer was lost. */
    Creating,
    /** The operator created it. */
    Created,
    /** It was there before; it is never deleted. */
    Adopted
}
