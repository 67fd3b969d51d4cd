package io.maildomain.faults;

/**
 * One thing that goes wrong once.
 *
 * @param clean the phase as it goes without
 * @param trap what goes wrong, and when
 */
record Case(CleanRun clean, Trap trap) {

    Phase phase() {
        return clean.phase();
    }

    @Override
    public String toString() {
        return phase() + ": " + trap;
    }
}
