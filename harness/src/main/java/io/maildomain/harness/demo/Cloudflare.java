package io.maildomain.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * What the simulator holds at one moment.
 *
 * @param state as its control plane gives it
 */
record Cloudflare(JsonNode state) {

    /** The zone of a domain; a missing node if there is none. */
    JsonNode zone(String domain) {
        return find(state.path("zones"), "name", domain);
    }

    /** The rule for an address in a zone; a missing node if there is none. */
    JsonNode rule(String domain, String address) {
        return StreamSupport.stream(zone(domain).path("rules").spliterator(), false)
                .filter(rule -> !find(rule.path("matchers"), "value", address).isMissingNode())
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** What that rule does: {@code forward}, {@code worker}, {@code drop}, or nothing. */
    String actionOf(String domain, String address) {
        return rule(domain, address).path("actions").path(0).path("type").asText();
    }

    /** The files that a Pages project serves. */
    Set<String> filesOf(String project) {
        JsonNode deployments =
                find(state.at("/accounts/0/platform/pages"), "name", project).path("deployments");
        Set<String> files = new TreeSet<>();
        deployments.path(deployments.size() - 1).path("files").fieldNames().forEachRemaining(files::add);
        return files;
    }

    private static JsonNode find(JsonNode list, String field, String value) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(element -> element.path(field).asText().equals(value))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
