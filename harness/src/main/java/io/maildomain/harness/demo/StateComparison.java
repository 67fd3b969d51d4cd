package io.maildomain.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says how two states of the simulator differ, object by object: what is gone, what is new, which field of what changed.
 * A list's elements are told apart by their id (else by name or email), so that their order does not matter.
 *
 * @param expected paths that may differ, each a regular expression for the whole of it
 */
record StateComparison(List<Pattern> expected) {

    private static final List<String> LABELS = List.of("name", "email", "id");
    private static final List<String> KEYS = List.of("id", "email", "name");
    private static final JsonNode MISSING = MissingNode.getInstance();

    StateComparison {
        expected = List.copyOf(expected);
    }

    /** One line for each difference that is not expected; empty if there is none. */
    List<String> differences(JsonNode before, JsonNode after) {
        List<String> found = new ArrayList<>();
        compare("", before, after, found);
        return found;
    }

    private void compare(String path, JsonNode before, JsonNode after, List<String> found) {
        if (before.equals(after) || isExpected(path)) {
            return;
        }
        if (before.isMissingNode()) {
            found.add(path + " is new: " + after);
        } else if (after.isMissingNode()) {
            found.add(path + " is gone: " + before);
        } else if (before.isObject() && after.isObject()) {
            compareParts(path, fields(before), fields(after), found);
        } else if (holdsIdentified(before) && holdsIdentified(after)) {
            compareParts(path, elements(before), elements(after), found);
        } else {
            found.add(path + " was " + before + " and is " + after);
        }
    }

    private void compareParts(String path, Map<String, Part> before, Map<String, Part> after, List<String> found) {
        Stream<String> keys = Stream.concat(before.keySet().stream(), after.keySet().stream());
        keys.distinct().forEach(key -> {
            Part old = before.getOrDefault(key, Part.NONE);
            Part now = after.getOrDefault(key, Part.NONE);
            String label = before.containsKey(key) ? old.label() : now.label();
            compare(path + "/" + label, old.node(), now.node(), found);
        });
    }

    private boolean isExpected(String path) {
        return expected.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    private static Map<String, Part> fields(JsonNode object) {
        Map<String, Part> fields = new LinkedHashMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), new Part(field.getKey(), field.getValue())));
        return fields;
    }

    private static Map<String, Part> elements(JsonNode array) {
        Map<String, Part> elements = new LinkedHashMap<>();
        array.forEach(element -> elements.put(first(KEYS, element), new Part(first(LABELS, element), element)));
        return elements;
    }

    private static boolean holdsIdentified(JsonNode array) {
        if (!array.isArray()) {
            return false;
        }
        Map<String, Part> elements = elements(array);
        return elements.size() == array.size() && !elements.containsKey("");
    }

    private static String first(List<String> fields, JsonNode element) {
        return fields.stream()
                .map(field -> element.path(field).asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** A field or an element, and what a path calls it. */
    private record Part(String label, JsonNode node) {

        static final Part NONE = new Part("", MISSING);
    }
}
