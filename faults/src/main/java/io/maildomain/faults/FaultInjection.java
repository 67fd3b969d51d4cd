package io.maildomain.faults;

import java.time.Duration;

/** Something that goes wrong at one moment of a phase. Prints as that moment and what happens then. */
interface FaultInjection {

    /** Waits for its moment from now on. */
    Set set(Scenario life);

    /** How long the operator waits for an answer of Cloudflare's. */
    Duration callTimeout();

    /** Whether its moment may fail to come though all is well; what comes of every run must not. */
    default boolean mayBeLeftOut() {
        return false;
    }

    /** A trap that was set. */
    interface Set {

        /** Whether its moment has come. */
        boolean sprung();

        /** It is taken away. */
        void clear();
    }
}
