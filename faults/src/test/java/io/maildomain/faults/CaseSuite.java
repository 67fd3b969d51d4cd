package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The cases of one class: which of them are taken, what becomes of them, and what is to be closed after them.
 *
 * <p>A run takes a sixth of all cases, another one with each {@code -Dfaults.rotation=COMMIT}; {@code -Dfaults.all} takes all,
 * {@code -Dfaults.only=TEXT} those whose name has the text in it.
 */
final class CaseSuite implements Closeable {

    private static final String ONLY = System.getProperty("faults.only", "");

    /** What all of them have in common is what every run does. */
    private static final int CLEAN_RUNS = 3;

    private final Sample sample = Sample.asAsked();
    private final Tally tally = new Tally();
    private final List<Closeable> toClose = new ArrayList<>();

    /** The clean life: what each of these phases did each time. */
    static List<CleanRun> clean(Scenario life, List<Phase> phases) {
        List<List<CleanRun>> runs = Stream.generate(() -> CleanRun.record(life, phases))
                .limit(CLEAN_RUNS)
                .toList();
        return phases.stream()
                .map(phase -> runs.stream()
                        .map(run -> run(run, phase))
                        .reduce(CleanRun::and)
                        .orElseThrow())
                .toList();
    }

    static CleanRun run(List<CleanRun> clean, Phase phase) {
        return clean.stream().filter(run -> run.phase() == phase).findFirst().orElseThrow();
    }

    /** Those of the items that this run takes, of the list of this number. */
    <T> List<T> sampled(int number, List<T> items) {
        return sample.shifted(number).of(items);
    }

    /** Each call of a clean life that this run takes is hit by each fault that fits it, in as few lives as can be. */
    List<Map<Phase, Case>> faults(List<CleanRun> clean) {
        return Stream.of(FaultKind.values())
                .flatMap(kind -> Matrix.lives(clean, run -> faults(run, kind)).stream())
                .toList();
    }

    private List<CallFault> faults(CleanRun run, FaultKind kind) {
        return sampled(
                kind.ordinal(),
                run.calls().stream()
                        .filter(kind::fits)
                        .map(call -> new CallFault(call, kind))
                        .toList());
    }

    /** Leads each life in the next place that is free. @param life in a place, with that time for a call */
    <P extends Closeable> void lead(
            List<Map<Phase, Case>> lives,
            WorkerPool<P> places,
            List<CleanRun> clean,
            BiFunction<P, Duration, Scenario> life) {
        lives.forEach(cases -> places.submit(place -> {
            FaultInjection any = cases.values().iterator().next().trap();
            try (Scenario resources = life.apply(place, any.callTimeout())) {
                new ScenarioRunner(resources, clean, this::tell).run(cases);
            }
        }));
    }

    /**
     * The operator is killed at each call and write of a life.
     *
     * @param open a rig of so many places
     * @param rigs side by side, each with {@code places}
     */
    Stream<DynamicTest> killMatrix(IntFunction<KillRig> open, int rigs, int places, List<Phase> phases, long atLeast) {
        List<CleanRun> clean;
        try (KillRig calm = open.apply(1)) {
            clean = clean(calm.lives().get(0), phases);
        }
        clean.forEach(run -> System.err.printf(
                "%s: %d calls, %d writes%n",
                run.phase(), run.calls().size(), run.writes().size()));
        // Not before: an operator that is there sees to the CloudflareAccounts of all.
        WorkerPool<KillRig> gallows = closing(new WorkerPool<>(rigs, () -> open.apply(places)));
        return tests(kills(clean, WriteSpot::isRecord), atLeast, some -> execute(some, gallows, places, clean));
    }

    /**
     * The operator is killed before each call and write, and after each that has an effect, in as few lives as can be.
     *
     * @param effective whether something is different after the write
     */
    List<Map<Phase, Case>> kills(List<CleanRun> clean, Predicate<WriteSpot> effective) {
        return Matrix.lives(clean, run -> Stream.of(Timing.values())
                .flatMap(moment -> Stream.concat(
                        killsAtCalls(run, moment).stream(), killsAtWrites(run, moment, effective).stream()))
                .toList());
    }

    private List<KillAtCall> killsAtCalls(CleanRun run, Timing moment) {
        return sampled(
                moment.ordinal(),
                run.calls().stream()
                        .filter(call -> moment == Timing.BEFORE || !call.reads())
                        .map(call -> new KillAtCall(call, moment))
                        .toList());
    }

    private List<KillAtWrite> killsAtWrites(CleanRun run, Timing moment, Predicate<WriteSpot> effective) {
        return sampled(
                moment.ordinal(),
                run.writes().stream()
                        .filter(write -> moment == Timing.BEFORE || effective.test(write))
                        .map(write -> new KillAtWrite(write, moment))
                        .toList());
    }

    /** @param atLeast so many cases there must be of all: a suite that has lost its cases passes too easily */
    Stream<DynamicTest> tests(List<Map<Phase, Case>> lives, long atLeast, Consumer<List<Map<Phase, Case>>> start) {
        if (ONLY.isEmpty()) {
            assertThat(Matrix.cases(lives).count()).as("cases").isGreaterThanOrEqualTo(sample.atLeast(atLeast));
        }
        lives.forEach(life -> life.values().removeIf(test -> !test.toString().contains(ONLY)));
        Matrix.cases(lives).forEach(tally::expect);
        start.accept(lives.stream().filter(life -> !life.isEmpty()).toList());
        return Matrix.cases(lives)
                .map(test -> DynamicTest.dynamicTest(test.toString(), () -> {
                    Result result = tally.of(test);
                    assertThat(result.differences()).as(result.name()).isEmpty();
                    assertThat(result.verdict())
                            .as(result.name())
                            .isIn(Result.Verdict.CONVERGED, Result.Verdict.IN_DOUBT, Result.Verdict.LEFT_OUT);
                }));
    }

    /** Leads lives in groups of as many as there are places for. */
    void execute(List<Map<Phase, Case>> lives, WorkerPool<KillRig> gallows, int places, List<CleanRun> clean) {
        for (int i = 0; i < lives.size(); i += places) {
            List<Map<Phase, Case>> together = lives.subList(i, Math.min(i + places, lives.size()));
            gallows.submit(place -> new KillRunner(place, clean, this::tell).run(together));
        }
    }

    void tell(Result result) {
        tally.tell(result);
    }

    <T extends Closeable> T closing(T opened) {
        toClose.add(opened);
        return opened;
    }

    /** Says what became of the cases. */
    @Override
    public void close() throws IOException {
        for (Closeable opened : toClose) {
            opened.close();
        }
        System.err.println("sample: " + sample + "; " + tally.summary());
    }
}
