package io.maildomain.api.v1alpha1;

/** Which of the two keys for a token won. */
public enum KeyKind {
    /** The token's own key. */
    Split,
    /** The key that both tokens share, CLOUDFLARE_API_TOKEN. */
    Shared
}
