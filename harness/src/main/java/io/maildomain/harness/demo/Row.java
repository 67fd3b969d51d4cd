package io.maildomain.harness.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One resource in the table.
 *
 * @param resource {@code kind/name}, with its namespace before it where it has one
 * @param step the first condition that does not hold yet; {@code deleting}; or {@code done}
 * @param ready the status of Ready, {@code Unknown} until it speaks of the newest spec
 * @param reason the reason of that condition
 * @param message its sentence
 */
record Row(String resource, String step, String ready, String reason, String message) {

    /** In the order in which a domain gets them, and then a Worker or a site. */
    private static final List<String> STEPS = List.of(
            "RuntimeTokenValid",
            "CredentialsValid",
            "ZoneReady",
            "RoutingEnabled",
            "DNSReady",
            "RulesSynced",
            "CatchAllApplied",
            "SourceReady",
            "TargetsReady",
            "Migrated",
            "Deployed",
            "TriggersApplied");

    private static final String READY = "Ready";

    static Row of(GenericKubernetesResource resource) {
        String name = nameOf(resource);
        List<Map<String, Object>> conditions = conditionsOf(resource);
        Map<String, Object> ready = find(conditions, READY);
        boolean current = speaksOf(ready, resource.getMetadata().getGeneration());
        String status = current ? text(ready, "status") : "Unknown";
        if (resource.isMarkedForDeletion()) {
            return new Row(name, "deleting", status, text(ready, "reason"), text(ready, "message"));
        }
        if (status.equals("True")) {
            return new Row(name, "done", status, text(ready, "reason"), text(ready, "message"));
        }
        Map<String, Object> open = STEPS.stream()
                .map(step -> find(conditions, step))
                .filter(condition -> !condition.isEmpty() && !"True".equals(condition.get("status")))
                .findFirst()
                .orElse(ready);
        String step = open.isEmpty() ? "waiting for the operator" : text(open, "type");
        return new Row(name, step, status, text(open, "reason"), text(open, "message"));
    }

    /** As {@code kubectl} would name it. */
    static String nameOf(GenericKubernetesResource resource) {
        String namespace = resource.getMetadata().getNamespace();
        String name = resource.getKind().toLowerCase(Locale.ROOT) + "/"
                + resource.getMetadata().getName();
        return namespace == null ? name : namespace + " " + name;
    }

    boolean isReady() {
        return ready.equals("True") && step.equals("done");
    }

    private static boolean speaksOf(Map<String, Object> condition, Long generation) {
        return !condition.isEmpty()
                && Objects.equals(String.valueOf(generation), text(condition, "observedGeneration"));
    }

    private static List<Map<String, Object>> conditionsOf(GenericKubernetesResource resource) {
        List<Map<String, Object>> conditions = resource.get("status", "conditions");
        return conditions == null ? List.of() : conditions;
    }

    private static Map<String, Object> find(List<Map<String, Object>> conditions, String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.get("type")))
                .findFirst()
                .orElse(Map.of());
    }

    private static String text(Map<String, Object> map, String key) {
        return Objects.toString(map.get(key), "");
    }
}
