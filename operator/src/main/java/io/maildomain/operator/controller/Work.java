package io.maildomain.operator.controller;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What there is to do for a resource.
 *
 * @param domain whose lock is held meanwhile; "" where none is needed
 * @param <T> what it comes to
 */
public record Work<T>(String domain, Supplier<T> steps) {

    /** One at a time works on the domain, of whichever kind. */
    public static <T> Work<T> on(String domain, Supplier<T> steps) {
        return new Work<>(domain, steps);
    }

    /** Concerns no domain, or changes nothing there. */
    public static <T> Work<T> unlocked(Supplier<T> steps) {
        return new Work<>("", steps);
    }

    Work<T> then(UnaryOperator<T> next) {
        return new Work<>(domain, () -> next.apply(steps.get()));
    }
}
