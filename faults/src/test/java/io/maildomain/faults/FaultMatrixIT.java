package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.KubeApi;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every call to Cloudflare that a clean life makes is hit by everything that can happen to it, and the operator is killed
 * at every call and every write. Each case is a test. A run takes a quarter of them, another one with each {@code
 * -Dfaults.rotation=COMMIT}; {@code -Dfaults.all} takes all, {@code -Dfaults.only=TEXT} those whose name has the text in it.
 */
class FaultMatrixIT {

    /** Most of a case is waiting, so there are more places than processors. */
    private static final int PLACES = Integer.getInteger("faults.places", 6);

    /** So many processes live and die side by side, each for so many places. */
    private static final int GALLOWS = Integer.getInteger("faults.gallows", 2);

    private static final int PLACES_OF_ONE = Integer.getInteger("faults.places.of.one", 4);

    /** What all of them have in common is what every run does. */
    private static final int CLEAN_RUNS = 3;

    private static final Sample SAMPLE = Sample.asAsked();
    private static final String ONLY = System.getProperty("faults.only", "");
    private static final Tally TALLY = new Tally();
    private static final List<Closeable> TO_CLOSE = new ArrayList<>();

    private final KubeApi api = KubeApi.shared();
    private final JsonNode seed = Seed.state();

    @TestFactory
    Stream<DynamicTest> everyCallMeetsEveryFault() {
        Lanes<Place> places = closing(new Lanes<>(PLACES, () -> Place.open(api)));
        List<CleanRun> clean = clean();
        List<Map<Phase, Case>> lives = Stream.of(FaultKind.values())
                .flatMap(kind -> Matrix.lives(clean, run -> faults(run, kind)).stream())
                .toList();
        return tests(
                lives,
                600,
                some -> some.forEach(life -> places.submit(place -> {
                    Trap any = life.values().iterator().next().trap();
                    try (Life resources = life(place, seed, any.callTimeout())) {
                        new LifeRunner(resources, clean, TALLY::tell).run(life);
                    }
                })));
    }

    @TestFactory
    Stream<DynamicTest> theOperatorIsKilledAtEveryCallAndEveryWrite() {
        Lanes<Gallows> gallows = closing(new Lanes<>(GALLOWS, () -> Gallows.open(api, PLACES_OF_ONE)));
        List<CleanRun> clean = cleanWithWrites();
        List<Map<Phase, Case>> lives = Stream.of(Moment.values())
                .flatMap(moment -> Stream.of(
                        Matrix.lives(clean, run -> killsAtCalls(run, moment)),
                        Matrix.lives(clean, run -> killsAtWrites(run, moment))))
                .flatMap(List::stream)
                .toList();
        return tests(lives, 100, some -> {
            for (int i = 0; i < some.size(); i += PLACES_OF_ONE) {
                List<Map<Phase, Case>> together = some.subList(i, Math.min(i + PLACES_OF_ONE, some.size()));
                gallows.submit(place -> new Executions(place, clean, TALLY::tell).run(together));
            }
        });
    }

    /** What all cases are compared with must itself be right. */
    @TestFactory
    Stream<DynamicTest> theCleanLife() {
        List<CleanRun> clean = clean();
        return Stream.of(
                DynamicTest.dynamicTest("leaves everything as it was", () -> {
                    Picture before = Picture.of(Seed.inTheEnd(seed), seed, List.of(), List.of());
                    assertThat(before.differences(
                                    clean.get(Phase.DELETE.ordinal()).end()))
                            .isEmpty();
                }),
                DynamicTest.dynamicTest("touches nothing that is somebody else's", () -> assertThat(clean)
                        .flatExtracting(run -> run.end().lines())
                        .noneMatch(Picture::isTouch)),
                DynamicTest.dynamicTest("writes rules before it deletes any", () -> assertThat(
                                clean.get(Phase.UPDATE.ordinal()).calls())
                        .satisfies(FaultMatrixIT::writesComeBeforeDeletes)));
    }

    /** Where sources about Cloudflare disagree, a life without faults goes well under each reading. */
    @TestFactory
    Stream<DynamicTest> aLifeGoesWellUnderEveryReading() {
        Lanes<Place> places = closing(new Lanes<>(PLACES, () -> Place.open(api)));
        List<Reading> readings = Reading.all();
        Map<Reading, CompletableFuture<List<CleanRun>>> lives = new LinkedHashMap<>();
        for (Reading reading : readings) {
            CompletableFuture<List<CleanRun>> told = new CompletableFuture<>();
            lives.put(reading, told);
            places.submit(place -> {
                JsonNode world = reading.of(seed);
                try (Life life = life(place, world, FaultKind.PATIENT)) {
                    told.complete(CleanRun.record(life));
                } catch (RuntimeException failure) {
                    told.completeExceptionally(failure);
                }
            });
        }
        return lives.entrySet().stream()
                .map(life -> DynamicTest.dynamicTest(life.getKey().toString(), () -> {
                    List<CleanRun> runs = life.getValue().get();
                    Picture before = Picture.of(Seed.inTheEnd(life.getKey().of(seed)), seed, List.of(), List.of());
                    Picture after = runs.get(Phase.DELETE.ordinal()).end();
                    assertThat(life.getKey().apart(before.differences(after))).isEmpty();
                }));
    }

