package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens that come, go, change, and may too little. */
class CredentialsIT {

    private static final String DOMAIN = "settled.example";
    private static final String OTHER_TOKEN = "another-token-with-the-three-runtime-rights";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
            "--drift-interval=10m", "--final-base=300ms", "--final-cap=2s", "--auth-retry-base=200ms");

    private final Scene scene = new Scene(rig);
    private String zone;

    @BeforeEach
    void aSettledZone() {
        scene.destination(TEAM);
        zone = scene.settledZone(DOMAIN);
    }

    @Test
    void aSecretThatIsMissingIsNamedAndUsedOnceItIsThere() {
        rig.removeSecret();
        eventually(() -> assertThat(scene.account().getStatus().conditions())
                .anyMatch(condition -> condition.reason().equals("SecretMissing")));
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("SecretMissing")
                .says("CredentialsValid", "cloudflare-tokens", "CLOUDFLARE_RUNTIME_API_TOKEN"));

        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", rig.token()));
        scene.eventuallyReady("settled");
    }

    @Test
    void aRotatedTokenIsUsedAtOnce() {
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        rig.control().putToken("other", OTHER_TOKEN, SimulatorControl.RUNTIME_RIGHTS);
        rig.control().deleteToken("runtime");
        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", OTHER_TOKEN));

        scene.mailDomain("settled", DOMAIN, rulesOf(forward("b@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        assertThat(scene.addresses(zone)).containsExactly("b@" + DOMAIN);
    }

    @Test
    void theSplitKeyWinsAndTheStatusSaysSo() {
        rig.control().putToken("other", OTHER_TOKEN, SimulatorControl.RUNTIME_RIGHTS);
        rig.putSecret(Map.of("CLOUDFLARE_RUNTIME_API_TOKEN", OTHER_TOKEN, "CLOUDFLARE_API_TOKEN", rig.token()));
        eventually(() ->
                assertThat(scene.account().getStatus().runtime().key()).isEqualTo("CLOUDFLARE_RUNTIME_API_TOKEN"));
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyDomain(
                "settled", status -> status.isReady().says("CredentialsValid", "CLOUDFLARE_RUNTIME_API_TOKEN"));

        rig.putSecret(Map.of("CLOUDFLARE_RUNTIME_API_TOKEN", "  ", "CLOUDFLARE_API_TOKEN", rig.token()));
        eventually(() -> assertThat(scene.account().getStatus().runtime().key()).isEqualTo("CLOUDFLARE_API_TOKEN"));
    }

    @Test
    void aMissingRightIsNamedWithItsKeyAndSecretAndHealsWhenItIsGranted() {
        rig.control().putToken("runtime", rig.token(), List.of("Zone: Zone: Edit", "Zone: Zone Settings: Edit"));
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyDomain("settled", status -> status.has("Ready", "False")
                .has("Stalled", "True")
                .says(
                        "Ready",
                        "Zone: Email Routing Rules: Edit",
                        "CLOUDFLARE_API_TOKEN",
                        rig.operatorNamespace() + "/cloudflare-tokens"));
        rig.control().putToken("runtime", rig.token(), SimulatorControl.RUNTIME_RIGHTS);
        scene.eventuallyReady("settled");
    }

    @Test
    void aMalformedTokenIsRefusedWithAReasonAndNothingIsLost() {
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        JsonNode before = scene.cloudflare();
        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", "two\u0007bells-in-a-token"));
        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("TokenMalformed")
                .says("CredentialsValid", "CLOUDFLARE_API_TOKEN"));
        assertThat(scene.cloudflare()).isEqualTo(before);
        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", rig.token() + "\n"));
        scene.eventuallyReady("settled");
    }

    @Test
    void aRevokedTokenIsSaidAndDeletionWaitsForABetterOneInsteadOfLosingTrack() {
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        rig.control().deleteToken("runtime");
        scene.annotate("settled", "maildomain.io/reconcile-requested-at", "now");
        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("TokenInvalid")
                .has("CredentialsValid", "False")
                .says("Ready", "CLOUDFLARE_API_TOKEN"));

        scene.domains("settled").delete();
        eventually(() -> assertThat(scene.events()).anyMatch(event -> event.contains("deletion waits")));
        assertThat(scene.mailDomain("settled")).isNotNull();
        assertThat(scene.addresses(zone)).containsExactly("a@" + DOMAIN);

        rig.control().putToken("runtime", rig.token(), SimulatorControl.RUNTIME_RIGHTS);
        eventually(() -> assertThat(scene.mailDomain("settled")).isNull());
        assertThat(scene.addresses(zone)).isEmpty();
    }

    @Test
    void answersThatAreNoJsonCostNothingAndHeal() {
        rig.control().addFault(Map.of("method", "GET", "path", ".*", "times", 3, "fault", Map.of("body", "malformed")));
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        assertThat(scene.addresses(zone)).containsExactly("a@" + DOMAIN);
    }
}
