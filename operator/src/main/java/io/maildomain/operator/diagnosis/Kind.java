package io.maildomain.operator.diagnosis;

/** What a failure means for what happens next. */
public enum Kind {
    /** It goes away by itself: try again soon, with back-off. */
    TRANSIENT,
    /** Something outside takes its time (a person, a registrar): ask again, ever slower; no error. */
    WAITING,
    /** It stays until somebody changes something: try again slowly. */
    FINAL
}
