package io.maildomain.simulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.state.StateJson;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An answer, not yet sent.
 *
 * @param headers whose names' case does not matter
 * @param json the body where it is JSON; null where it is not
 * @param body the body's bytes
 */
public record Answer(int status, Map<String, String> headers, JsonNode json, byte[] body) {

    private static final String CONTENT_TYPE = "Content-Type";

    public Answer {
        headers = caseless(headers);
    }

    /** An answer whose body is JSON. */
    public static Answer json(int status, JsonNode json) {
        try {
            return new Answer(
                    status, Map.of(CONTENT_TYPE, "application/json"), json, StateJson.MAPPER.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    /** An answer of another kind. */
    public static Answer text(int status, String contentType, String text) {
        return new Answer(status, Map.of(CONTENT_TYPE, contentType), null, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer without a body. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), null, new byte[0]);
    }

    /** The same answer with one more header. */
    public Answer with(String name, String value) {
        return with(Map.of(name, value));
    }

    /** The same answer with more headers. */
    public Answer with(Map<String, String> added) {
        SortedMap<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.putAll(added);
        return new Answer(status, more, json, body);
    }

    private static SortedMap<String, String> caseless(Map<String, String> headers) {
        SortedMap<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(headers);
        return Collections.unmodifiableSortedMap(caseless);
    }
}
