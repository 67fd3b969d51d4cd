package io.maildomain.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A phase in which nothing went wrong: what every case is made from and compared with.
 *
 * @param calls to Cloudflare that it makes each time, in order
 * @param writes to our resources in the API server that it makes each time, in order; empty where nobody watches them
 * @param end how everything stood afterwards
 */
record CleanRun(Phase phase, List<CallSpot> calls, List<WriteSpot> writes, Picture end) {

    /** Lets a whole life happen and watches. */
    static List<CleanRun> record(Life life) {
        return record(life, () -> {}, List::of);
    }

    /** The same, with an eye on what the operator writes to the API server. */
    static List<CleanRun> record(Life life, ApiGate gate) {
        String namespace = life.place().namespace();
        return record(life, () -> gate.clear(namespace), () -> gate.writes(namespace));
    }

    private static List<CleanRun> record(Life life, Runnable clear, Supplier<List<WriteSpot>> writes) {
        List<CleanRun> runs = new ArrayList<>();
        life.begin();
        for (Phase phase : Phase.values()) {
            clear.run();
            Picture end = life.watch(phase);
            List<CallSpot> calls = CallSpot.of(life.place().calls(), life.seed());
            runs.add(new CleanRun(phase, calls, writes.get(), end));
        }
        return runs;
    }

    /**
     * What two runs of the phase have in common. How often somebody looks again while he waits depends on the moment: such
     * reads are left out, as long as one of their kind is left. Who writes once more now and then writes twice.
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
        odd.removeIf(spot -> spot.looksAgain() || common.contains(spot));
        if (!odd.isEmpty()) {
            throw new IllegalStateException("only one of two clean runs of phase " + phase + " makes the calls " + odd);
        }
        return new CleanRun(
                phase, common, writes.stream().filter(other.writes::contains).toList(), end);
    }
}
