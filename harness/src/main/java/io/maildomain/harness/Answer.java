package io.maildomain.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * An answer on its way through an {@link AnswerProxy}.
 *
 * @param headers by name, whatever its case; length and connection are not among them
 */
public record Answer(int status, Map<String, String> headers, String body) {

    public Answer {
        TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    /** Another answer altogether: this status and body, as JSON. */
    public Answer instead(int otherStatus, String otherBody) {
        return new Answer(otherStatus, headers, otherBody);
    }

    /** A refusal in Cloudflare's envelope. */
    public Answer refused(int otherStatus, int code, String message) {
        ObjectNode body = JsonHttp.JSON.createObjectNode();
        body.put("success", false);
        body.putNull("result");
        body.putArray("messages");
        body.putArray("errors").addObject().put("code", code).put("message", message);
        return instead(otherStatus, body.toString());
    }

    /** The same with a changed body. */
    public Answer json(Consumer<ObjectNode> change) {
        try {
            ObjectNode changed = (ObjectNode) JsonHttp.JSON.readTree(body);
            change.accept(changed);
            return new Answer(status, headers, changed.toString());
        } catch (JsonProcessingException e) {
            throw new HarnessException("the answer is no JSON: " + body, e);
        }
    }

    /** The body as it is. */
    public JsonNode json() {
        try {
            return JsonHttp.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new HarnessException("the answer is no JSON: " + body, e);
        }
    }

    /** The same with this header. */
    public Answer header(String name, String value) {
        TreeMap<String, String> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(headers);
        changed.put(name, value);
        return new Answer(status, changed, body);
    }

    byte[] wire() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(content.length).append("\r\nConnection: close\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + content.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return all;
    }
}
