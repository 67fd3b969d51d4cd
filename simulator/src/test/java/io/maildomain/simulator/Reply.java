package io.maildomain.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;

/** An answer as a test looks at it. */
record Reply(int status, HttpHeaders headers, String text) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    JsonNode json() {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    JsonNode result() {
        return json().path("result");
    }

    /** The first error's code; -1 where there is none. */
    int code() {
        return json().path("errors").path(0).path("code").asInt(-1);
    }

    String message() {
        return json().path("errors").path(0).path("message").asText();
    }

    /** Status and code, as the tables of errors have them: {@code 403/10000}. */
    String refusal() {
        return status + "/" + code();
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
