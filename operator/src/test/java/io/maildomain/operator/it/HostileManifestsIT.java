package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.harness.OperatorExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Manifests that are malformed, or mean harm: each is refused at admission or handled with a condition, and what else the
 * operator manages goes on as if they were not there.
 */
class HostileManifestsIT {

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=10m");

    private final Scene scene = new Scene(rig);
    private final List<HostileManifest> accepted = new ArrayList<>();
    private int changes;

    @BeforeEach
    void aHealthyDomain() {
        scene.destination(TEAM);
        scene.activeZone("healthy.example");
        changeTheHealthyDomain();
    }

    @AfterEach
    void takeTheAccountsAway() {
        accepted.stream()
                .filter(manifest -> manifest.kind().equals("CloudflareAccount"))
                .forEach(manifest -> stored(manifest).delete());
    }

    @Test
    void eachIsRefusedOrHandledAndTheOthersGoOn() {
        List<HostileManifest> all = HostileManifest.all();
        assertThat(all).hasSizeGreaterThanOrEqualTo(60);
        int refused = 0;
        for (HostileManifest manifest : all) {
            HttpResponse<String> answer = manifest.sentTo(rig);
            if (manifest.isAccepted()) {
                assertThat(answer.isSuccessful())
                        .as("%s: %s", manifest.name(), body(answer))
                        .isTrue();
                accepted.add(manifest);
            } else {
                assertThat(answer.code()).as(manifest.name()).isBetween(400, 499);
                assertThat(body(answer)).as(manifest.name()).contains(manifest.refusedWith());
                refused++;
            }
            if (accepted.size() % 5 == 1) {
                changeTheHealthyDomain();
            }
        }
        accepted.forEach(this::isHandled);
        changeTheHealthyDomain();

        // An operator that starts now reads all of them in one list.
        rig.restartOperator();
        changeTheHealthyDomain();
        accepted.forEach(this::isHandled);

        accepted.stream()
                .filter(manifest -> !manifest.kind().equals("CloudflareAccount"))
                .forEach(manifest -> stored(manifest).delete());
        changeTheHealthyDomain();
        eventually(() -> assertThat(accepted.stream()
                        .filter(manifest -> !manifest.kind().equals("CloudflareAccount"))
                        .map(this::stored)
                        .map(Resource::get)
                        .filter(Objects::nonNull))
                .isEmpty());
        assertThat(scene.zoneExists("healthy.example")).isTrue();
        assertThat(rig.operator().isAlive()).isTrue();
        assertThat(rig.operator().lastWords()).doesNotContain("Exception");
        System.err.printf("manifests: %d, refused: %d, handled: %d%n", all.size(), refused, accepted.size());
    }

    /** What a schema takes for a time, and what may stand in an ownership record that a user has edited. */
    static List<String> forgeries() {
        return List.of(
                ownership(
                        "zone: {id: ../../zones, origin: Created, accountId: '%s', requestedAt: '2026-01-01T00:00:00Z'}"),
                ownership("zone: {origin: Creating, accountId: x, requestedAt: '2026-01-01t00:00:00z'}"),
                ownership("zone: {origin: Creating, accountId: x, requestedAt: '2016-12-31T23:59:60Z'}"),
                ownership("zone: {origin: Creating, accountId: x, requestedAt: '2026-01-01T00:00:00+02:00'}"),
                ownership("zone: {origin: Creating, accountId: x, requestedAt: '0000-01-01T00:00:00.123456789012Z'}"),
                ownership("zone: {origin: Adopted, id: ''}"),
                ownership("routing: {state: Enabled}, subdomains: [evil.example, '', '..', healthy.example]"),
                ownership(
                        "adoptedRules: [{address: a@healthy.example, id: ../../../zones, previous: {actionType: teleport}}]"),
                "conditions: [{type: Ready, status: 'True', reason: Ready, message: '', observedGeneration: 1,"
                        + " lastTransitionTime: '2026-01-01T00:00:00-11:30'}]",
                "conditions: [{type: ZoneReady, status: Unknown, reason: Mine, message: '',"
                        + " lastTransitionTime: '2026-01-01 00:00:00Z'}]",
                "observedGeneration: 9223372036854775807",
                "pendingChangesTotal: 9223372036854775807",
                "lastDriftCorrected: {time: '2026-01-01T24:00:00Z', what: nothing}");
    }

