package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Secrets that change, and tokens that Cloudflare refuses: how soon it is felt, and how many calls it costs. */
class SecretsIT {

    private static final String DOMAIN = "settled.example";
    private static final String OTHER = "another-token-with-the-three-runtime-rights";
    /** As {@code docs/guides/tokens.md#rotation} promises. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Nothing but what is tried here leads to another look: neither drift nor a retry. */
    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
            "--drift-interval=1h",
            "--final-base=1h",
            "--final-cap=1h",
            "--waiting-base=1h",
            "--waiting-cap=1h",
            "--auth-retry-base=10s",
            "--auth-retry-cap=1h");

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void aSettledZone() {
        scene.destination(TEAM);
        scene.settledZone(DOMAIN);
        rig.control().putToken("other", OTHER, SimulatorControl.RUNTIME_RIGHTS);
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
    }

    private void domainSoon(String reason) {
        soon(() -> assertThatConditions(scene.conditions("settled")).isNotReadyBecause(reason));
    }

    private void readySoon() {
        soon(() -> assertThatConditions(scene.conditions("settled")).isReady());
    }

    private void accountSoon(String reason) {
        soon(() ->
                assertThatConditions(scene.account().getStatus().conditions()).isNotReadyBecause(reason));
    }

    private Stream<JsonNode> callsWith(String token) {
        return scene.calls().filter(call -> call.path("token").asText().equals(token));
    }

    @Test
    void rotationLossAndReturnAreFeltWithinFiveSeconds() {
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");

        scene.countFromNow();
        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", OTHER));
        soon(() ->
                assertThat(callsWith("other").filter(SecretsIT::isAboutZones)).isNotEmpty());
        assertThat(callsWith("runtime")).isEmpty();

        rig.removeSecret();
        domainSoon("SecretMissing");
        accountSoon("SecretMissing");

        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", rig.token()));
        readySoon();
        soon(() ->
                assertThatConditions(scene.account().getStatus().conditions()).isReady());

        rig.putSecret(Map.of("SOMETHING_ELSE", "x"));
        domainSoon("TokenMissing");
        accountSoon("TokenMissing");

        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", rig.token()));
        readySoon();
    }

    @Test
    void afterARefusedTokenOneCallProbesAndTheRestWaitUntilTheSecretChanges() {
        List<String> names = IntStream.range(0, 8).mapToObj(i -> "d" + i).toList();
        names.forEach(name -> {
            scene.settledZone(name + ".example");
            scene.mailDomain(name, name + ".example", rulesOf(forward("a@" + name + ".example", TEAM)));
        });
        names.forEach(scene::eventuallyReady);
        rig.control().deleteToken("runtime");
        scene.annotate("d0", "maildomain.io/reconcile-requested-at", "now");
        scene.eventuallyDomain("d0", status -> status.isNotReadyBecause("TokenInvalid"));

        scene.countFromNow();
        names.forEach(
                name -> scene.mailDomain(name, name + ".example", rulesOf(forward("b@" + name + ".example", TEAM))));
        await().atMost(Duration.ofSeconds(30)).until(() -> refusedCalls() > 0);
        assertThat(refusedCalls())
                .as("one probe after 10 s, whatever eight domains want")
                .isEqualTo(1);

        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", OTHER));
        names.forEach(
                name -> soon(() -> assertThatConditions(scene.conditions(name)).isReady()));
    }

    @Test
    void aChangedSecretOpensTheWayForATokenThatWasRefusedAsWell() {
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        rig.control().deleteToken("runtime");
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("b@" + DOMAIN, TEAM)));
        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("TokenInvalid"));

        // For ten seconds nothing is sent with it: the same token, mended at Cloudflare, and a Secret that says more.
        rig.control().putToken("runtime", rig.token(), SimulatorControl.RUNTIME_RIGHTS);
        rig.putSecret(Map.of(
                "CLOUDFLARE_API_TOKEN",
                rig.token(),
                "CLOUDFLARE_ACCOUNT_ID",
                SimulatorControl.ACCOUNT_ID,
                "NOTE",
                "mended"));
        readySoon();
    }

    @Test
    void rightsOnTheOneSecretThatIsNamedAreEnoughAndNobodyReadsAcrossTheCluster() {
        rig.client()
                .rbac()
                .roles()
                .inNamespace(rig.operatorNamespace())
                .list()
                .getItems()
                .forEach(role -> {
                    role.getRules().stream()
                            .filter(rule -> rule.getResources().contains("secrets"))
                            .forEach(rule -> rule.setResourceNames(List.of("cloudflare-tokens")));
                    rig.client().resource(role).update();
                });
        assertThat(rig.mayOperator("list", "", "secrets", rig.operatorNamespace()))
                .isFalse();
        List<String> before = readsAcrossTheCluster();
        rig.restartOperator();
        scene.mailDomain("settled", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("settled");
        rig.putSecret(Map.of("CLOUDFLARE_API_TOKEN", OTHER));
        soon(() ->
                assertThat(callsWith("other").filter(SecretsIT::isAboutZones)).isNotEmpty());

        // The API server itself watches Secrets across the cluster, and counts that; the operator would be refused.
        assertThat(rig.mayOperator("watch", "", "secrets", rig.operatorNamespace()))
                .isFalse();
        assertThat(readsAcrossTheCluster()).isEqualTo(before);
    }

    /** Lists of all Secrets, and what was refused of the kind, since the API server started: other tests made some. */
    private static List<String> readsAcrossTheCluster() {
        List<String> ofSecrets = KubeApi.shared()
                .client()
                .raw("/metrics")
                .lines()
                .filter(line -> line.startsWith("apiserver_request_total{"))
                .filter(line -> line.contains("resource=\"secrets\""))
                .toList();
        assertThat(ofSecrets).isNotEmpty();
        return ofSecrets.stream()
                .filter(line -> line.contains("scope=\"cluster\""))
                .filter(line -> line.contains("code=\"403\"") || line.contains("verb=\"LIST\""))
                .toList();
    }

    /** Calls with a token that Cloudflare does not know, but those that verify tokens: nothing hangs on them. */
    private long refusedCalls() {
        return scene.calls()
                .filter(call -> call.path("token").isNull()
                        || call.path("token").asText().isEmpty())
                .filter(call -> !call.path("path").asText().contains("/tokens/verify"))
                .count();
    }

    private static boolean isAboutZones(JsonNode call) {
        return call.path("path").asText().contains("/zones");
    }
}
