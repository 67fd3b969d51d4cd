package io.maildomain.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** JSON over HTTP for the two roles that tests and demo play at the simulator. */
final class JsonHttp {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private JsonHttp() {}

    /**
     * One exchange.
     *
     * @param body sent as JSON; a missing node sends nothing
     * @return the answer's JSON, a missing node if it is empty
     * @throws HarnessException on any status but 2xx, with the answer
     */
    static JsonNode exchange(HttpRequest.Builder request, String method, JsonNode body) {
        HttpRequest built = request.method(
                        method,
                        body.isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> response = send(built);
        if (response.statusCode() / 100 != 2) {
            throw new HarnessException(
                    method + " " + built.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return parse(built.uri(), response.body());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new HarnessException("the simulator does not answer " + request.uri() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while talking to the simulator", e);
        }
    }

    private static JsonNode parse(URI uri, String body) {
        try {
            return body.isBlank() ? JSON.missingNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new HarnessException(uri + " answered no JSON: " + body, e);
        }
    }
}
