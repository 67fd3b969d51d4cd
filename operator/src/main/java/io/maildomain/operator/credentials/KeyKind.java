package io.maildomain.operator.credentials;

/** Which kind of key a surface's token came from. */
public enum KeyKind {
    /** The surface's own key. */
    SPLIT,
    /** The key that both surfaces share. */
    SHARED
}
