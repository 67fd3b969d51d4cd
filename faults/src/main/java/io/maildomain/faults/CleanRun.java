package io.maildomain.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * A phase in which nothing went wrong: what every case is made from and compared with.
 *
 * @param calls to Cloudflare that it makes each time, in order
 * @param writes to our resources in the API server that it makes each time, in order; empty where they are not watched
 * @param end how everything stood afterwards
 */
record CleanRun(Phase phase, List<CallSpot> calls, List<WriteSpot> writes, StateSnapshot end) {

    /** Lets a whole life happen and watches, also what the operator writes to the API server where that can be seen. */
    static List<CleanRun> record(Scenario life, List<Phase> phases) {
        String namespace = life.place().namespace();
        List<CleanRun> runs = new ArrayList<>();
        life.begin();
        for (Phase phase : phases) {
            life.gate().ifPresent(gate -> gate.clear(namespace));
            StateSnapshot end = life.watch(phase);
            List<WriteSpot> writes =
                    life.gate().map(gate -> gate.writes(namespace)).orElse(List.of());
            runs.add(new CleanRun(phase, life.calls(), writes, end));
        }
        return runs;
    }

    /**
     * What two runs of the phase have in common. How often a user looks again while he waits depends on the moment: such
     * reads are left out, as long as one of their kind is left; and so are all reads where a sweep may stand in for them. Who writes once more now and then writes twice.
     *
     * @throws IllegalStateException if they differ in more than that
     */
    CleanRun and(CleanRun other) {
        List<String> differences = end.differences(other.end);
        if (!differences.isEmpty()) {
            throw new IllegalStateException(
                    "two clean runs of phase " + phase + " end differently:\n" + String.join("\n", differences));
        }
        List<CallSpot> common = calls.stream().filter(other.calls::contains).toList();
        List<CallSpot> odd = new ArrayList<>(calls);
        odd.addAll(other.calls);
        odd.removeIf(spot -> spot.looksAgain() || common.contains(spot) || phase.maySweep() && spot.reads());
        if (!odd.isEmpty()) {
            throw new IllegalStateException("only one of two clean runs of phase " + phase + " makes the calls " + odd);
        }
        return new CleanRun(
                phase, common, writes.stream().filter(other.writes::contains).toList(), end);
    }
}
