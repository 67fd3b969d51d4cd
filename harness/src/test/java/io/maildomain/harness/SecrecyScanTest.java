package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools/secrecy-scan}, on a folder that looks like this checkout after its integration tests. */
class SecrecyScanTest {

    private static final String TOKEN = "Q7xVt2nLr9KdWp4sYb6mHc8jZf1gTa3uEe5iOo0v";

    @TempDir
    Path folder;

    private record Result(int exitCode, String said) {}

    @BeforeEach
    void aHarmlessRun() throws IOException {
        write("operator/target/rig/SomeIT-1.tokens", TOKEN + "\n");
        write("operator/target/rig/SomeIT-1.operator.log", "ready\n");
        write("operator/target/rig/SomeIT-1.resources.json", "{}\n");
        write("operator/target/rig/SomeIT-1.events.json", "{}\n");
        write("operator/target/rig/SomeIT-1.http.txt", "GET /metrics: 200\n");
        write("operator/target/rig/SomeIT-1.kubeconfig", "token: " + TOKEN + "\n");
        write("operator/target/recordings/SomeIT-1.jsonl", "{\"method\":\"GET\"}\n");
    }

    @Test
    void aRunWithoutALeakPasses() throws Exception {
        assertThat(scan()).isEqualTo(new Result(0, "1 tokens looked for in 5 files (47 bytes): 0 hits\n"));
    }

    @Test
    void aTokenInTheWordsOfAFailedTestIsFound() throws Exception {
        write("operator/target/failsafe-reports/TEST-SomeIT.xml", "<failure>\nexpected " + TOKEN + "</failure>\n");

        Result result = scan();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.said()).contains("TEST-SomeIT.xml: a token in line 2").doesNotContain(TOKEN);
    }

    @Test
    void aTokenInBase64IsFound() throws Exception {
        String encoded = Base64.getEncoder().encodeToString((TOKEN + "\nmore").getBytes(StandardCharsets.UTF_8));
        write("operator/target/rig/SomeIT-1.events.json", "data: " + encoded + "\n");

        assertThat(scan().exitCode()).isEqualTo(1);
    }

    @Test
    void anAuthorizationHeaderInARecordingIsFound() throws Exception {
        write("operator/target/recordings/SomeIT-1.jsonl", "{\"requestHeaders\":{\"authorization\": \"x\"}}\n");

        assertThat(scan().exitCode()).isEqualTo(1);
    }

    @Test
    void whatATestMadeTheSimulatorSayIsNoLeak() throws Exception {
        write("operator/target/recordings/SomeIT-1.jsonl", "{\"responseBody\":\"" + TOKEN + "\",\"fault\":true}\n");

        assertThat(scan().exitCode()).isZero();
    }

    @Test
    void aScanThatReadsNothingFails() throws Exception {
        Files.delete(folder.resolve("operator/target/rig/SomeIT-1.http.txt"));

        assertThat(scan())
                .isEqualTo(new Result(
                        2, "secrecy-scan: there is no http.txt to look at: run the integration tests first\n"));
    }

    @Test
    void aScanThatLooksForNothingFails() throws Exception {
        Files.delete(folder.resolve("operator/target/rig/SomeIT-1.tokens"));

        assertThat(scan().exitCode()).isEqualTo(2);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Result scan() throws Exception {
        Process process = new ProcessBuilder(
                        Checkout.find().root().resolve("tools/secrecy-scan").toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), said);
    }
}
