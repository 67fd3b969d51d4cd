package io.maildomain.api.v1alpha1;

/** Which of the two keys of a surface won. */
public enum KeyKind {
    /** The surface's own key. */
    Split,
    /** The key that all surfaces share, CLOUDFLARE_API_TOKEN. */
    Shared
}
