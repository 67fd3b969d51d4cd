package io.maildomain.operator.cloudflare.errors;

/** What a failure means for what happens next. */
public enum FailureKind {
    /** It goes away by itself: try again soon, with back-off. */
    TRANSIENT,
    /** Something outside takes its time (a person, a registrar): ask again, ever slower; no error. */
    WAITING,
    /** It stays until a user changes something: try again slowly. */
    FINAL
}
