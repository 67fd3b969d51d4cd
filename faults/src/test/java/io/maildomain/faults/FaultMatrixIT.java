package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.KubeApi;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every call to Cloudflare that a clean life makes is hit by everything that can happen to it. Each case is a test. */
class FaultMatrixIT {

    /** Most of a case is waiting, so there are more places than processors. */
    private static final int PLACES = Integer.getInteger("faults.places", 6);

    private static final CaseSuite SUITE = new CaseSuite();

    /** Led once for the whole class. */
    private static List<CleanRun> clean;

    private final KubeApi api = KubeApi.shared();
    private final JsonNode seed = InitialState.state();

    @TestFactory
    Stream<DynamicTest> everyCallMeetsEveryFault() {
        WorkerPool<Sandbox> places = SUITE.closing(new WorkerPool<>(PLACES, () -> Sandbox.open(api)));
        List<CleanRun> runs = clean();
        return SUITE.tests(
                SUITE.faults(runs),
                600,
                some -> SUITE.lead(some, places, runs, (place, callTimeout) -> life(place, seed, callTimeout)));
    }

    /** What all cases are compared with must itself be right. */
    @TestFactory
    Stream<DynamicTest> theCleanLife() {
        List<CleanRun> runs = clean();
        return Stream.of(
                DynamicTest.dynamicTest("leaves everything as it was", () -> {
                    StateSnapshot before = StateSnapshot.of(InitialState.inTheEnd(seed), seed, List.of(), List.of());
                    assertThat(before.differences(
                                    CaseSuite.run(runs, Phase.DELETE).end()))
                            .isEmpty();
                }),
                DynamicTest.dynamicTest("touches nothing that is another user's", () -> assertThat(runs)
                        .flatExtracting(run -> run.end().lines())
                        .noneMatch(StateSnapshot::isTouch)),
                DynamicTest.dynamicTest("writes rules before it deletes any", () -> assertThat(
                                CaseSuite.run(runs, Phase.UPDATE).calls())
                        .satisfies(FaultMatrixIT::writesComeBeforeDeletes)));
    }

    /** Where sources about Cloudflare disagree, a life without faults goes well under each reading. */
    @TestFactory
    Stream<DynamicTest> aLifeGoesWellUnderEveryReading() {
        WorkerPool<Sandbox> places = SUITE.closing(new WorkerPool<>(PLACES, () -> Sandbox.open(api)));
        List<ApiVariant> readings = ApiVariant.all();
        Map<ApiVariant, CompletableFuture<List<CleanRun>>> lives = new LinkedHashMap<>();
        for (ApiVariant reading : readings) {
            CompletableFuture<List<CleanRun>> told = new CompletableFuture<>();
            lives.put(reading, told);
            places.submit(place -> {
                JsonNode world = reading.of(seed);
                try (Scenario life = life(place, world, FaultKind.PATIENT)) {
                    told.complete(CleanRun.record(life, Phase.LIFE));
                } catch (RuntimeException failure) {
                    told.completeExceptionally(failure);
                }
            });
        }
        return lives.entrySet().stream()
                .map(life -> DynamicTest.dynamicTest(life.getKey().toString(), () -> {
                    List<CleanRun> runs = life.getValue().get();
                    StateSnapshot before =
                            StateSnapshot.of(InitialState.inTheEnd(life.getKey().of(seed)), seed, List.of(), List.of());
                    StateSnapshot after = CaseSuite.run(runs, Phase.DELETE).end();
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

    private List<CleanRun> clean() {
        if (clean == null) {
            try (Sandbox place = Sandbox.open(api);
                    Scenario life = life(place, seed, FaultKind.PATIENT)) {
                clean = CaseSuite.clean(life, Phase.LIFE);
            }
        }
        return clean;
    }

    private Scenario life(Sandbox place, JsonNode world, Duration callTimeout) {
        return new Scenario(
                place,
                world,
                new Operators(
                        () -> EmbeddedOperator.start(api.config(), place, Pace.flags(place.namespace(), callTimeout))));
    }

    @AfterAll
    static void end() throws IOException {
        SUITE.close();
    }
}
