package io.maildomain.harness.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.harness.HarnessException;
import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.harness.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Two domains from apply to gone, one with a zone of its own, a subdomain, each kind of rule and a catch-all, one with a zone
 * that it finds: it shows that an operator works, and it is what an AOT cache is trained for.
 *
 * @param client one that may do everything
 * @param control what Cloudflare holds
 */
record ShortLife(KubernetesClient client, SimulatorControl control) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String API = "maildomain.io/v1alpha1";

    private static final String DOMAIN = """
            apiVersion: maildomain.io/v1alpha1
            kind: MailDomain
            metadata: {name: short, namespace: %s}
            spec:
              domain: short.example
              credentials: {accountRef: {name: mail-system}}
              zone: {policy: CreateOrAdopt, deletionPolicy: Delete}
              subaddressing: true
              rules:
              - {address: support@short.example, action: {forwardTo: team@corp.example}}
              - {address: bot@in.short.example, action: {worker: mailbox-worker}}
              - {address: %s@short.example, action: {drop: true}}
            """;

    /** Its zone is there before, without Email Routing: whether mail goes elsewhere has to be asked by DNS. */
    private static final String FOUND = """
            apiVersion: maildomain.io/v1alpha1
            kind: MailDomain
            metadata: {name: found, namespace: %s}
            spec:
              domain: found.example
              credentials: {accountRef: {name: mail-system}}
              rules:
              - {address: support@found.example, action: {forwardTo: team@corp.example}}
            """;

    private static final String CATCH_ALL = """
            apiVersion: maildomain.io/v1alpha1
            kind: CatchAllRule
            metadata: {name: short, namespace: %s}
            spec: {domainRef: {name: short}, action: {worker: mailbox-worker}, deletionPolicy: Restore}
            """;

    static void apply(KubernetesClient client, String yaml) {
        client.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .fieldManager("image")
                .forceConflicts()
                .serverSideApply();
    }

    /**
     * Leads it.
     *
     * @throws HarnessException at the first step that does not come about; with what the resource says and the end of the log
     */
    void lead(OperatorProcess operator) {
        control.putZone("found.example", Map.of());
        apply(client, FOUND.formatted(ImageStage.NAMESPACE));
        apply(client, DOMAIN.formatted(ImageStage.NAMESPACE, "noreply"));
        await(operator, "the zone is created", () -> zones().contains("short.example"));
        control.activate("short.example");
        apply(client, CATCH_ALL.formatted(ImageStage.NAMESPACE));
        await(operator, "the found domain is Ready", () -> isReady("MailDomain", "found"));
        await(operator, "the new domain is Ready", () -> isReady("MailDomain", "short"));
        await(operator, "the catch-all is Ready", () -> isReady("CatchAllRule", "short"));
        apply(client, DOMAIN.formatted(ImageStage.NAMESPACE, "press"));
        await(operator, "the changed domain is Ready", () -> isReady("MailDomain", "short"));
        for (String path : List.of("/metrics", "/api/meta", "/healthz")) {
            if (operator.get(path).statusCode() != 200) {
                throw new HarnessException(
                        path + " answers " + operator.get(path).statusCode());
            }
        }
        end(operator, "CatchAllRule", "short");
        end(operator, "MailDomain", "short");
        end(operator, "MailDomain", "found");
        await(operator, "the zone is gone", () -> !zones().contains("short.example"));
    }

    private String zones() {
        JsonNode state = control.state();
        return state.path("zones").toString();
    }

    private void end(OperatorProcess operator, String kind, String name) {
        at(kind, name).delete();
        await(
                operator,
                "the " + kind + " " + name + " is gone",
                () -> at(kind, name).get() == null);
    }

    private Resource<GenericKubernetesResource> at(String kind, String name) {
        return client.genericKubernetesResources(API, kind)
                .inNamespace(ImageStage.NAMESPACE)
                .withName(name);
    }

    private boolean isReady(String kind, String name) {
        GenericKubernetesResource resource = at(kind, name).get();
        List<Map<String, Object>> conditions = resource == null ? null : resource.get("status", "conditions");
        return conditions != null
                && conditions.stream()
                        .anyMatch(condition -> "Ready".equals(condition.get("type"))
                                && "True".equals(condition.get("status"))
                                && String.valueOf(resource.getMetadata().getGeneration())
                                        .equals(String.valueOf(condition.get("observedGeneration"))));
    }

    private void await(OperatorProcess operator, String what, BooleanSupplier holds) {
        if (!Waiting.until(PATIENCE, () -> !operator.isAlive() || holds.getAsBoolean()) || !operator.isAlive()) {
            throw new HarnessException("it did not come about that " + what + ":\n"
                    + Serialization.asYaml(client.genericKubernetesResources(API, "MailDomain")
                            .inNamespace(ImageStage.NAMESPACE)
                            .list())
                    + operator.lastWords());
        }
    }
}
