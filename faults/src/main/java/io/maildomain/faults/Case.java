package io.maildomain.faults;

/**
 * One thing that goes wrong once.
 *
 * @param clean the phase as it goes without
 * @param trap what goes wrong, and when
 */
record Case(CleanRun clean, FaultInjection trap) {

    Phase phase() {
        return clean.phase();
    }

    /** What it means that the moment did not come, in one world after the other. */
    Result.Verdict notMet() {
        return trap.mayBeLeftOut() ? Result.Verdict.LEFT_OUT : Result.Verdict.NOT_MET;
    }

    @Override
    public String toString() {
        return phase() + ": " + trap;
    }
}