    private static void writesComeBeforeDeletes(List<? extends CallSpot> calls) {
        Set<String> deleted = new HashSet<>();
        for (CallSpot call : calls) {
            if (call.isOfRule() && call.method().equals("DELETE")) {
                deleted.add(call.domain());
            }
            boolean writes = call.isOfRule() && Set.of("POST", "PUT").contains(call.method());
            assertThat(writes && deleted.contains(call.domain()))
                    .as("%s after a rule was deleted", call)
                    .isFalse();
        }
        assertThat(deleted).isNotEmpty();
    }

    private List<CallFault> faults(CleanRun run, FaultKind kind) {
        return SAMPLE.shifted(kind.ordinal())
                .of(run.calls().stream()
                        .filter(kind::fits)
                        .map(call -> new CallFault(call, kind))
                        .toList());
    }

    private List<KillAtCall> killsAtCalls(CleanRun run, Moment moment) {
        return SAMPLE.shifted(moment.ordinal())
                .of(run.calls().stream()
                        .filter(call -> moment == Moment.BEFORE || !call.reads())
                        .map(call -> new KillAtCall(call, moment))
                        .toList());
    }

    private List<KillAtWrite> killsAtWrites(CleanRun run, Moment moment) {
        return SAMPLE.shifted(moment.ordinal())
                .of(run.writes().stream()
                        .filter(write -> moment == Moment.BEFORE || write.isLedger())
                        .map(write -> new KillAtWrite(write, moment))
                        .toList());
    }

    /** @param atLeast so many cases there must be of all: a suite that has lost its cases passes too easily */
    private static Stream<DynamicTest> tests(
            List<Map<Phase, Case>> lives, long atLeast, Consumer<List<Map<Phase, Case>>> start) {
        if (ONLY.isEmpty()) {
            assertThat(Matrix.cases(lives).count()).as("cases").isGreaterThanOrEqualTo(SAMPLE.atLeast(atLeast));
        }
        lives.forEach(life -> life.values().removeIf(test -> !test.toString().contains(ONLY)));
        Matrix.cases(lives).forEach(TALLY::expect);
        start.accept(lives.stream().filter(life -> !life.isEmpty()).toList());
        return Matrix.cases(lives)
                .map(test -> DynamicTest.dynamicTest(test.toString(), () -> {
                    Result result = TALLY.of(test);
                    assertThat(result.differences()).as(result.name()).isEmpty();
                    assertThat(result.verdict())
                            .as(result.name())
                            .isIn(Result.Verdict.CONVERGED, Result.Verdict.IN_DOUBT, Result.Verdict.LEFT_OUT);
                }));
    }

    private List<CleanRun> clean() {
        try (Place place = Place.open(api);
                Life life = life(place, seed, FaultKind.PATIENT)) {
            return common(Stream.generate(() -> CleanRun.record(life)));
        }
    }

    private List<CleanRun> cleanWithWrites() {
        try (Gallows gallows = Gallows.open(api, 1)) {
            Life life = gallows.lives().get(0);
            return common(Stream.generate(() -> CleanRun.record(life, gallows.gate())));
        }
    }

    private static List<CleanRun> common(Stream<List<CleanRun>> clean) {
        List<List<CleanRun>> runs = clean.limit(CLEAN_RUNS).toList();
        return Stream.of(Phase.values())
                .map(phase -> runs.stream()
                        .map(run -> run.get(phase.ordinal()))
                        .reduce(CleanRun::and)
                        .orElseThrow())
                .toList();
    }

    private Life life(Place place, JsonNode world, Duration callTimeout) {
        return new Life(
                place,
                world,
                new Operators(
                        () -> EmbeddedOperator.start(api.config(), place, Pace.flags(place.namespace(), callTimeout))));
    }

    private static <T extends Closeable> T closing(T opened) {
        TO_CLOSE.add(opened);
        return opened;
    }

    @AfterAll
    static void end() throws IOException {
        for (Closeable opened : TO_CLOSE) {
            opened.close();
        }
        System.err.println("sample: " + SAMPLE + "; " + TALLY.summary());
    }
}
