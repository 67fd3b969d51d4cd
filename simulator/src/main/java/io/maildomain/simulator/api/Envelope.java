package io.maildomain.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Cloudflare's envelope round every answer. */
public final class Envelope {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Envelope() {}

    /** A success with that result. */
    public static Answer success(JsonNode result) {
        return Answer.json(
                200, envelope(true, NODES.arrayNode(), NODES.arrayNode()).set("result", result));
    }

    /** A success that says something besides. */
    public static Answer success(JsonNode result, int code, String message) {
        ArrayNode messages = NODES.arrayNode();
        messages.addObject().put("code", code).put("message", message).putNull("type");
        return Answer.json(200, envelope(true, NODES.arrayNode(), messages).set("result", result));
    }

    /** A page of a list. */
    public static Answer page(ArrayNode items, JsonNode resultInfo) {
        ObjectNode body = envelope(true, NODES.arrayNode(), NODES.arrayNode());
        body.set("result", items);
        body.set("result_info", resultInfo);
        return Answer.json(200, body);
    }

    /**
     * A refusal.
     *
     * @param repeated whether the errors stand in {@code messages} too, as Email Routing has it
     */
    public static Answer failure(Refusal refusal, boolean repeated) {
        ArrayNode errors = NODES.arrayNode();
        ArrayNode messages = NODES.arrayNode();
        for (ErrorItem error : refusal.errors()) {
            errors.add(error.json());
            if (repeated) {
                messages.add(error.json());
            }
        }
        ObjectNode body = envelope(false, errors, messages);
        body.putNull("result");
        Answer answer = Answer.json(refusal.status(), body).with(refusal.headers());
        // Cloudflare's SDKs repeat a 409 for minutes unless they are told not to.
        return refusal.status() == 409 ? answer.with("x-should-retry", "false") : answer;
    }

    private static ObjectNode envelope(boolean success, ArrayNode errors, ArrayNode messages) {
        ObjectNode body = NODES.objectNode().put("success", success);
        body.set("errors", errors);
        body.set("messages", messages);
        return body;
    }
}
