package io.maildomain.faults;

import io.maildomain.harness.KubeApi;
import java.io.IOException;
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
        return SUITE.killMatrix(count -> KillRig.attaching(api, count), 1, PLACES, Phase.ATTACHES, 40);
    }

    @AfterAll
    static void end() throws IOException {
        SUITE.close();
    }
}