    private static String ownership(String text) {
        return "ownership: {" + text + "}";
    }

    @Test
    void aStatusThatSomebodyForgedStopsNobody() {
        List<String> names = new ArrayList<>();
        int taken = 0;
        for (String forged : forgeries()) {
            String name = "forged" + names.size();
            names.add(name);
            scene.mailDomain(name, name + ".example", "zone: {policy: AdoptOnly}");
            scene.eventuallyDomain(name, status -> status.isNotReadyBecause("ZoneNotFound"));
            if (isTaken(name, forged)) {
                taken++;
                annotate(name, "maildomain.io/reconcile-requested-at");
                changeTheHealthyDomain();
            }
        }
        assertThat(taken).isGreaterThan(5);

        rig.restartOperator();
        changeTheHealthyDomain();
        names.forEach(name -> {
            annotate(name, "maildomain.io/abandon");
            raw(name).delete();
        });
        eventually(() -> assertThat(rig.client()
                        .genericKubernetesResources("maildomain.io/v1alpha1", "MailDomain")
                        .inNamespace(rig.namespace())
                        .list()
                        .getItems())
                .extracting(domain -> domain.getMetadata().getName())
                .containsExactly("healthy"));
        changeTheHealthyDomain();
    }

    /** Writes it as a user may who has the right to write a status; false where the schema refuses it. */
    private boolean isTaken(String name, String forged) {
        try {
            Object patch = Serialization.unmarshal("status: {" + forged + "}", Map.class);
            raw(name).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
            return true;
        } catch (KubernetesClientException refused) {
            assertThat(refused.getCode()).as(refused.getMessage()).isEqualTo(422);
            return false;
        }
    }

    /** Without our types, which cannot read some of them. */
    private Resource<GenericKubernetesResource> raw(String name) {
        return rig.client()
                .genericKubernetesResources("maildomain.io/v1alpha1", "MailDomain")
                .inNamespace(rig.namespace())
                .withName(name);
    }

    private void annotate(String name, String annotation) {
        raw(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + annotation + "\":\"true\"}}}");
    }

    private static String body(HttpResponse<String> answer) {
        try {
            return answer.bodyString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its rules change, and soon Cloudflare has them. */
    private void changeTheHealthyDomain() {
        String address = "a" + ++changes + "@healthy.example";
        scene.mailDomain("healthy", "healthy.example", rulesOf(forward(address, TEAM)));
        scene.eventuallyReady("healthy");
        assertThat(scene.addresses(scene.dashboard().zoneId("healthy.example"))).containsExactly(address);
    }

    private void isHandled(HostileManifest manifest) {
        eventually(() -> {
            Map<String, Object> status = status(stored(manifest).get());
            assertThat(((Number) status.get("observedGeneration")).longValue())
                    .as(manifest.name())
                    .isPositive();
            assertThat(reasons(status)).as(manifest.name()).containsAnyElementsOf(manifest.reasons());
        });
    }

    private Resource<GenericKubernetesResource> stored(HostileManifest manifest) {
        var kind = rig.client().genericKubernetesResources("maildomain.io/v1alpha1", manifest.kind());
        return manifest.kind().equals("CloudflareAccount")
                ? kind.withName(manifest.resource())
                : kind.inNamespace(rig.namespace()).withName(manifest.resource());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> status(GenericKubernetesResource resource) {
        return (Map<String, Object>) resource.getAdditionalProperties().get("status");
    }

    @SuppressWarnings("unchecked")
    private static List<String> reasons(Map<String, Object> status) {
        return ((List<Map<String, Object>>) status.get("conditions"))
                .stream().map(condition -> (String) condition.get("reason")).toList();
    }
}
