package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of an answer what a server gave back of a request's secrets: as they are, or as JSON writes them, also as a JSON that a text
 * of the answer quotes. What the answer is made of stays: numbers, names of fields, ids.
 *
 * @param credentials token and pass
 * @param secrets texts of the request's body
 */
record Redaction(List<HiddenText> credentials, List<HiddenText> secrets) {
    private static final String REDACTED = "[redacted]";

    static Redaction of(Stream<String> credentials, Stream<String> secrets) {
        return new Redaction(hidden(credentials), hidden(secrets));
    }

    private static List<HiddenText> hidden(Stream<String> texts) {
        return texts.filter(text -> !text.isEmpty())
                .distinct()
                .map(HiddenText::new)
                .toList();
    }

    /** The text without any of it. */
    String in(String text) {
        return without(
                text, Stream.concat(credentials.stream(), secrets.stream()).toList());
    }

    /** The body of an answer without any of it; it is as much JSON as it was. */
    String inBody(String body, JsonMapper mapper) {
        if (body.indexOf('\\') < 0
                && Stream.concat(credentials.stream(), secrets.stream()).noneMatch(hidden -> hidden.isIn(body))) {
            return body;
        }
        try {
            JsonNode tree = mapper.readTree(body);
            return tree.isMissingNode() ? in(body) : mapper.writeValueAsString(clean(tree));
        } catch (JsonProcessingException e) {
            // No reader after us takes it for JSON either.
            return in(body);
        }
    }

    private JsonNode clean(JsonNode node) {
        if (node.isTextual()) {
            return JsonNodeFactory.instance.textNode(value(node.textValue()));
        }
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> list.add(clean(element)));
            return list;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            // A secret may be called as a field is, and no name of a field is shown to people; no field is called as a
            // token is.
            node.properties()
                    .forEach(field -> object.set(without(field.getKey(), credentials), clean(field.getValue())));
            return object;
        }
        return node;
    }

    /** An id stays, though a secret be a part of it by chance: else one that was created would be lost to us. */
    private String value(String text) {
        boolean id = PathPlace.UUID.fits(text) || PathPlace.ID.fits(text);
        return id && secrets.stream().noneMatch(secret -> secret.text().equals(text))
                ? without(text, credentials)
                : in(text);
    }

    /** All places are found before any is changed: secrets may overlap, or be a part of what stands in their place. */
    private static String without(String text, List<HiddenText> all) {
        BitSet places = new BitSet();
        @Nullable JsonLayer layer = JsonLayer.of(text);
        while (layer != null) {
            JsonLayer read = layer;
            all.forEach(hidden -> hidden.findIn(read.text, (from, to) -> places.set(read.place(from), read.place(to))));
            layer = read.unescaped();
        }
        return places.isEmpty() ? text : replaced(text, places);
    }

    private static String replaced(String text, BitSet places) {
        StringBuilder clean = new StringBuilder();
        int at = 0;
        for (int from = places.nextSetBit(0); from >= 0; from = places.nextSetBit(at)) {
            clean.append(text, at, from).append(REDACTED);
            at = places.nextClearBit(from);
        }
        return clean.append(text, at, text.length()).toString();
    }

    @Override
    public String toString() {
        return "Redaction[redacted]";
    }

    /** A text as it reads once what JSON escapes in it is undone, some times over. */
    private static final class JsonLayer {
        /** JSON in a text of JSON in a text of JSON. */
        private static final int DEEPEST = 3;

        private static final String SHORT = "\"\\/bfnrt";
        private static final String MEANT = "\"\\/\b\f\n\r\t";
        private static final int HEX = 16;
        private static final int UNICODE = 6;

        private final String text;
        /** Where each of its characters begins in the text itself, and where that ends; null where they are the same. */
        private final int @Nullable [] places;

        private final int depth;

        private JsonLayer(String text, int @Nullable [] places, int depth) {
            this.text = text;
            this.places = places;
            this.depth = depth;
        }

        static JsonLayer of(String text) {
            return new JsonLayer(text, null, 0);
        }

        int place(int index) {
            return places == null ? index : places[index];
        }

        /** Null where nothing is escaped, or it would be read too often. */
        @Nullable
        JsonLayer unescaped() {
            if (depth == DEEPEST || text.indexOf('\\') < 0) {
                return null;
            }
            StringBuilder read = new StringBuilder(text.length());
            int[] from = new int[text.length() + 1];
            for (int at = 0; at < text.length(); ) {
                from[read.length()] = place(at);
                int length = escape(at);
                read.append(length == 1 ? text.charAt(at) : meant(at, length));
                at += length;
            }
            from[read.length()] = place(text.length());
            return new JsonLayer(read.toString(), from, depth + 1);
        }

        /** How many characters stand for one. */
        private int escape(int at) {
            if (text.charAt(at) != '\\' || at + 1 == text.length()) {
                return 1;
            }
            if (text.charAt(at + 1) == 'u' && at + UNICODE <= text.length()) {
                return text.substring(at + 2, at + UNICODE).chars().allMatch(c -> Character.digit(c, HEX) >= 0)
                        ? UNICODE
                        : 1;
            }
            return SHORT.indexOf(text.charAt(at + 1)) < 0 ? 1 : 2;
        }

        private char meant(int at, int length) {
            return length == UNICODE
                    ? (char) Integer.parseInt(text.substring(at + 2, at + length), HEX)
                    : MEANT.charAt(SHORT.indexOf(text.charAt(at + 1)));
        }
    }
}
