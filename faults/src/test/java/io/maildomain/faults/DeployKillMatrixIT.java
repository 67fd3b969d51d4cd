package io.maildomain.faults;

import io.maildomain.harness.KubeApi;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The operator is killed at every call and every write of a life in which a Worker and a site are deployed. Each case is a test. */
class DeployKillMatrixIT {

    /** One process for all: every other one would see to its CloudflareAccounts too. */
    private static final int PLACES = Integer.getInteger("faults.places.of.deploy.kills", 8);

    private static final CaseSuite SUITE = new CaseSuite();

    private final KubeApi api = KubeApi.shared();

    @TestFactory
    Stream<DynamicTest> theOperatorIsKilledAtEveryCallAndEveryWriteOfADeployment() {
        return SUITE.killMatrix(count -> KillRig.deploying(api, count), 1, PLACES, Phase.DEPLOYS, 80);
    }

    @AfterAll
    static void end() throws IOException {
        SUITE.close();
    }
}
