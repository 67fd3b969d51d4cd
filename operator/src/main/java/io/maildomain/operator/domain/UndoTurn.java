package io.maildomain.operator.domain;

import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.outcome.Pace;
import java.time.Duration;

/** Whether everything is undone and the finalizer may go. */
sealed interface UndoTurn {

    /** Nothing of ours is left that is to go. */
    record Done() implements UndoTurn {}

    /** It is noted elsewhere: the resource may go, and what was done for it is undone later, or passes to somebody. */
    record Departed() implements UndoTurn {}

    /**
     * Nothing is undone for a while: a successor may come.
     *
     * @param look how soon to look whether one has
     */
    record Expecting(Halt halt, Duration look) implements UndoTurn {}

    /** Not yet, and why. */
    record Waiting(Halt halt) implements UndoTurn {

        /** Somebody else is at it, or what it rests on has changed: it starts again at once. */
        static final UndoTurn BUSY = new Waiting(new Halt(
                ConditionType.READY,
                Check.Status.UNKNOWN,
                "Busy",
                "another reconcile works on this zone",
                Pace.BUSY,
                Duration.ZERO,
                true));
    }
}
