package io.maildomain.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls a simulator as a client of Cloudflare's does, with one token. */
record Client(Simulator simulator, String token) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static Client of(Simulator simulator) {
        return new Client(simulator, simulator.startToken());
    }

    Client as(String otherToken) {
        return new Client(simulator, otherToken);
    }

    Reply get(String path) {
        return send("GET", path, null);
    }

    Reply post(String path, String body) {
        return send("POST", path, body);
    }

    Reply put(String path, String body) {
        return send("PUT", path, body);
    }

    Reply patch(String path, String body) {
        return send("PATCH", path, body);
    }

    Reply delete(String path) {
        return send("DELETE", path, null);
    }

    Reply send(String method, String path, String body) {
        return exchange(request(method, path, body).header("Authorization", "Bearer " + token));
    }

    HttpRequest.Builder request(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((path.startsWith("/_simulator") ? simulator.baseUri() : simulator.apiUri()) + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return body == null ? request : request.header("Content-Type", "application/json");
    }

    static Reply exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Adds a zone to the first account. */
    String addZone(String name) {
        Reply reply = post(
                "/zones", "{\"name\": \"" + name + "\", \"account\": {\"id\": \"" + simulator.accountId() + "\"}}");
        if (reply.status() != 200) {
            throw new AssertionError(reply.text());
        }
        return reply.result().path("id").asText();
    }
}
