package io.maildomain.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One entry of an answer's {@code errors}.
 *
 * @param documentationUrl empty where there is none
 * @param chain what lies behind it
 */
public record ErrorItem(int code, String message, String documentationUrl, List<ErrorItem> chain) {

    public ErrorItem(int code, String message) {
        this(code, message, "", List.of());
    }

    ObjectNode json() {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
        if (!documentationUrl.isEmpty()) {
            node.put("documentation_url", documentationUrl);
        }
        if (!chain.isEmpty()) {
            ArrayNode links = node.putArray("error_chain");
            chain.forEach(link -> links.add(link.json()));
        }
        return node;
    }
}
