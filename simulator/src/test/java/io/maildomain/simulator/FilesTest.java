package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.simulator.faults.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data file and the recording. */
class FilesTest {

    @TempDir
    private Path folder;

    @Test
    void theStateSurvivesInItsFile() {
        Path file = folder.resolve("state.json");
        JsonNode before;
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withData(file))) {
            Client.of(simulator).addZone("example.com");
            before = simulator.controls().state();
        }
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withData(file))) {
            assertThat(simulator.controls().state()).isEqualTo(before);
        }
    }

    @Test
    void theFileFollowsEveryChangeAtOnce() throws IOException {
        Path file = folder.resolve("state.json");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withData(file))) {
            assertThat(Files.readString(file)).contains("Simulated account").contains("\n");
            Client.of(simulator).addZone("example.com");
            await().until(() -> Files.readString(file).contains("example.com"));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing is left beside it").containsExactly(file);
        }
    }

    @Test
    void aFileThatHoldsNoStateIsRefusedAndKept() throws IOException {
        Path file = Files.writeString(folder.resolve("state.json"), "{\"zones\": 3}");
        SimulatorOptions options = SimulatorOptions.defaults().withData(file);
        assertThatThrownBy(() -> Simulator.start(options))
                .hasMessageContaining("state.json")
                .hasMessageContaining("holds no state");
        assertThat(Files.readString(file)).isEqualTo("{\"zones\": 3}");
    }

    @Test
    void everyExchangeOfTheApiIsRecordedWithoutTheToken() throws IOException {
        Path file = folder.resolve("recording.jsonl");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withRecording(file))) {
            Client client = Client.of(simulator);
            client.addZone("example.com");
            assertThat(Files.readAllLines(file)).as("written at once").hasSize(1);
            client.get("/zones?name=example.com");
            client.get("/_simulator/state");
            simulator.controls().failNext("GET", "", Fault.malformedBody());
            client.get("/zones");
            client.send("OPTIONS", "/zones", null);
            assertThat(Files.readString(file)).doesNotContain(simulator.startToken());
        }
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).fieldNames())
                .toIterable()
                .containsExactly("method", "path", "requestBody", "status", "responseHeaders", "responseBody");
        assertThat(lines.get(0).at("/requestBody/name").asText()).isEqualTo("example.com");
        assertThat(lines.get(1).path("path").asText()).isEqualTo("/client/v4/zones?name=example.com");
        assertThat(lines.get(1).path("requestBody").isNull()).isTrue();
        assertThat(lines.get(1).at("/responseHeaders/Date").isTextual()).isTrue();
        assertThat(lines.get(2).path("fault").asBoolean()).isTrue();
        assertThat(lines.get(2).path("responseBody").isTextual())
                .as("half a body")
                .isTrue();
        assertThat(lines.get(3).path("responseBody").isNull()).isTrue();
    }

    @Test
    void theSecretOfAWorkerIsNotRecorded() throws IOException {
        Path file = folder.resolve("recording.jsonl");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withRecording(file))) {
            simulator.controls().putWorker("mailbox");
            String script = "/accounts/" + simulator.accountId() + "/workers/scripts/mailbox";
            Client.of(simulator).put(script + "/secrets", "{\"name\": \"KEY\", \"text\": \"hidden\"}");
            Form.worker(
                            "{\"main_module\": \"index.js\","
                                    + " \"bindings\": [{\"name\": \"K\", \"type\": \"secret_text\", \"text\": \"hidden\"}]}",
                            "")
                    .send(Client.of(simulator), "PUT", script);
        }
        assertThat(Files.readString(file)).contains("KEY").doesNotContain("hidden");
    }
}
