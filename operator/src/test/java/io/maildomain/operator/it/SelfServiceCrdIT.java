package io.maildomain.operator.it;

import io.maildomain.harness.OperatorExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user who deletes the CRDs of Mailboxes and DestinationAddresses, or never installed them, leaves no MailDomain without an operator. */
class SelfServiceCrdIT {

    private static final String DOMAIN = "no-boxes.example";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--mailboxes", "--destination-addresses")
            .withChart(Map.of("mailboxes", Map.of("enabled", true), "destinationAddresses", Map.of("enabled", true)));

    private final Scene scene = new Scene(rig);

    @Test
    void withoutThemMailDomainsAreSeenToAllTheSame() {
        scene.settledZone(DOMAIN);

        scene.mailDomain("boxes", DOMAIN);

        scene.eventuallyReady("boxes");
    }
}
