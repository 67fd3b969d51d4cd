package io.maildomain.operator.it;

import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.OperatorExtension;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Two namespaces that share one account: a tenant ({@link OperatorExtension#namespace()}), and its neighbour ({@link
 * OperatorExtension#otherNamespace()}) who has what the tenant must not reach.
 */
record Tenants(OperatorExtension rig, Scene scene) {

    /** Everything, for the neighbour. */
    static final String ALL = "domains: ['*'], createZones: true, workers: ['*'], forwardTo: ['*']";

    /** An operator that reads Secrets of the MailDomains' own namespaces. */
    static OperatorExtension rigWithLocalSecrets(String... options) {
        return OperatorExtension.withOptions(
                        Stream.concat(Stream.of("--local-secrets=true", "--drift-interval=10m"), Stream.of(options))
                                .toArray(String[]::new))
                .withChart(Map.of("localSecrets", true));
    }

    /** A zone that only the neighbour is granted; the tenant is granted another domain. @return its id */
    String settledZoneOfTheNeighbour(String domain) {
        scene.destination(Scene.TEAM);
        String zone = scene.settledZone(domain);
        grant("domains: [elsewhere.example]", ALL);
        return zone;
    }

    /** The account grants this to the tenant, and all of its own domain to the neighbour. */
    void grant(String tenant, String neighbour) {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %s}
                spec:
                  secretRef: {namespace: %s, name: cloudflare-tokens}
                  access:
                  - {namespaces: {matchLabels: {kubernetes.io/metadata.name: %s}}, %s}
                  - {namespaces: {matchLabels: {kubernetes.io/metadata.name: %s}}, %s}
                """.formatted(
                rig.account(), rig.operatorNamespace(), rig.namespace(), tenant, rig.otherNamespace(), neighbour));
    }

    /** The account grants no namespace anything any more. */
    void revokeAll() {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %s}
                spec:
                  secretRef: {namespace: %s, name: cloudflare-tokens}
                """.formatted(rig.account(), rig.operatorNamespace()));
    }

    /** The neighbour manages this domain from now on. */
    void neighbourManages(String name, String domain, String... spec) {
        rig.apply(scene.mailDomainYaml(rig.otherNamespace(), name, domain, spec));
        Scene.eventually(() ->
                assertThatConditions(neighbours(name).getStatus().conditions()).isReady());
    }

    MailDomain neighbours(String name) {
        return rig.client()
                .resources(MailDomain.class)
                .inNamespace(rig.otherNamespace())
                .withName(name)
                .get();
    }

    void deleteNeighbours(String name) {
        rig.client()
                .resources(MailDomain.class)
                .inNamespace(rig.otherNamespace())
                .withName(name)
                .delete();
        Scene.eventually(() -> assertThat(neighbours(name)).isNull());
    }

    /** Writes into a status of the tenant's what never was, as a user with the right to patch statuses can. */
    void forge(MailDomain domain, String status) {
        forge(MailDomain.class, domain, status);
    }

    void forge(CatchAllRule rule, String status) {
        forge(CatchAllRule.class, rule, status);
    }

    private <T extends HasMetadata> void forge(Class<T> kind, T resource, String status) {
        String patch = Serialization.asJson(Serialization.unmarshal("status: " + status, JsonNode.class));
        rig.client()
                .resources(kind)
                .inNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /** What the tenant's attempt must leave as it is: taken now, asserted afterwards. */
    Untouched untouched() {
        scene.countFromNow();
        return new Untouched(this, scene.cloudflare());
    }

    /** The operator's calls, not those of the test's own dashboard. */
    Stream<JsonNode> operatorsCalls() {
        return scene.calls().filter(call -> !call.path("token").asText().equals("start"));
    }

    /** Everything that the tenant can read of its own resources. */
    String whatTheTenantSees() {
        Stream<HasMetadata> resources = Stream.concat(
                rig.client().resources(MailDomain.class).inNamespace(rig.namespace()).list().getItems().stream(),
                rig.client().resources(CatchAllRule.class).inNamespace(rig.namespace()).list().getItems().stream());
        List<String> seen = resources.map(Serialization::asJson).toList();
        return seen + "\n" + scene.events();
    }

    /** Cloudflare as it was. */
    record Untouched(Tenants tenants, JsonNode before) {

        /** Nothing was written, and of these domains nothing was even looked at, nor shown. */
        void nothingHappened(String... domains) {
            assertThat(tenants.scene().cloudflare()).isEqualTo(before);
            assertThat(tenants.operatorsCalls()
                            .filter(call -> !call.path("method").asText().equals("GET")))
                    .as("writing calls of the operator")
                    .isEmpty();
            for (String domain : domains) {
                noCallAbout(domain);
                tenantLearnedNothingOf(domain);
            }
        }

        void noCallAbout(String domain) {
            JsonNode zone = zone(domain);
            assertThat(tenants.operatorsCalls().map(call -> call.path("path").asText()))
                    .as("calls about %s", domain)
                    .noneMatch(path -> path.contains(domain)
                            || path.contains(zone.path("id").asText("no id")));
        }

        /** Neither its id nor its name servers, unless the tenant has a zone: zones of an account may share servers. */
        void tenantLearnedNothingOf(String domain) {
            JsonNode zone =
                    tenants.scene().dashboard().get("/zones?name=" + domain).path(0);
            String seen = tenants.whatTheTenantSees();
            assertThat(seen).doesNotContain(zone.path("id").asText("no id"));
            if (!seen.contains("\"nameServers\"")) {
                zone.path("name_servers").forEach(server -> assertThat(seen).doesNotContain(server.asText()));
            }
        }

        private JsonNode zone(String domain) {
            for (JsonNode zone : before.path("zones")) {
                if (zone.path("name").asText().equals(domain)) {
                    return zone;
                }
            }
            return before.path("none");
        }
    }

    /** Asserts on conditions of a CatchAllRule of the tenant's, until they hold. */
    void eventuallyCatchAll(String name, Consumer<StatusAssert> assertion) {
        scene.eventuallyCatchAll(name, assertion);
    }
}
