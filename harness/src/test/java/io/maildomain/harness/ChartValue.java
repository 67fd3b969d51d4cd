package io.maildomain.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of the chart that people set as a whole, as the chart's {@code values.yaml} tells it.
 *
 * @param section the heading below which it stands
 * @param path its keys from the top
 * @param description Markdown; "" where the comment has only annotations
 * @param kubernetes the type of Kubernetes' API that it is of; "" if of none
 * @param items "string", or the type of Kubernetes' API that its items are of; "" if it is no list of such
 * @param schema what the comment adds to the JSON Schema
 * @param byDefault the default
 */
record ChartValue(
        String section,
        List<String> path,
        String description,
        String kubernetes,
        String items,
        ObjectNode schema,
        JsonNode byDefault) {

    private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z][A-Za-z0-9]*):.*");
    private static final Pattern COMMENT = Pattern.compile("^ *# ?(.*)");
    private static final int INDENT = 2;

    /**
     * Every value of a file, in its order. An object that has keys by default, is none of Kubernetes' and has no schema of its
     * own is no value, but its keys are.
     */
    static List<ChartValue> in(Path valuesYaml) throws IOException {
        return new Reader(Serialization.unmarshal(Files.readString(valuesYaml), JsonNode.class))
                .read(Files.readAllLines(valuesYaml));
    }

    String name() {
        return String.join(".", path);
    }

    /** Reads line by line, since no YAML parser gives a comment to the key that it describes. */
    private static final class Reader {

        private final JsonNode values;
        private final List<ChartValue> found = new ArrayList<>();
        private final List<String> comment = new ArrayList<>();
        private List<String> path = List.of();
        private String section = "";
        /** How deep the keys are that are parts of the value found last, and no values. */
        private int inside = Integer.MAX_VALUE;

        Reader(JsonNode values) {
            this.values = values;
        }

        List<ChartValue> read(List<String> lines) {
            for (String line : lines) {
                Matcher remark = COMMENT.matcher(line);
                Matcher key = KEY.matcher(line);
                if (remark.matches()) {
                    comment.add(remark.group(1));
                } else if (key.matches()) {
                    add(key.group(1).length() / INDENT, key.group(2));
                    comment.clear();
                } else {
                    comment.clear();
                }
                if (!comment.isEmpty() && comment.get(comment.size() - 1).startsWith("@section ")) {
                    section = comment.get(comment.size() - 1).substring("@section ".length());
                }
            }
            return found;
        }

        private void add(int depth, String key) {
            if (depth >= inside) {
                return;
            }
            inside = Integer.MAX_VALUE;
            path = new ArrayList<>(path.subList(0, depth));
            path.add(key);
            JsonNode byDefault = values.at("/" + String.join("/", path));
            String kubernetes = annotation("@kubernetes");
            ObjectNode schema = schema(annotation("@schema"));
            if (byDefault.isObject() && !byDefault.isEmpty() && kubernetes.isEmpty() && schema.isEmpty()) {
                return;
            }
            inside = depth + 1;
            String description = String.join(
                    " ", comment.stream().filter(line -> !line.startsWith("@")).toList());
            found.add(new ChartValue(
                    section, List.copyOf(path), description, kubernetes, annotation("@items"), schema, byDefault));
        }

        private String annotation(String name) {
            return comment.stream()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length()).strip())
                    .findFirst()
                    .orElse("");
        }

        private static ObjectNode schema(String json) {
            try {
                return json.isEmpty() ? JsonHttp.JSON.createObjectNode() : (ObjectNode) JsonHttp.JSON.readTree(json);
            } catch (IOException e) {
                throw new HarnessException("not JSON in values.yaml: @schema " + json, e);
            }
        }
    }
}
