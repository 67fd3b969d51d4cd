package io.maildomain.simulator.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Request;
import io.maildomain.simulator.state.StateJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes each exchange at once. Request headers are never written: one of them is the token. */
public final class Recorder implements AutoCloseable {

    private static final Pattern OF_SECRETS = Pattern.compile("/workers/scripts/[^/]+/secrets(/|$)");

    private final BufferedWriter file;

    private Recorder(BufferedWriter file) {
        this.file = file;
    }

    /**
     * Appends to a file.
     *
     * @throws IOException when it cannot be written
     */
    public static Recorder to(Path file) throws IOException {
        return new Recorder(Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /**
     * Writes one exchange, with the headers as they are sent. One that a planted fault had a hand in says so: it is
     * nothing to hold against a schema.
     */
    public void record(Request request, Answer answer, Map<String, String> headers, boolean faulty) {
        ObjectNode line = StateJson.MAPPER.createObjectNode();
        line.put("method", request.method());
        line.put("path", request.target());
        line.set("requestBody", withoutSecret(request.path(), json(request.body())));
        line.put("status", answer.status());
        ObjectNode sent = line.putObject("responseHeaders");
        headers.forEach(sent::put);
        line.set("responseBody", body(answer));
        if (faulty) {
            line.put("fault", true);
        }
        try {
            synchronized (file) {
                file.write(line.toString());
                file.newLine();
                file.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the recording: " + e.getMessage(), e);
        }
    }

    /** A Worker's secret comes in a body. */
    private static JsonNode withoutSecret(String path, JsonNode body) {
        if (OF_SECRETS.matcher(path).find() && body instanceof ObjectNode secret && secret.has("text")) {
            secret.put("text", "(not recorded)");
        }
        return body;
    }

    private static JsonNode body(Answer answer) {
        if (answer.json() != null) {
            return answer.json();
        }
        return answer.body().length == 0
                ? StateJson.MAPPER.nullNode()
                : StateJson.MAPPER.getNodeFactory().textNode(new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode json(byte[] body) {
        if (body.length == 0) {
            return StateJson.MAPPER.nullNode();
        }
        try {
            return StateJson.MAPPER.readTree(body);
        } catch (IOException e) {
            return StateJson.MAPPER.nullNode();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
