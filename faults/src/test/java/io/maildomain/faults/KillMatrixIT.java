package io.maildomain.faults;

import io.maildomain.harness.KubeApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The operator, a process of its own, is killed at every call and every write of a clean life. Each case is a test. */
class KillMatrixIT {

    /** So many processes live and die side by side, each for so many places. */
    private static final int GALLOWS = Integer.getInteger("faults.gallows", 2);

    private static final int PLACES_OF_ONE = Integer.getInteger("faults.places.of.one", 4);
    private static final CaseSuite SUITE = new CaseSuite();

    private final KubeApi api = KubeApi.shared();

    @TestFactory
    Stream<DynamicTest> theOperatorIsKilledAtEveryCallAndEveryWrite() {
        WorkerPool<KillRig> gallows = SUITE.closing(new WorkerPool<>(GALLOWS, () -> KillRig.open(api, PLACES_OF_ONE)));
        List<CleanRun> clean = clean();
        List<Map<Phase, Case>> lives = SUITE.kills(clean, WriteSpot::isRecord);
        return SUITE.tests(lives, 100, some -> SUITE.execute(some, gallows, PLACES_OF_ONE, clean));
    }

    private List<CleanRun> clean() {
        try (KillRig gallows = KillRig.open(api, 1)) {
            return CaseSuite.clean(gallows.lives().get(0), Phase.LIFE);
        }
    }

    @AfterAll
    static void end() throws IOException {
        SUITE.close();
    }
}
