package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command, as a process of its own. */
class MainTest {

    private static Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().putAll(environment);
        return process.start();
    }

    private static Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private static String errorsOf(Process process, int exitCode) throws Exception {
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(errors).isEqualTo(exitCode);
        return errors.strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --nonsense              | --nonsense
            --port=many             | many
            --port=70000            | 70000
            --latency=soon          | soon
            --rate-limit=often      | often
            --quirk=odd=yes         | odd
            --quirk=dns-form=odd    | auto, array, object
            """)
    void aWrongFlagIsOneClearLine(String argument, String named) throws Exception {
        String errors = errorsOf(start(argument), 2);
        assertThat(errors).startsWith("cloudflare-simulator: ").contains(named);
        assertThat(errors.lines()).hasSize(1);
    }

    @Test
    void aPortInUseIsOneClearLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String errors = errorsOf(start("--port", String.valueOf(taken.getLocalPort())), 1);
            assertThat(errors)
                    .isEqualTo("cloudflare-simulator: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use");
        }
    }

    @Test
    void itSaysWhereItListensAndSavesItsStateWhenItIsStopped(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("state.json");
        Process process = start("--port", "0", "--data", data.toString());
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).matches("listening on http://127\\.0\\.0\\.1:\\d+/client/v4");
            assertThat(out.readLine()).contains("simulator-token-that-may-do-everything-00");
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(data)).contains("0123456789abcdef0123456789abcdef");
    }

    @Test
    void whereThereIsNoSqliteOnlyTheSqlOfD1DoesNotRun() throws Exception {
        Process process =
                start(Map.of("JAVA_TOOL_OPTIONS", "-Dorg.sqlite.tmpdir=/there/is/no/such/folder"), "--port", "0");
        try (BufferedReader out = process.inputReader()) {
            String api = out.readLine().replace("listening on ", "");
            String databases = api + "/accounts/0123456789abcdef0123456789abcdef/d1/database";
            assertThat(post(databases, "{\"name\": \"mail-db\"}")).contains("\"success\":true");
            assertThat(post(databases + "/mail-db/query", "{\"sql\": \"SELECT 1\"}"))
                    .startsWith("500 ")
                    .contains("\"code\":7500", "cannot load SQLite's library");
        } finally {
            process.destroy();
        }
    }

    private static String post(String uri, String body) throws Exception {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(uri))
                                .header("Authorization", "Bearer simulator-token-that-may-do-everything-00")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }
}
