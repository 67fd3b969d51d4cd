package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.KubeApi;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Random histories: 200 with {@code -Dfaults.all}, else a sixth of those, as {@link Sample} says; {@code -Dhistories=N -Dseed=S} runs N of them, those of the seeds S, S+1, …, and {@code -Dtimes=T}
 * each of them T times: what happens is drawn, how long it takes is not. One that fails prints its seed and a shortened
 * history.
 */
class HistoriesIT {

    private static final Sample SAMPLE = Sample.asAsked();
    private static final int COUNT = Integer.getInteger("histories", 200 / SAMPLE.every());
    private static final long FIRST = Long.getLong("seed", 1L + SAMPLE.begin() * COUNT);
    private static final int TIMES = Integer.getInteger("times", 1);
    private static final int TOWNS = Integer.getInteger("faults.towns", 5);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration SHRINKING = Duration.ofMinutes(2);
    private static final Duration CALL = Duration.ofSeconds(1);

    private static WorkerPool<HistoryEnvironment> towns;

    private final KubeApi api = KubeApi.shared();
    private final JsonNode seed = InitialState.state(List.of(new Names("")), Kinds.RANDOM);

    @TestFactory
    Stream<DynamicTest> whateverHappensEverythingConvergesAndNobodyIsHarmed() {
        towns = new WorkerPool<>(TOWNS, () -> new HistoryEnvironment(api, this::embedded));
        return LongStream.range(FIRST, FIRST + COUNT)
                .flatMap(number -> LongStream.generate(() -> number).limit(TIMES))
                .mapToObj(number -> DynamicTest.dynamicTest("seed " + number, test(number)))
                .toList()
                .stream();
    }

    /** Begins at once, where there is a free town. */
    private Executable test(long number) {
        CompletableFuture<List<String>> told = new CompletableFuture<>();
        towns.submit(town -> told.complete(result(town, number)));
        return () -> assertThat(told.get()).isEmpty();
    }

    private List<String> result(HistoryEnvironment town, long number) {
        History history = History.of(number);
        List<String> wrong = new HistoryRunner(town, seed, PATIENCE).run(history);
        if (wrong.isEmpty()) {
            return wrong;
        }
        // Said at once, for shortening it may take a while, or end elsewhere.
        System.err.println(history + "\n" + String.join("\n", wrong));
        HistoryRunner quicker = new HistoryRunner(town, seed, PATIENCE.dividedBy(4));
        History shorter = new Shrinking(fewer -> isAlike(wrong, quicker.run(fewer)), SHRINKING).shrink(history);
        return Stream.concat(wrong.stream(), Stream.of(shorter.toString())).toList();
    }

    /** Whether it fails at the same stage: a shortened history must not fail of something else. */
    private static boolean isAlike(List<String> wrong, List<String> other) {
        return !other.isEmpty()
                && other.get(0)
                        .startsWith(wrong.get(0)
                                .substring(0, Math.min(12, wrong.get(0).length())));
    }

    private Operator.Starter embedded(List<Sandbox> places) {
        Sandbox first = places.get(0);
        List<String> both = places.stream().map(Sandbox::namespace).toList();
        return () -> EmbeddedOperator.start(api.config(), first, Pace.histories(String.join(",", both), CALL));
    }

    @AfterAll
    static void end() throws IOException {
        if (towns != null) {
            towns.close();
        }
        System.err.printf("histories: %d, seeds %d to %d%n", COUNT * TIMES, FIRST, FIRST + COUNT - 1);
    }
}
