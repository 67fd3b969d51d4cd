package io.maildomain.simulator.faults;

import io.maildomain.simulator.api.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What becomes of a call. */
public sealed interface Outcome {

    /** What is sent; empty: the connection is reset. */
    Optional<Answer> answer();

    /** How long the answer is kept back. */
    Duration delay();

    /** Whether a fault had a hand in it. */
    boolean faulty();

    /** A call that nothing happens to. */
    static Outcome plain(Answer answer) {
        return new Answered(answer, Duration.ZERO, false);
    }

    /** A call that meets a fault; its work is done or not, as the fault says. */
    static Outcome of(Fault fault, Supplier<Answer> work) {
        Answer done = fault.doesItsWork() ? work.get() : Substitutes.unavailable();
        if (fault.reset() != null) {
            return new Reset();
        }
        if (fault.status() != null) {
            return new Answered(Substitutes.of(fault), Duration.ZERO, true);
        }
        if (fault.page() != null) {
            return new Answered(WrongPages.of(fault.page(), done), Duration.ZERO, true);
        }
        return fault.stall() != null
                ? new Answered(done, fault.delay(), true)
                : new Answered(Substitutes.halved(done), Duration.ZERO, true);
    }

    /** An answer is sent, perhaps late. */
    record Answered(Answer sent, Duration delay, boolean faulty) implements Outcome {

        @Override
        public Optional<Answer> answer() {
            return Optional.of(sent);
        }
    }

    /** The connection is closed without one. */
    record Reset() implements Outcome {

        @Override
        public Optional<Answer> answer() {
            return Optional.empty();
        }

        @Override
        public Duration delay() {
            return Duration.ZERO;
        }

        @Override
        public boolean faulty() {
            return true;
        }
    }
}
