package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.harness.GoProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart's alerts and the dashboard's queries before the real promtool. */
class AlertsIT {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final Path CASES = Path.of("src/test/resources/io/maildomain/harness/alerts/alerts_test.yaml");

    @TempDir
    private Path folder;

    private JsonNode spec;

    /** What came of a command. */
    @BeforeEach
    void writeTheChartsRules() throws IOException {
        spec = object("PrometheusRule").path("spec");
        Files.writeString(folder.resolve("rules.yaml"), Serialization.asYaml(spec));
        Files.copy(CASES, folder.resolve("alerts_test.yaml"));
    }

    private static JsonNode object(String kind) {
        String yaml = new Chart(CHECKOUT.chart())
                .render(
                        "mail-system",
                        Map.of("prometheusRule", Map.of("enabled", true), "dashboard", Map.of("enabled", true)));
        for (String document : yaml.split("(?m)^---$")) {
            JsonNode object = Serialization.unmarshal("---\n" + document, JsonNode.class);
            if (object != null && object.path("kind").asText().equals(kind)) {
                return object;
            }
        }
        throw new HarnessException("the chart renders no " + kind);
    }

    @Test
    void promtoolTakesTheRules() throws IOException {
        Result checked = promtool("check", "rules", "--lint=all", "--lint-fatal", "rules.yaml");

        assertThat(checked.exitCode()).as(checked.output()).isZero();
    }

    @Test
    void eachAlertFiresWhenItShouldAndOnlyThen() throws IOException {
        Result tested = promtool("test", "rules", "alerts_test.yaml");

        assertThat(tested.exitCode()).as(tested.output()).isZero();
    }

    @Test
    void noAlertIsWithoutACaseThatFiresItAndOneThatDoesNot() throws IOException {
        TreeSet<String> fired = new TreeSet<>();
        TreeSet<String> silent = new TreeSet<>();
        for (JsonNode test :
                Serialization.unmarshal(Files.readString(CASES), JsonNode.class).path("tests")) {
            for (JsonNode expected : test.path("alert_rule_test")) {
                (expected.path("exp_alerts").isEmpty() ? silent : fired)
                        .add(expected.path("alertname").asText());
            }
        }

        assertThat(fired).containsExactlyElementsOf(new TreeSet<>(alerts()));
        assertThat(silent).containsExactlyElementsOf(new TreeSet<>(alerts()));
    }

    @Test
    void eachAlertsRunbookIsAHeadingOfTheGuide() throws IOException {
        List<String> headings = Files.readAllLines(CHECKOUT.root().resolve("docs/guides/alerts.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        List<String> runbooks = new ArrayList<>();
        rules().forEach(rule -> runbooks.add(rule.at("/annotations/runbook_url").asText()));

        assertThat(headings).containsExactlyElementsOf(alerts());
        assertThat(runbooks).isNotEmpty().allMatch(url -> headings.stream()
                .anyMatch(heading -> url.endsWith("/alerts.md#" + heading.toLowerCase(Locale.ROOT))));
    }

    @Test
    void prometheusReadsEachQueryOfTheDashboard() throws IOException {
        JsonNode dashboard = JsonHttp.JSON.readTree(object("ConfigMap")
                .path("data")
                .path("mail-domain-operator.json")
                .asText());
        StringBuilder rules = new StringBuilder("groups:\n- name: queries\n  rules:\n");
        int queries = 0;
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String query = target.path("expr")
                        .asText()
                        .replace("$__rate_interval", "5m")
                        .replace("$namespace", ".*");
                rules.append("  - {record: \"query:%d\", expr: %s}\n"
                        .formatted(++queries, JsonHttp.JSON.writeValueAsString(query)));
            }
        }
        Files.writeString(folder.resolve("queries.yaml"), rules);

        Result checked = promtool("check", "rules", "queries.yaml");

        assertThat(queries).isGreaterThan(7);
        assertThat(checked.exitCode()).as(checked.output()).isZero();
        assertThat(checked.output()).contains(queries + " rules found");
    }

    private Iterable<JsonNode> rules() {
        return () -> spec.at("/groups/0/rules").iterator();
    }

    private List<String> alerts() {
        return StreamSupport.stream(rules().spliterator(), false)
                .map(rule -> rule.path("alert").asText())
                .toList();
    }

    private Result promtool(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(GoProgram.find(CHECKOUT, "promtool").toString()));
        command.addAll(List.of(arguments));
        return GoProgram.run(
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true), GoProgram.LIMIT);
    }
}
