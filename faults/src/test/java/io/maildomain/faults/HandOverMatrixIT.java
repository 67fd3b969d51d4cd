package io.maildomain.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.KubeApi;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * MailDomains are renamed, replaced under their own name, moved to another namespace and gone for good; the operator is killed at
 * every step of it. Each case is a test.
 */
class HandOverMatrixIT {

    /** Each of their lives waits for the time in which a successor may come. */
    private static final int PLACES = Integer.getInteger("faults.places.of.hand.overs", 12);

    /** A successor comes, however long it takes the next operator to start. */
    private static final Duration SUCCESSOR_COMES = Duration.ofMinutes(10);

    /** None comes: so long each life waits for it. Where none of the operators is killed, a successor is there sooner. */
    private static final Duration NO_SUCCESSOR = Duration.ofSeconds(15);

    private static final CaseSuite SUITE = new CaseSuite();

    /** Led once for the whole class. */
    private static List<CleanRun> clean;

    private static JsonNode seed;

    private final KubeApi api = KubeApi.shared();

    @TestFactory
    Stream<DynamicTest> theOperatorIsKilledAtEveryStepOfAHandOver() {
        return kills(Phase::handsOver, SUCCESSOR_COMES, 40);
    }

    @TestFactory
    Stream<DynamicTest> theOperatorIsKilledAtEveryStepOfLeaving() {
        return kills(phase -> phase == Phase.LEAVE, NO_SUCCESSOR, 20);
    }

    private Stream<DynamicTest> kills(Predicate<Phase> deadly, Duration handOver, long atLeast) {
        List<CleanRun> all = clean();
        List<Map<Phase, Case>> lives = SUITE.kills(
                all.stream().filter(run -> deadly.test(run.phase())).toList(), HandOverMatrixIT::isEffective);
        // One process for all, closed before the next: every other one would see to its CloudflareAccounts too.
        WorkerPool<KillRig> gallows = new WorkerPool<>(1, () -> KillRig.withAccounts(api, PLACES, handOver));
        return SUITE.tests(lives, atLeast, some -> SUITE.execute(some, gallows, PLACES, all))
                .onClose(() -> close(gallows));
    }

    private static void close(Closeable gallows) {
        try {
            gallows.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A finalizer that is off lets the resource go: what comes after that must do without it. */
    private static boolean isEffective(WriteSpot write) {
        return write.isRecord() || write.isOfFinalizers();
    }

    @TestFactory
    Stream<DynamicTest> theCleanHandOver() {
        List<CleanRun> all = clean();
        return Stream.of(
                DynamicTest.dynamicTest("a hand-over writes nothing at Cloudflare", () -> assertThat(all)
                        .filteredOn(run -> run.phase().handsOver())
                        .hasSize(3)
                        .allSatisfy(run -> assertThat(run.calls()).isNotEmpty().allMatch(CallSpot::reads))),
                DynamicTest.dynamicTest("the last one leaves everything as it was", () -> {
                    StateSnapshot before = StateSnapshot.of(InitialState.inTheEnd(seed), seed, List.of(), List.of());
                    assertThat(before.differences(
                                    CaseSuite.run(all, Phase.LEAVE).end()))
                            .isEmpty();
                }));
    }

    private List<CleanRun> clean() {
        if (clean == null) {
            try (KillRig calm = KillRig.withAccounts(api, 1, NO_SUCCESSOR)) {
                Scenario life = calm.lives().get(0);
                clean = CaseSuite.clean(life, Phase.HAND_OVERS);
                seed = life.seed();
            }
        }
        return clean;
    }

    @AfterAll
    static void end() throws IOException {
        SUITE.close();
    }
}
