package io.maildomain.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@link ChartProgram}, started when it is first needed and used by this whole JVM; it ends with it. */
final class ChartProcess {

    private static ChartProcess shared;

    private final BufferedReader answers;
    private final Writer requests;

    private ChartProcess(Process process) {
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Sends a request and waits for the answer's text.
     *
     * @throws HarnessException with what Helm says if it refuses
     */
    static synchronized String ask(JsonNode request) {
        try {
            if (shared == null) {
                shared = start();
            }
            return shared.exchange(request);
        } catch (IOException e) {
            shared = null;
            throw new HarnessException("the chart cannot be rendered: " + e.getMessage(), e);
        }
    }

    private static ChartProcess start() throws IOException {
        List<String> command = new ArrayList<>(GuardedProcess.JAVA);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ChartProgram.class.getName()));
        return new ChartProcess(
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    private String exchange(JsonNode request) throws IOException {
        requests.write(request + "\n");
        requests.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the program that renders it has ended");
        }
        JsonNode answer = JsonHttp.JSON.readTree(line);
        if (answer.has("error")) {
            throw new HarnessException(
                    "the chart is refused: " + answer.path("error").asText());
        }
        return answer.path("text").asText();
    }
}
