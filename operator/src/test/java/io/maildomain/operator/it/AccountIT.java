package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.SurfaceStatus;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an account's status and {@code /api/meta} say of tokens and rights, and how soon. */
class AccountIT {

    private static final String DOMAIN = "settled.example";
    private static final String SPLIT_TOKEN = "a-token-under-the-split-key-with-runtime-rights";
    private static final String DEPLOY_TOKEN = "a-token-for-deployments-with-some-of-the-rights";
    /** Within this time a changed Secret is felt ({@code docs/guides/tokens.md#rotation}). */
    private static final Duration SOON = Duration.ofSeconds(5);

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
            "--drift-interval=500ms",
            "--final-base=300ms",
            "--final-cap=1s",
            "--auth-retry-base=200ms",
            "--probe-retry=500ms",
            "--probe-interval=1h");

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void aSettledZone() {
        scene.destination(TEAM);
        scene.settledZone(DOMAIN);
        rig.control().putToken("split", SPLIT_TOKEN, SimulatorControl.RUNTIME_RIGHTS);
    }

    @Test
    void theSplitKeyWinsWhileBothExistFallsBackAndWinsAgainEachWithinFiveSeconds() {
        Map<String, String> both =
                Map.of("CLOUDFLARE_RUNTIME_API_TOKEN", SPLIT_TOKEN, "CLOUDFLARE_API_TOKEN", rig.token());
        Map<String, String> shared = Map.of("CLOUDFLARE_API_TOKEN", rig.token());

        rig.putSecret(both);
        soon(() -> winsIs("CLOUDFLARE_RUNTIME_API_TOKEN", "Split"));
        rig.putSecret(shared);
        soon(() -> winsIs("CLOUDFLARE_API_TOKEN", "Shared"));
        rig.putSecret(both);
        soon(() -> winsIs("CLOUDFLARE_RUNTIME_API_TOKEN", "Split"));

        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        assertThat(scene.calls().filter(call -> call.path("method").asText().equals("POST")))
                .isNotEmpty()
                .allMatch(call -> !call.path("token").asText().equals("runtime"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zone: Zone: Edit", "Zone: Email Routing Rules: Edit", "Zone: Zone Settings: Edit"})
    void aRuntimeRightThatIsTakenAwayIsNamedWithSecretAndKeyAndHealsWhenItIsGivenBack(String right) {
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        Scene.eventually(() -> assertThat(rights(status().runtime()))
                .contains("Zone: Email Routing Rules: Edit Granted", "Zone: Zone: Edit Readable"));
        List<String> others = new ArrayList<>(SimulatorControl.RUNTIME_RIGHTS);
        others.remove(right);

        rig.control().putToken("runtime", rig.token(), others);
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("b@" + DOMAIN, TEAM)));
        scene.mailDomain("fresh", "fresh.example", rulesOf(forward("b@fresh.example", TEAM)));

        // A domain whose zone is known goes on without the right to list zones: only a new one needs it.
        String hindered = right.equals("Zone: Zone: Edit") ? "fresh" : "settled";
        scene.eventuallyDomain(hindered, status -> {
            status.has("Ready", "False")
                    .says("Ready", right, "CLOUDFLARE_API_TOKEN", rig.operatorNamespace() + "/cloudflare-tokens");
            others.forEach(other -> status.saysNot("Ready", other));
        });
        Scene.eventually(() -> {
            assertThat(rights(status().runtime())).contains(right + " Missing");
            assertThatConditions(status().conditions())
                    .isNotReadyBecause("PermissionMissing")
                    .says("RuntimeTokenValid", right);
        });

        rig.control().putToken("runtime", rig.token(), SimulatorControl.RUNTIME_RIGHTS);

        scene.eventuallyReady("settled");
        scene.eventuallyDomain("fresh", status -> status.isNotReadyBecause("ZonePending"));
        Scene.eventually(() -> {
            assertThatConditions(status().conditions()).isReady();
            assertThat(rights(status().runtime())).noneMatch(line -> line.endsWith("Missing"));
        });
    }

    @Test
    void theDeploySurfaceIsReportedButNeedNotBeThereAndMayLieInASecretOfItsOwn() {
        rig.putSecret(Map.of(
                "CLOUDFLARE_RUNTIME_API_TOKEN", rig.token(), "CLOUDFLARE_ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
        soon(() -> {
            assertThatConditions(status().conditions()).isReady().has("DeployTokenValid", "False");
            assertThat(status().deploy()).isNull();
        });
        rig.control().putToken("deploy", DEPLOY_TOKEN, List.of("Account: D1: Edit", "Account: Workers Scripts: Edit"));
        rig.putSecret(Map.of(
                "CLOUDFLARE_RUNTIME_API_TOKEN",
                rig.token(),
                "CLOUDFLARE_DEPLOY_API_TOKEN",
                DEPLOY_TOKEN,
                "CLOUDFLARE_ACCOUNT_ID",
                SimulatorControl.ACCOUNT_ID));
        soon(() -> {
            assertThatConditions(status().conditions())
                    .isReady()
                    .says("DeployTokenValid", "Account: Workers R2 Storage: Edit", "CLOUDFLARE_DEPLOY_API_TOKEN");
            assertThat(rights(status().deploy()))
                    .contains("Account: D1: Edit Readable", "Account: Cloudflare Pages: Edit Missing");
        });
        Scene.eventually(
                () -> assertThat(accountEvents()).anyMatch(line -> line.startsWith("DeployKeyInRuntimeSecret")));

        rig.control()
                .putToken(
                        "deploy",
                        DEPLOY_TOKEN,
                        List.of(
                                "Account: D1: Edit",
                                "Account: Workers Scripts: Edit",
                                "Account: Workers R2 Storage: Edit",
                                "Account: Cloudflare Pages: Edit",
                                "Zone: Workers Routes: Edit"));
        Scene.eventually(() -> assertThatConditions(status().conditions()).has("DeployTokenValid", "True"));
    }

    @Test
    void aTokenThatExpiresSoonIsWarnedOfInAnEventAndAMetric() {
        Instant end = Instant.now().plus(Duration.ofDays(10)).truncatedTo(ChronoUnit.SECONDS);
        rig.control()
                .putToken(
                        "split",
                        Map.of(
                                "value", SPLIT_TOKEN,
                                "rights", SimulatorControl.RUNTIME_RIGHTS,
                                "zones", List.of("*"),
                                "accounts", List.of("*"),
                                "expiresOn", end.toString()));
        rig.putSecret(Map.of("CLOUDFLARE_RUNTIME_API_TOKEN", SPLIT_TOKEN));

        soon(() -> assertThat(status().runtime().expiresAt()).isEqualTo(end));
        Scene.eventually(() -> assertThat(accountEvents()).anyMatch(line -> line.startsWith("TokenExpiresSoon")));
        assertThat(http("/metrics"))
                .contains("maildomain_token_expiry_timestamp_seconds{account=\"" + rig.account()
                        + "\",surface=\"runtime\"}");
    }

    @Test
    void withoutAnAccountIdExistingZonesAreAdoptedAndNoneIsCreatedAndItIsSaidHowToChangeThat() {
        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", rig.token()));
        soon(() -> assertThat(status().domainBindingEnabled()).isFalse());
        assertThat(meta().path("accounts")
                        .path(rig.account())
                        .path("cloudflareDomainBindingEnabled")
                        .asBoolean())
                .isFalse();
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        scene.mailDomain("new", "new.example", rulesOf(forward("a@new.example", TEAM)));
        scene.eventuallyDomain("new", conditions -> conditions
                .isNotReadyBecause("DomainBindingDisabled")
                .says("Ready", "CLOUDFLARE_ACCOUNT_ID", "accountId", SimulatorControl.ACCOUNT_ID));
        assertThat(scene.zoneExists("new.example")).isFalse();

        rig.putSecret(
                Map.of("CLOUDFLARE_API_TOKEN", rig.token(), "CLOUDFLARE_ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
        soon(() -> assertThat(status().domainBindingEnabled()).isTrue());
        Scene.eventually(() -> assertThat(scene.zoneExists("new.example")).isTrue());
    }

    private void winsIs(String key, String kind) {
        assertThat(status().runtime().key()).isEqualTo(key);
        assertThat(status().runtime().kind()).hasToString(kind);
        JsonNode surface =
                meta().path("accounts").path(rig.account()).path("surfaces").path("runtime");
        assertThat(surface.path("key").asText()).isEqualTo(key);
        assertThat(surface.path("source").asText()).isEqualTo(kind);
    }

    private CloudflareAccountStatus status() {
        return scene.account().getStatus();
    }

    private static List<String> rights(SurfaceStatus surface) {
        return surface.rights().stream()
                .map(right -> right.right() + " " + right.state())
                .toList();
    }

    private List<String> accountEvents() {
        return rig.client().v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(rig.account()))
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }

    private JsonNode meta() {
        try {
            return new ObjectMapper().readTree(http("/api/meta"));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private String http(String path) {
        URI base = rig.operator().http().orElseThrow();
        try (var body = URI.create(
                        base + path.replaceFirst("^/", base.toString().endsWith("/") ? "" : "/"))
                .toURL()
                .openStream()) {
            return new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(NullPointerException.class)
                .untilAsserted(assertion);
    }
}
