package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.DelegationState;
import io.maildomain.api.v1alpha1.DelegationStatus;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.operator.dns.ScriptedNameServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A domain on its way to Cloudflare, as the world sees it. */
class SeenOutsideIT {

    private static final ScriptedNameServer DNS = new ScriptedNameServer().mayBeRememberedFor(Duration.ofSeconds(1));
    private static final String NAME = "xn--bcher-kva.com";

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=1s", "--dns-resolver=" + DNS.hostAndPort());

    private final Scene scene = new Scene(rig);

    @AfterAll
    static void stop() {
        DNS.close();
    }

    @Test
    void theStatusFollowsTheDomainFromTheOldNameServersToDeliverableMail() {
        DNS.says("com", "NS", "a.gtld.example")
                .delegates(NAME, "ns2.old.example", "ns1.old.example")
                .says(NAME, "DS", "12345 13 2 " + "ab".repeat(32));
        scene.destination(TEAM);
        scene.mailDomain("books", NAME, rulesOf(forward("a@" + NAME, TEAM)));

        scene.eventuallyDomain("books", status -> status.isNotReadyBecause("ZonePending")
                .says("Ready", "com still delegates to ns1.old.example and ns2.old.example; DS 12345 must go first")
                .says("Ready", "xn--bcher-kva.com (bücher.com)")
                .has("MailDeliverable", "False"));
        assertThat(delegation())
                .isEqualTo(new DelegationStatus(
                        DelegationState.Elsewhere,
                        "com",
                        List.of("ns1.old.example", "ns2.old.example"),
                        List.of("12345")));

        assertThat(scene.mailDomain("books").getStatus().summary().unicodeDomain())
                .isEqualTo("bücher.com");

        List<String> servers = scene.mailDomain("books").getStatus().zone().nameServers();
        DNS.delegates(NAME, servers.toArray(String[]::new))
                .saysNothing(NAME, "DS")
                .says(NAME, "MX", "10 route1.mx.cloudflare.net.", "20 route2.mx.cloudflare.net.")
                .says(NAME, "TXT", "\"v=spf1 include:_spf.mx.cloudflare.net ~all\"")
                .says("_spf.mx.cloudflare.net", "TXT", "\"v=spf1 ip4:104.30.0.0/20 ~all\"")
                .says("_dmarc." + NAME, "TXT", "\"v=DMARC1; p=reject\"");
        rig.control().activate(NAME);

        scene.eventuallyDomain(
                "books",
                status -> status.isReady().has("MailDeliverable", "True").says("MailDeliverable", "1 of 10", "reject"));
        eventually(() -> assertThat(delegation().state()).isEqualTo(DelegationState.Complete));
    }

    @Test
    void whatGoesWrongOutsideIsSaidAndNothingIsWrittenToCloudflare() {
        String domain = "shop.com";
        DNS.says("com", "NS", "a.gtld.example").delegates(domain, "ns1.old.example");
        scene.destination(TEAM);
        scene.mailDomain("shop", domain, rulesOf(forward("a@" + domain, TEAM)));
        scene.eventuallyDomain("shop", status -> status.isNotReadyBecause("ZonePending"));
        rig.control().activate(domain);
        scene.eventuallyReady("shop");

        rig.control().clearCalls();
        DNS.says(domain, "MX", "10 mx.old.example.");

        scene.eventuallyDomain("shop", status -> status.isReady()
                .has("MailDeliverable", "False")
                .says("MailDeliverable", "ns1.old.example", "name mx.old.example"));
        scene.cloudflareStaysUnwritten();
    }

    private DelegationStatus delegation() {
        return scene.mailDomain("books").getStatus().delegation();
    }
}
