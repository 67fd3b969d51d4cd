package io.maildomain.faults;

import io.maildomain.harness.KubeApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The operator is killed at every call and every write of a life in which two teams attach Mailboxes. Each case is a test. */
class MailboxKillMatrixIT {

    /** One process for all: every other one would see to its CloudflareAccounts too. */
    private static final int PLACES = Integer.getInteger("faults.places.of.mailbox.kills", 8);

    private static final CaseSuite SUITE = new CaseSuite();

    private final KubeApi api = KubeApi.shared();

    @TestFactory
    Stream<DynamicTest> theOperatorIsKilledAtEveryCallAndEveryWriteOfTheLifeOfMailboxes() {
        List<CleanRun> clean = clean();
        List<Map<Phase, Case>> lives = SUITE.kills(clean, WriteSpot::isRecord);
        WorkerPool<KillRig> gallows = SUITE.closing(new WorkerPool<>(1, () -> KillRig.attaching(api, PLACES)));
        return SUITE.tests(lives, 40, some -> SUITE.execute(some, gallows, PLACES, clean));
    }

    private List<CleanRun> clean() {
        try (KillRig gallows = KillRig.attaching(api, 1)) {
            List<CleanRun> clean = CaseSuite.clean(gallows.lives().get(0), Phase.ATTACHES);
            clean.forEach(run -> System.err.printf(
                    "%s: %d calls, %d writes%n",
                    run.phase(), run.calls().size(), run.writes().size()));
            return clean;
        }
    }

    @AfterAll
    static void end() throws IOException {
        SUITE.close();
    }
}
