package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.simulator.calls.SeenCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Everything that must be the same after a fault as without one, a line for each object: what Cloudflare holds and what
 * the resources say of it. Two pictures of the same state are equal; whatever was made twice, left over, lost or changed
 * shows as a line. Objects that were there before anything happened are told from others by their ids, so that one of another user's
 * that was deleted and created again shows too; ids, times and name servers that a run makes up do not.
 *
 * @param lines sorted
 */
record StateSnapshot(List<String> lines) {

    static final String TOUCH = "touched what is foreign: ";
    private static final List<String> VOLATILE =
            List.of("modified", "modified_on", "activated_on", "checked_on", "created", "name_servers", "version_id");

    /** A Worker has a tag instead. */
    private static final List<String> IDS = List.of("id", "tag");

    /** What differs from one world to the next though both are made alike; in one world it must not change. */
    private static final Set<String> OF_ITS_WORLD = Set.of("created_on", "verified", "priority");

    StateSnapshot {
        lines = lines.stream().sorted().toList();
    }

    /**
     * @param state all that Cloudflare holds
     * @param seed what it held before anything happened
     * @param calls that were made since
     */
    static StateSnapshot of(
            JsonNode state, JsonNode seed, List<SeenCall> calls, List<? extends HasMetadata> resources) {
        Painter painter = new Painter(seed);
        painter.paint(state);
        painter.paintTouched(seed, calls);
        resources.forEach(painter::paint);
        return new StateSnapshot(painter.lines);
    }

    /**
     * The same, with the namespace's name left open and the domains as they are called everywhere. What a seal is made of
     * differs from zone to zone.
     */
    StateSnapshot without(String namespace, Names names) {
        return new StateSnapshot(lines.stream()
                .map(line -> names.anywhere(line.replace(namespace, "NAMESPACE"))
                        .replaceAll("\\[was:[0-9a-f]+]", "[was:SEAL]"))
                .toList());
    }

    /** The same with each line in other words. */
    StateSnapshot with(UnaryOperator<String> words) {
        return new StateSnapshot(lines.stream().map(words).toList());
    }

    /** The same with more to it. */
    StateSnapshot and(List<String> more) {
        return new StateSnapshot(Stream.concat(lines.stream(), more.stream()).toList());
    }

    /** Whether a line of a picture says that the operator wrote to what is none of its business. */
    static boolean isTouch(String line) {
        return line.startsWith(TOUCH);
    }

    /** What is in this one and not in the other ({@code -}), and the other way round ({@code +}). Empty: the same. */
    List<String> differences(StateSnapshot other) {
        Map<String, Integer> balance = new TreeMap<>();
        lines.forEach(line -> balance.merge(line, -1, Integer::sum));
        other.lines.forEach(line -> balance.merge(line, 1, Integer::sum));
        List<String> differences = new ArrayList<>();
        balance.forEach((line, count) -> {
            for (int i = 0; i < Math.abs(count); i++) {
                differences.add((count < 0 ? "- " : "+ ") + line);
            }
        });
        return differences;
    }

    /** Puts one picture together. */
    private static final class Painter {

        /** What was there before, by its id, and a word for it that is the same in each world that is made alike. */
        private final Map<String, JsonNode> before = new LinkedHashMap<>();

        private final Map<String, String> words = new HashMap<>();
        private final Map<String, String> names = new HashMap<>();
        private final List<String> lines = new ArrayList<>();

        private Painter(JsonNode seed) {
            seed.findParents("id")
                    .forEach(object -> before.putIfAbsent(object.path("id").asText(), object));
            before.keySet().forEach(id -> words.put(id, "number " + words.size() + " of those that were there"));
        }

        private void paint(JsonNode state) {
            state.path("zones").forEach(this::name);
            state.path("accounts").forEach(account -> account.path("addresses")
                    .forEach(address -> names.put(
                            address.path("id").asText(),
                            "address " + address.path("email").asText())));
            state.path("zones").forEach(this::paintZone);
            state.path("accounts").forEach(this::paintAccount);
            Stream.of("tokens", "refused_domains")
                    .forEach(part -> state.path(part).forEach(element -> add("", part, element)));
        }

        private void name(JsonNode zone) {
            names.put(zone.path("id").asText(), "zone " + zone.path("name").asText());
            zone.path("rules")
                    .forEach(rule -> names.put(
                            rule.path("id").asText(),
                            "rule "
                                    + rule.path("matchers")
                                            .path(0)
                                            .path("value")
                                            .asText()));
        }

