package io.maildomain.operator.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * The JSON patch (RFC 6902) of one part of a status, the ownership record or all the rest. It tests what it rests on, and what it does
 * not test may have changed since the reading.
 */
final class StatusPatch {

    /** The field of the status that holds the ownership record. */
    static final String OWNERSHIP = "ownership";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonNode read;
    private final ArrayNode steps = JSON.arrayNode();

    private StatusPatch(JsonNode read) {
        this.read = read;
        test("/metadata/uid");
        if (!isThere(read.path("status"))) {
            test("/status");
            step("add", "/status").set("value", JSON.objectNode());
        }
    }

    /**
     * Puts this record in place of that which stands there; void once spec or record are not as they were read, or the
     * resource is to be deleted.
     *
     * @param read the resource as it was read
     * @param ownership missing where nothing is noted any more
     */
    static String ownership(JsonNode read, JsonNode ownership) {
        StatusPatch patch = new StatusPatch(read);
        // Raised by another spec, and by the mark of deletion.
        patch.test("/metadata/generation");
        patch.put(OWNERSHIP, ownership, true);
        return patch.text();
    }

    /**
     * Likewise; void as soon as anything of the resource has changed. An API server that encodes the record otherwise than
     * {@link #text} knows would never take the patch that compares it.
     *
     * @param read the resource as it was read
     * @param ownership missing where nothing is noted any more
     */
    static String ownershipOfVersion(JsonNode read, JsonNode ownership) {
        StatusPatch patch = new StatusPatch(read);
        patch.test("/metadata/resourceVersion");
        patch.put(OWNERSHIP, ownership, false);
        return patch.text();
    }

    /**
     * Puts these fields in place of all but the ownership record; void only once the resource is another one.
     *
     * @param read the resource as it was read
     */
    static String status(JsonNode read, JsonNode status) {
        StatusPatch patch = new StatusPatch(read);
        JsonNode stands = read.path("status");
        Set<String> fields = new TreeSet<>();
        stands.fieldNames().forEachRemaining(fields::add);
        status.fieldNames().forEachRemaining(fields::add);
        fields.remove(OWNERSHIP);
        fields.stream()
                .filter(field -> !stands.path(field).equals(status.path(field)))
                .forEach(field -> patch.put(field, status.path(field), false));
        return patch.text();
    }

    /** The API server compares texts as they are encoded, and Go encodes these characters as no other encoder does. */
    private String text() {
        return steps.toString()
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private void put(String field, JsonNode value, boolean tested) {
        JsonNode stands = read.path("status").path(field);
        String path = "/status/" + field;
        if (tested) {
            test(path);
        }
        if (isThere(value)) {
            step("add", path).set("value", withoutNulls(value));
        } else if (isThere(stands)) {
            step("remove", path);
        }
    }

    /** A path that leads nowhere tests as null. */
    private void test(String path) {
        JsonNode stands = read.at(path);
        step("test", path).set("value", isThere(stands) ? stands : JSON.nullNode());
    }

    private ObjectNode step(String op, String path) {
        return steps.addObject().put("op", op).put("path", path);
    }

    private static boolean isThere(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    /** What is not set is left out: the API server refuses a null. */
    private static JsonNode withoutNulls(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode set = JSON.objectNode();
            object.properties().stream()
                    .filter(field -> isThere(field.getValue()))
                    .forEach(field -> set.set(field.getKey(), withoutNulls(field.getValue())));
            return set;
        }
        if (value instanceof ArrayNode list) {
            ArrayNode set = JSON.arrayNode();
            list.forEach(item -> set.add(withoutNulls(item)));
            return set;
        }
        return value;
    }
}
