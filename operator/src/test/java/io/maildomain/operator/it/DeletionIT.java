package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.OperatorExtension;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is undone when a MailDomain goes, and what is kept. */
class DeletionIT {

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void aDestination() {
        scene.destination(TEAM);
    }

    @Test
    void aCreatedZoneIsDeletedKeptOrRetainedAsThePolicySays() {
        created("gone", "gone.example", "zone: {deletionPolicy: Delete}");
        created("unused", "unused.example", "zone: {deletionPolicy: DeleteIfUnused}");
        created("stays", "stays.example", "zone: {deletionPolicy: Retain}");
        created("active", "active.example", "zone: {deletionPolicy: DeleteIfUnused}");
        rig.control().activate("active.example");
        scene.annotate("active", "maildomain.io/reconcile-requested-at", "1");
        scene.eventuallyReady("active");

        scene.delete("gone");
        scene.delete("unused");
        scene.delete("stays");
        scene.delete("active");

        assertThat(scene.zoneExists("gone.example")).isFalse();
        assertThat(scene.zoneExists("unused.example"))
                .as("pending, and the token may not read its DNS records")
                .isTrue();
        assertThat(scene.zoneExists("stays.example")).isTrue();
        assertThat(scene.zoneExists("active.example"))
                .as("was active, and the token may not read its DNS records")
                .isTrue();
        String zone = scene.dashboard().zoneId("active.example");
        assertThat(scene.addresses(zone)).isEmpty();
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isFalse();
        eventually(() -> assertThat(scene.events()).anyMatch(event -> event.startsWith("ZoneKept")));
    }

    @Test
    void retainLeavesCloudflareAsItIs() {
        scene.activeZone("kept.example");
        scene.mailDomain("kept", "kept.example", "deletionPolicy: Retain", rulesOf(forward("a@kept.example", TEAM)));
        scene.eventuallyReady("kept");
        JsonNode before = scene.cloudflare();
        scene.delete("kept");
        assertThat(scene.cloudflare()).isEqualTo(before);
    }

    @Test
    void aZoneThatIsGoneAlreadyDoesNotHoldTheResource() {
        created("gone", "gone.example");
        scene.dashboard().call("DELETE", "/zones/" + scene.dashboard().zoneId("gone.example"), Map.of());
        scene.delete("gone");
        assertThat(scene.zoneExists("gone.example")).isFalse();
    }

    @Test
    void theLastGoodTokenUndoesEvenWhenTheSecretWentFirst() {
        String zone = scene.activeZone("settled.example");
        scene.mailDomain("settled", "settled.example", rulesOf(forward("a@settled.example", TEAM)));
        scene.eventuallyReady("settled");
        rig.client()
                .secrets()
                .inNamespace(rig.operatorNamespace())
                .withName("cloudflare-tokens")
                .delete();
        scene.delete("settled");
        assertThat(scene.addresses(zone)).isEmpty();
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isFalse();
    }

    @Test
    void withoutAnyTokenItSaysWhyItWaitsAndLetsGoWhenToldTo() {
        String zone = scene.activeZone("settled.example");
        scene.mailDomain("settled", "settled.example", rulesOf(forward("a@settled.example", TEAM)));
        scene.eventuallyReady("settled");
        rig.client()
                .secrets()
                .inNamespace(rig.operatorNamespace())
                .withName("cloudflare-tokens")
                .delete();
        rig.restartOperator();
        scene.domains("settled").delete();

        scene.eventuallyDomain("settled", status -> status.isNotReadyBecause("SecretMissing"));
        scene.annotate("settled", "maildomain.io/abandon", "true");
        eventually(() -> assertThat(scene.mailDomain("settled")).isNull());
        assertThat(scene.addresses(zone)).containsExactly("a@settled.example");
    }

    private void created(String name, String domain, String... spec) {
        String[] all = java.util.Arrays.copyOf(spec, spec.length + 1);
        all[spec.length] = rulesOf(forward("a@" + domain, TEAM));
        scene.mailDomain(name, domain, all);
        scene.eventuallyDomain(
                name, status -> status.isNotReadyBecause("ZonePending").has("RulesSynced", "True"));
    }
}
