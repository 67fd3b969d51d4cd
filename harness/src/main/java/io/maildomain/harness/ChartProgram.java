package io.maildomain.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The Helm library as a program of its own. It is Go code, whose run time takes over the signals of the process that
 * loads it: a JVM does not hear Ctrl-C, SIGTERM or SIGQUIT any more, and then leaves everything behind that it started.
 *
 * <p>Each line of its input is a request, each line of its output the answer, both JSON; it ends with its input.
 */
final class ChartProgram {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ChartProgram() {}

    /** What {@link #main} is asked to render. The values are YAML. */
    record Rendering(String chart, String release, String namespace, String kubernetes, String values) {}

    /** @param arguments none */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answer(JSON.readTree(line)));
        }
    }

    private static ObjectNode answer(JsonNode request) throws IOException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        try {
            return answer.put(
                    "text",
                    request.has("lint")
                            ? lint(Path.of(request.path("lint").asText()))
                            : render(JSON.treeToValue(request.path("render"), Rendering.class)));
        } catch (IllegalStateException e) {
            return answer.put("error", e.getMessage().strip());
        }
    }

    private static String render(Rendering what) throws IOException {
        Path values = Files.createTempFile("maildomain-values-", ".yaml");
        try {
            Files.writeString(values, what.values());
            return new Helm(Path.of(what.chart()))
                    .template()
                    .withName(what.release())
                    .withNamespace(what.namespace())
                    .withKubeVersion(what.kubernetes())
                    .withValuesFile(values)
                    .skipCrds()
                    .call();
        } finally {
            Files.delete(values);
        }
    }

    private static String lint(Path chart) {
        LintResult result = new Helm(chart).lint().strict().call();
        return result.isFailed() ? String.join("\n", result.getMessages()) : "";
    }
}
