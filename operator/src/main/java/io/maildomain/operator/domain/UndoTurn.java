package io.maildomain.operator.domain;

import io.maildomain.operator.outcome.Halt;

/** Whether everything is undone and the finalizer may go. */
sealed interface UndoTurn {

    /** Nothing of ours is left that is to go. */
    record Done() implements UndoTurn {}

    /** Not yet, and why. */
    record Waiting(Halt halt) implements UndoTurn {}
}
