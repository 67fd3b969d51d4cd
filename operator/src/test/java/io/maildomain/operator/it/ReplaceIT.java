package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.harness.OperatorExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A resource is deleted and created again within a sync, under its own name or another one (kubectl replace --force, Argo CD's
 * Replace, Flux's force): what was made at Cloudflare is still there.
 */
class ReplaceIT {

    private static final String SHOP = "shop.example";
    private static final String[] RULES = {
        "zone: {deletionPolicy: Delete}", rulesOf(forward("a@" + SHOP, TEAM), forward("b@in." + SHOP, TEAM))
    };

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
                    "--drift-interval=10m", "--hand-over=8s", "--local-secrets")
            .withChart(Map.of("localSecrets", true));

    private final Scene scene = new Scene(rig);
    private String zone;

    @BeforeEach
    void aZoneThatTheOperatorMade() {
        scene.destination(TEAM);
    }

    private void managed(String name, String... more) {
        List<String> spec = new ArrayList<>(List.of(RULES));
        spec.addAll(List.of(more));
        scene.mailDomain(name, SHOP, spec.toArray(String[]::new));
        scene.eventuallyDomain(name, status -> status.isNotReadyBecause("ZonePending"));
        rig.control().activate(SHOP);
        scene.annotate(name, "maildomain.io/reconcile-requested-at", "now");
        scene.eventuallyReady(name);
        zone = scene.mailDomain(name).getStatus().zone().id();
        scene.countFromNow();
    }

    private List<ConfigMap> records() {
        return rig.client()
                .configMaps()
                .inNamespace(rig.operatorNamespace())
                .withLabel("maildomain.io/departed")
                .list()
                .getItems();
    }

    private void everythingStayed() {
        assertThat(scene.writes()).isZero();
        assertThat(scene.zoneExists(SHOP)).isTrue();
        assertThat(scene.addresses(zone)).containsExactly("a@" + SHOP, "b@in." + SHOP);
        eventually(() -> assertThat(records()).isEmpty());
    }

    private void everythingIsUndone() {
        eventually(() -> assertThat(scene.zoneExists(SHOP)).isFalse());
        eventually(() -> assertThat(records()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "renamed"})
    void madeAgainAfterItIsGone(String again) {
        managed("shop");
        scene.delete("shop");
        assertThat(records()).hasSize(1);
        scene.mailDomain(again, SHOP, RULES);
        scene.eventuallyReady(again);
        everythingStayed();

        scene.delete(again);
        assertThat(scene.zoneExists(SHOP)).as("for a while").isTrue();
        everythingIsUndone();
    }

    @Test
    void nobodyComesAndAllIsUndone() {
        managed("shop");
        scene.delete("shop");
        eventually(() -> assertThat(scene.events()).anyMatch(event -> event.startsWith("AwaitingSuccessor")));
        everythingIsUndone();
        eventually(() -> assertThat(scene.events()).anyMatch(event -> event.startsWith("Deleted: deleted zone")));
        eventually(() -> assertThat(eventsOfRecords())
                .as("the record is what is left to look at")
                .contains("Deleted: deleted zone " + SHOP));
    }

    private List<String> eventsOfRecords() {
        return rig
                .client()
                .v1()
                .events()
                .inNamespace(rig.operatorNamespace())
                .withField("involvedObject.kind", "ConfigMap")
                .list()
                .getItems()
                .stream()
                .map(event -> event.getReason() + ": " + event.getMessage())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theOperatorIsKilledMeanwhile(boolean somebodyComes) {
        managed("shop");
        scene.delete("shop");
        rig.operator().kill();
        if (somebodyComes) {
            scene.mailDomain("shop", SHOP, RULES);
        }
        rig.restartOperator();
        if (somebodyComes) {
            scene.eventuallyReady("shop");
            everythingStayed();
        } else {
            everythingIsUndone();
        }
    }

    @Test
    void itsCatchAllRuleStaysAndGoesOn() {
        managed("shop");
        scene.catchAll("rest", "shop", "forwardTo: " + TEAM);
        scene.eventuallyCatchAll("rest", StatusAssert::isReady);
        scene.countFromNow();
        scene.delete("shop");
        scene.mailDomain("shop", SHOP, RULES);
        scene.eventuallyReady("shop");
        scene.eventuallyCatchAll("rest", StatusAssert::isReady);
        everythingStayed();
        assertThat(goesTo(scene.catchAll(zone))).isEqualTo("forward " + TEAM);

        scene.catchAlls("rest").delete();
        scene.delete("shop");
        everythingIsUndone();
        eventually(() -> assertThat(scene.catchAllRule("rest")).isNull());
    }

    @Test
    void itsCatchAllRuleIsGivenBackBeforeTheRestIsUndone() {
        zone = scene.activeZone(SHOP);
        scene.mailDomain("shop", SHOP, RULES);
        scene.eventuallyReady("shop");
        scene.catchAll("rest", "shop", "forwardTo: " + TEAM);
        scene.eventuallyCatchAll("rest", StatusAssert::isReady);
        scene.delete("shop");
        eventually(() -> assertThat(scene.addresses(zone)).isEmpty());
        eventually(() ->
                assertThat(scene.routing(zone).path("enabled").asBoolean()).isFalse());
        eventually(() -> assertThat(records()).isEmpty());
        assertThat(scene.catchAll(zone).path("enabled").asBoolean()).isFalse();
    }

    @Test
    void anAccountStaysAsLongAsARecordNeedsIt() {
        managed("shop");
        scene.delete("shop");
        rig.client().resources(CloudflareAccount.class).withName(rig.account()).delete();
        assertThat(scene.account()).isNotNull();
        everythingIsUndone();
        eventually(() -> assertThat(scene.account()).isNull());
        // Something that the search for leaked tokens can look at.
        scene.mailDomain("left", "left.example", "suspend: true", "credentials: {secretRef: {name: none}}");
    }

    @Test
    void aRecordThatCannotBeUndoneSaysWhyAndCanBeLetGo() {
        managed("shop");
        scene.delete("shop");
        rig.control().deleteToken("runtime");
        eventually(() -> assertThat(records().get(0).getData().get("state")).startsWith("Token"));
        ConfigMap record = records().get(0);
        Map<String, String> annotations = new HashMap<>();
        annotations.put("maildomain.io/abandon", "true");
        record.getMetadata().setAnnotations(annotations);
        record.getMetadata().setResourceVersion(null);
        rig.client().resource(record).patch();
        eventually(() -> assertThat(records()).isEmpty());
        assertThat(scene.zoneExists(SHOP)).isTrue();
    }

    @Test
    void withASecretOfItsOwnItStaysForTheTimeAndAnotherNameTakesOver() {
        scene.secret(
                rig.namespace(),
                "mine",
                Map.of(
                        "CLOUDFLARE_API_TOKEN",
                        rig.token(),
                        "CLOUDFLARE_ACCOUNT_ID",
                        "0123456789abcdef0123456789abcdef"));
        String credentials = "credentials: {secretRef: {name: mine}}";
        managed("shop", credentials);
        scene.domains("shop").delete();
        eventually(() -> assertThat(scene.events()).anyMatch(event -> event.startsWith("AwaitingSuccessor")));
        assertThat(scene.mailDomain("shop")).isNotNull();
        assertThat(records()).isEmpty();
        scene.mailDomain("renamed", SHOP, RULES[0], RULES[1], credentials);
        scene.eventuallyReady("renamed");
        eventually(() -> assertThat(scene.mailDomain("shop")).isNull());
        everythingStayed();
    }
}