        private void paintZone(JsonNode zone) {
            String prefix = zone.path("name").asText() + " ";
            ObjectNode rest = zone.deepCopy();
            rest.remove(List.of("dns_records", "rules", "catch_all"));
            add(prefix, "zone", rest);
            zone.path("dns_records").forEach(dns -> add(prefix, "record", dns));
            zone.path("rules").forEach(rule -> add(prefix, "rule", rule));
            add(prefix, "catch-all", zone.path("catch_all"));
        }

        private void paintAccount(JsonNode account) {
            ObjectNode rest = account.deepCopy();
            rest.remove(List.of("addresses", "workers", "suppressions"));
            add("", "account", rest);
            Stream.of("addresses", "workers", "suppressions")
                    .forEach(part -> account.path(part).forEach(element -> add("", part, element)));
        }

        private void add(String prefix, String what, JsonNode object) {
            lines.add(prefix + what + " " + Json.line(stable(object)));
        }

        private JsonNode stable(JsonNode object) {
            if (object instanceof ObjectNode fields) {
                ObjectNode stable = Json.object();
                Optional<String> id = IDS.stream().filter(fields::has).findFirst();
                JsonNode was =
                        id.map(field -> before.get(fields.path(field).asText())).orElse(null);
                boolean made = id.isPresent() && was == null;
                fields.properties().forEach(field -> {
                    boolean time = made && field.getKey().equals("created_on");
                    if (!VOLATILE.contains(field.getKey()) && !time) {
                        stable.set(field.getKey(), stable(field.getKey(), field.getValue(), made, was));
                    }
                });
                if (made && stable.has("routing_host")) {
                    // Cloudflare's own choice, another one in each zone.
                    stable.remove("priority");
                }
                if (made && stable.path("registration") instanceof ObjectNode registration) {
                    registration.remove("created_on");
                }
                return stable;
            }
            if (object.isArray()) {
                ArrayNode stable = Json.object().arrayNode();
                object.forEach(element -> stable.add(stable(element)));
                return stable;
            }
            return object;
        }

        private JsonNode stable(String field, JsonNode value, boolean made, JsonNode was) {
            if (IDS.contains(field) && (made || was != null)) {
                return Json.text(made ? "made" : words.get(value.asText()));
            }
            if (made && field.equals("verified") && value.isTextual()) {
                return Json.text("verified");
            }
            boolean asBefore = was != null && OF_ITS_WORLD.contains(field) && value.equals(was.get(field));
            return asBefore ? Json.text("as before") : stable(value);
        }

        /** Writing calls at what is none of the operator's business. */
        private void paintTouched(JsonNode seed, List<SeenCall> calls) {
            Set<String> foreign = InitialState.foreign(seed);
            calls.stream()
                    .filter(call -> !call.method().equals("GET"))
                    .filter(call -> foreign.stream().anyMatch(call.path()::contains))
                    .forEach(call -> lines.add(TOUCH + call.method() + " " + call.path()));
        }

        private void paint(HasMetadata resource) {
            String name = resource.getKind() + " " + resource.getMetadata().getName();
            JsonNode status = Json.of(resource).path("status");
            lines.add(name + " finalizers " + resource.getMetadata().getFinalizers());
            ObjectNode ownership = status.path("ownership").isObject()
                    ? status.path("ownership").deepCopy()
                    : Json.object();
            JsonNode adopted = ownership.path("adoptedRules");
            ownership.remove("adoptedRules");
            // The request to look under which a site was deployed: what is slow to converge is asked for (Convergence).
            ownership.remove("retry");
            lines.add(name + " ownership " + named(Json.line(ownership)));
            adopted.forEach(rule -> lines.add(name + " ownership of a rule " + named(Json.line(rule))));
            status.path("conditions")
                    .forEach(condition -> lines.add(name + " condition "
                            + condition.path("type").asText() + "="
                            + condition.path("status").asText() + " "
                            + condition.path("reason").asText()));
            Stream.of("rules", "dns").forEach(part -> status.path(part)
                    .forEach(element -> lines.add(name + " " + part + " " + named(Json.line(element)))));
        }

        private String named(String line) {
            String result = line;
            for (Map.Entry<String, String> entry : names.entrySet()) {
                result = result.replace(entry.getKey(), entry.getValue());
            }
            return result;
        }
    }
}
