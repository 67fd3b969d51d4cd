package io.maildomain.operator.app;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The documents of a file, as kubectl reads them: what an alias ({@code *name}) or a merge key ({@code <<}) stands for is put in its
 * place. Jackson by itself takes an alias for a text.
 */
final class ManifestDocuments {

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static final int MOST_BYTES = 64 << 20;

    /** So many values, all that aliases of one document stand for: a few lines can mean more than there is memory. */
    private static final int MOST_BEHIND_ALIASES = 100_000;

    /** No manifest has so many; some tools' own documents have more levels than SnakeYAML takes by itself. */
    private static final int MOST_LEVELS = 1_000;

    private final Map<Node, JsonNode> known = new IdentityHashMap<>();
    private final Map<Node, Integer> sizes = new IdentityHashMap<>();
    private final Set<Node> begun = Collections.newSetFromMap(new IdentityHashMap<>());
    private int behindAliases;

    private ManifestDocuments() {}

    /** JSON is YAML but for its tabs, which are taken here. @throws IOException if it is no YAML; the message says why */
    static List<JsonNode> ofYaml(InputStream text) throws IOException {
        String all = characters(text);
        if (all.stripLeading().startsWith("{")) {
            try {
                return json(all);
            } catch (IOException flowStyleOrTemplate) {
                return yaml(all);
            }
        }
        return yaml(all);
    }

    private static List<JsonNode> yaml(String text) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setNestingDepthLimit(MOST_LEVELS);
        List<JsonNode> documents = new ArrayList<>();
        try {
            for (Node document : new Yaml(options).composeAll(new StringReader(text))) {
                documents.add(new ManifestDocuments().value(document));
            }
        } catch (MarkedYAMLException wrong) {
            throw new IOException(
                    "line %d: %s".formatted(wrong.getProblemMark().getLine() + 1, wrong.getProblem()), wrong);
        } catch (YAMLException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
        return documents;
    }

    /** What YAML refuses in JSON, such as tabs, is taken here. @throws IOException if it is no JSON */
    static List<JsonNode> ofJson(InputStream text) throws IOException {
        return json(characters(text));
    }

    private static List<JsonNode> json(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            return JSON.readValues(parser, JsonNode.class).readAll();
        }
    }

    /** UTF-8, or UTF-16 where it says so at its beginning, as some editors and shells of Windows write it. */
    private static String characters(InputStream text) throws IOException {
        byte[] bytes = text.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("it has more than " + (MOST_BYTES >> 20) + " MiB");
        }
        boolean big = startsWith(bytes, 0xFE, 0xFF);
        boolean little = startsWith(bytes, 0xFF, 0xFE);
        Charset charset = big ? StandardCharsets.UTF_16BE : little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
        int mark = big || little ? 2 : startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        try {
            CharBuffer read = charset.newDecoder().decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark));
            // Where files are put one behind the other, each may begin so.
            return read.toString().replace("\n\uFEFF", "\n");
        } catch (CharacterCodingException other) {
            throw new IOException("it is no text in UTF-8", other);
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private JsonNode value(Node node) throws IOException {
        JsonNode before = known.get(node);
        if (before != null) {
            behindAliases += sizes.getOrDefault(node, 1);
            if (behindAliases > MOST_BEHIND_ALIASES) {
                throw new IOException("its aliases stand for too much");
            }
            return before;
        }
        if (!begun.add(node)) {
            throw new IOException("&" + node.getAnchor() + " stands in itself");
        }
        JsonNode value;
        int size = 1;
        if (node instanceof MappingNode mapping) {
            value = mapping(mapping);
            for (NodeTuple each : mapping.getValue()) {
                size = Math.min(MOST_BEHIND_ALIASES, size + sizes.getOrDefault(each.getValueNode(), 1));
            }
        } else if (node instanceof SequenceNode sequence) {
            value = sequence(sequence);
            for (Node each : sequence.getValue()) {
                size = Math.min(MOST_BEHIND_ALIASES, size + sizes.getOrDefault(each, 1));
            }
        } else {
            value = scalar((ScalarNode) node);
        }
        known.put(node, value);
        sizes.put(node, size);
        return value;
    }

    /** Words that mean yes or no are both to kubectl, too. */
    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JsonNodeFactory.instance.booleanNode(text.matches("(?i)true|yes|on"));
        }
        try {
            if (tag.equals(Tag.INT)) {
                return JsonNodeFactory.instance.numberNode(new BigInteger(text.replace("_", "")));
            }
            if (tag.equals(Tag.FLOAT)) {
                return JsonNodeFactory.instance.numberNode(Double.parseDouble(text.replace("_", "")));
            }
        } catch (NumberFormatException otherBase) {
            return JsonNodeFactory.instance.numberNode(Double.NaN);
        }
        return JsonNodeFactory.instance.textNode(text);
    }

    private ArrayNode sequence(SequenceNode sequence) throws IOException {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (Node each : sequence.getValue()) {
            values.add(value(each));
        }
        return values;
    }

    /** Files that are put one behind the other without a line of dashes are one document, of which the last one would count. */
    private ObjectNode mapping(MappingNode mapping) throws IOException {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        List<JsonNode> merged = new ArrayList<>();
        for (NodeTuple field : mapping.getValue()) {
            JsonNode value = value(field.getValueNode());
            if (!(field.getKeyNode() instanceof ScalarNode key)) {
                throw new IOException("a key is no text");
            }
            if (!key.getTag().equals(Tag.MERGE)) {
                if (own.has(key.getValue())) {
                    throw new IOException("Duplicate field '" + key.getValue() + "'");
                }
                own.set(key.getValue(), value);
            } else if (value.isArray()) {
                value.forEach(merged::add);
            } else {
                merged.add(value);
            }
        }
        for (JsonNode from : merged) {
            if (!from.isObject()) {
                throw new IOException("<< takes a mapping, or a list of mappings");
            }
            from.properties().stream()
                    .filter(field -> !own.has(field.getKey()))
                    .forEach(field -> own.set(field.getKey(), field.getValue()));
        }
        return own;
    }
}
