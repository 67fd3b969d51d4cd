package io.maildomain.operator.controller.mailworker.plan;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A binding in Cloudflare's words, of a type that the spec has no field for. With it a Worker reaches whatever the account has,
 * so it needs a grant; which of the properties say what is reached is known for the types below and for no others. A property that is
 * not known may reach something else than what was granted ({@code outbound}, {@code namespace_id}, {@code environment}), or say who
 * asks ({@code props}).
 *
 * @param name that the Worker knows it by
 * @param properties in Cloudflare's words, without name and type
 */
public record BoundResource(String name, String type, Map<String, String> properties) {

    private static final Map<String, Properties> KNOWN = Map.ofEntries(
            Map.entry("ai", naming()),
            Map.entry("analytics_engine", naming("dataset")),
            Map.entry("browser", naming()),
            Map.entry("dispatch_namespace", naming("namespace")),
            Map.entry("durable_object_namespace", naming("script_name?", "class_name")),
            Map.entry("hyperdrive", naming("id")),
            Map.entry("images", naming()),
            Map.entry("kv_namespace", naming("namespace_id")),
            Map.entry("mtls_certificate", naming("certificate_id")),
            Map.entry("pipelines", naming("pipeline")),
            Map.entry("queue", naming("queue_name").and("delivery_delay")),
            Map.entry("secrets_store_secret", naming("store_id", "secret_name")),
            // Without these it may mail whatever the account may: each only takes something away.
            Map.entry(
                    "send_email",
                    naming().and("destination_address", "allowed_destination_addresses", "allowed_sender_addresses")),
            Map.entry("service", naming("service", "entrypoint?")),
            Map.entry("vectorize", naming("index_name")),
            Map.entry("version_metadata", naming()),
            Map.entry("workflow", naming("script_name?", "workflow_name").and("class_name")));

    /**
     * The properties of a type.
     *
     * @param naming those that name what is reached; one that is optional ends with a question mark
     * @param others those that do not change what is reached
     */
    private record Properties(List<String> naming, Set<String> others) {
        Properties and(String... more) {
            return new Properties(naming, Set.of(more));
        }

        boolean has(String property) {
            return others.contains(property) || naming.contains(property) || naming.contains(property + OPTIONAL);
        }
    }

    private static final String OPTIONAL = "?";

    private static Properties naming(String... properties) {
        return new Properties(List.of(properties), Set.of());
    }

    public BoundResource {
        properties = Map.copyOf(properties);
    }

    /**
     * What must be granted: {@code queue:mail-in}, {@code secrets_store_secret:store/name}, or the type where nothing is named.
     *
     * @return empty where it is not known what the binding reaches: no grant covers it
     */
    public Optional<String> key() {
        Properties known = KNOWN.get(type);
        if (known == null || unclear().isPresent()) {
            return Optional.empty();
        }
        String reached = known.naming().stream()
                .map(property -> properties.get(property.replace(OPTIONAL, "")))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("/"));
        return Optional.of(reached.isEmpty() ? type : type + ":" + reached);
    }

    /** Why it is not known what the binding reaches, as the end of a sentence; empty where it is. */
    public Optional<String> unclear() {
        Properties known = KNOWN.get(type);
        if (known == null) {
            return Optional.of("is of the type %s, which the operator does not know".formatted(type));
        }
        Optional<String> strange = properties.keySet().stream()
                .filter(property -> !known.has(property))
                .sorted()
                .findFirst();
        return strange.map("has the property %s, of which the operator does not know what it reaches"::formatted)
                .or(() -> known.naming().stream()
                        .filter(this::isUnnamed)
                        .findFirst()
                        .map(property ->
                                "does not say by %s what it reaches".formatted(property.replace(OPTIONAL, ""))));
    }

    /** A slash parts names in grants; what begins as JSON does is no name. */
    private boolean isUnnamed(String property) {
        String value = properties.get(property.replace(OPTIONAL, ""));
        if (value == null) {
            return !property.endsWith(OPTIONAL);
        }
        return value.isEmpty() || value.indexOf('/') >= 0 || value.startsWith("{") || value.startsWith("[");
    }

    /** All of it as one text: the same for two that are the same. */
    String text() {
        return name + " " + type + " " + new TreeMap<>(properties);
    }
}
