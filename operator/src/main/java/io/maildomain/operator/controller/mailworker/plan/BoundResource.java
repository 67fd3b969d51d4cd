package io.maildomain.operator.controller.mailworker.plan;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A binding in Cloudflare's words, of a type that the spec has no field for. With it a Worker reaches whatever the account has,
 * so it needs a grant; which of the properties say what is reached is known for the types below and for no others.
 *
 * @param name that the Worker knows it by
 * @param properties in Cloudflare's words, without name and type
 */
public record BoundResource(String name, String type, Map<String, String> properties) {

    /** The properties that name what is reached, by type; one that is optional ends with a question mark. */
    private static final Map<String, List<String>> NAMED_BY = Map.ofEntries(
            Map.entry("ai", List.of()),
            Map.entry("analytics_engine", List.of("dataset")),
            Map.entry("browser", List.of()),
            Map.entry("dispatch_namespace", List.of("namespace")),
            Map.entry("durable_object_namespace", List.of("script_name?", "class_name")),
            Map.entry("hyperdrive", List.of("id")),
            Map.entry("images", List.of()),
            Map.entry("kv_namespace", List.of("namespace_id")),
            Map.entry("mtls_certificate", List.of("certificate_id")),
            Map.entry("pipelines", List.of("pipeline")),
            Map.entry("queue", List.of("queue_name")),
            Map.entry("secrets_store_secret", List.of("store_id", "secret_name")),
            Map.entry("service", List.of("service")),
            Map.entry("vectorize", List.of("index_name")),
            Map.entry("version_metadata", List.of()),
            Map.entry("workflow", List.of("script_name?", "workflow_name")));

    public BoundResource {
        properties = Map.copyOf(properties);
    }

    /**
     * What must be granted: {@code queue:mail-in}, {@code secrets_store_secret:store/name}, or the type where nothing is named.
     *
     * @return empty where it is not known what the binding reaches: no grant covers it
     */
    public Optional<String> key() {
        List<String> naming = NAMED_BY.get(type);
        if (naming == null || naming.stream().anyMatch(this::isMissing)) {
            return Optional.empty();
        }
        String reached = naming.stream()
                .map(property -> properties.get(property.replace("?", "")))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("/"));
        return Optional.of(reached.isEmpty() ? type : type + ":" + reached);
    }

    private boolean isMissing(String property) {
        return !property.endsWith("?") && properties.getOrDefault(property, "").isEmpty();
    }

    /** All of it as one text: the same for two that are the same. */
    String text() {
        return name + " " + type + " " + new TreeMap<>(properties);
    }
}
