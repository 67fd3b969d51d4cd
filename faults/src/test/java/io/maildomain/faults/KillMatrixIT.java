package io.maildomain.faults;

import io.maildomain.harness.KubeApi;
import java.io.IOException;
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
        return SUITE.killMatrix(count -> KillRig.open(api, count), GALLOWS, PLACES_OF_ONE, Phase.LIFE, 100);
    }

    @AfterAll
    static void end() throws IOException {
        SUITE.close();
    }
}
