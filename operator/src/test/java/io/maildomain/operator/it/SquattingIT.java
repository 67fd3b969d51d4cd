package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.ApiServerProxy;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.SimulatorControl;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A tenant that claims a domain with a token that is good for nothing keeps it from no other, however old its claim is. */
class SquattingIT {

    private static final String DOMAIN = "settled.example";
    private static final String MADE_UP = "a-token-that-nobody-ever-made-00000000000000";

    @RegisterExtension
    final OperatorExtension rig = Tenants.rigWithLocalSecrets("--auth-retry-base=10m", "--auth-retry-cap=10m");

    private final Scene scene = new Scene(rig);
    private final Tenants tenants = new Tenants(rig, scene);
    private String zone;

    @BeforeEach
    void aSettledZoneThatTheNeighbourIsGranted() {
        zone = tenants.settledZoneOfTheNeighbour(DOMAIN);
        secret("mine", MADE_UP);
    }

    private void secret(String name, String token) {
        scene.secret(
                rig.namespace(),
                name,
                Map.of("CLOUDFLARE_API_TOKEN", token, "CLOUDFLARE_ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
    }

    /** Kubernetes counts whole seconds: only then is what comes next the younger one. */
    private void aSecondAgo(String name) {
        Instant created = Instant.parse(scene.mailDomain(name).getMetadata().getCreationTimestamp());
        eventually(() -> assertThat(Instant.now()).isAfter(created.plusSeconds(1)));
    }

    private void theNeighbourGetsTheDomain() {
        tenants.neighbourManages("theirs", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        assertThat(scene.addresses(zone)).containsExactly("a@" + DOMAIN);
    }

    /** Another one of the same Secret makes the operator follow it, and learn that Cloudflare refuses the token. */
    private void anotherOneUsesTheSecret() {
        scene.mailDomain("another", "elsewhere.example", "credentials: {secretRef: {name: mine}}");
        scene.eventuallyDomain("another", status -> status.has("Ready", "False"));
    }

    @Test
    void whoIsSuspendedClaimsNothing() {
        scene.mailDomain("squatter", DOMAIN, "suspend: true", "credentials: {secretRef: {name: mine}}");
        anotherOneUsesTheSecret();
        aSecondAgo("squatter");
        theNeighbourGetsTheDomain();
    }

    @Test
    void whoseTokenIsHeldBackClaimsNothing() {
        anotherOneUsesTheSecret();
        scene.mailDomain("squatter", DOMAIN, "credentials: {secretRef: {name: mine}}");
        aSecondAgo("squatter");
        theNeighbourGetsTheDomain();
    }

    /** Whatever the reason: here it is a policy of the cluster. */
    @Test
    void whoseStatusIsRefusedClaimsNothing() {
        try (ApiServerProxy proxy =
                ApiServerProxy.withPlainWatches(KubeApi.shared().config())) {
            rig.operator().kill();
            String path = "/namespaces/" + rig.namespace() + "/maildomains/squatter/status";
            proxy.answer(seen -> seen.isStatus() && seen.target().contains(path), Integer.MAX_VALUE, 422);
            try (OperatorProcess started = ProxiedOperator.start(rig, proxy)) {
                ProxiedOperator.leads(started);
                scene.mailDomain("squatter", DOMAIN, "credentials: {secretRef: {name: mine}}");
                aSecondAgo("squatter");
                theNeighbourGetsTheDomain();
                MailDomain squatter = scene.mailDomain("squatter");
                assertThat(squatter.getStatus().conditions()).isNullOrEmpty();
            }
        }
    }
}
