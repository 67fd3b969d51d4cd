package io.maildomain.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.maildomain.simulator.quirks.Quirk;
import io.maildomain.simulator.quirks.Quirks;
import io.maildomain.simulator.state.HostNames;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The names in an answer, in the form that the quirk {@code zone-names} asks for. */
final class ShownNames {

    private static final String NAME = "name";

    /** Where names of hosts and addresses stand in a DNS record and in a rule. */
    private static final Set<String> OF_CONTENTS = Set.of("content", "value", "email");

    private static final Pattern WITH_A_LABEL = Pattern.compile("([^\\s@]+@)?([a-z0-9_*-]+\\.)*xn--[a-z0-9_.-]+");

    private final boolean everywhere;

    private ShownNames(boolean everywhere) {
        this.everywhere = everywhere;
    }

    /** The answer with its names as the quirk has them. */
    static Answer in(Answer answer, Quirks quirks) {
        if (answer.json() == null || quirks.is(Quirk.ZONE_NAMES, "ascii")) {
            return answer;
        }
        ShownNames shown = new ShownNames(quirks.is(Quirk.ZONE_NAMES, "unicode-everywhere"));
        return Answer.json(answer.status(), shown.node(answer.json(), false)).with(answer.headers());
    }

    private JsonNode node(JsonNode node, boolean isName) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            // Whatever has a content is a DNS record, not a zone.
            boolean named = everywhere || !object.has("content");
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                boolean name = field.getKey().equals(NAME) ? named : everywhere && OF_CONTENTS.contains(field.getKey());
                copy.set(field.getKey(), node(field.getValue(), name));
            }
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(node(element, isName)));
            return copy;
        }
        return isName && node.isTextual() ? TextNode.valueOf(text(node.asText())) : node;
    }

    private static String text(String text) {
        if (!WITH_A_LABEL.matcher(text).matches()) {
            return text;
        }
        int at = text.lastIndexOf('@');
        return text.substring(0, at + 1) + HostNames.unicode(text.substring(at + 1));
    }
}
