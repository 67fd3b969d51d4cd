package io.maildomain.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What came of a case.
 *
 * @param differences from the clean run, a line each
 */
record Result(String name, Verdict verdict, Duration took, List<String> differences) {

    /** Which of five. */
    enum Verdict {
        /** In the end everything is as if nothing had gone wrong. */
        CONVERGED,
        /** A zone is kept that cannot be proved to be ours: in doubt it leaks ({@code docs/guides/deletion.md#the-zone}). */
        IN_DOUBT,
        /** A look that was had less often this time, so there was no such call: none of the cases, and counted apart. */
        LEFT_OUT,
        /** The moment did not come though it comes in every run: nothing was tried. */
        NOT_MET,
        /** Something is different in the end. */
        FAILED;

        String describe() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
