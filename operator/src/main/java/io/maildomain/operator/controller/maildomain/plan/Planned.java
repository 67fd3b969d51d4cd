package io.maildomain.operator.controller.maildomain.plan;

import java.util.List;

/**
 * One host or rule of a plan: how it stands, and what the plan does for it.
 *
 * @param outcome how it stands before the plan is carried out, and after it where no change serves it
 * @param changes the changes that serve it, the very objects of {@link Plan#changes()}; none where nothing is to be done, or
 *     where it waits for another one
 */
public record Planned<O>(O outcome, List<Change> changes) {

    public Planned {
        changes = List.copyOf(changes);
    }

    /** Nothing is done for it. */
    public static <O> Planned<O> asItIs(O outcome) {
        return new Planned<>(outcome, List.of());
    }

    /** One change serves it. */
    public static <O> Planned<O> by(Change change, O outcome) {
        return new Planned<>(outcome, List.of(change));
    }

    /** Whether it is this very change that serves it; an equal one may serve another. */
    public boolean isServedBy(Change change) {
        return changes.stream().anyMatch(own -> own == change);
    }
}
