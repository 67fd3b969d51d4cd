package io.maildomain.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/metrics.md is written by this test (with {@code -Dmaildomain.docs=write}) and held to {@link Metric} by it. */
class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "reference", "metrics.md");

    /** Labels that Prometheus or its operator set on every series of a target; ours would come out as {@code exported_…}. */
    private static final Set<String> OF_PROMETHEUS =
            Set.of("job", "instance", "namespace", "pod", "container", "endpoint", "service", "le", "quantile");

    private static final String HEAD = """
            # Metrics

            What `/metrics` shows on port 8080 (`--http-port`). This page is generated from the operator's code, and the build fails where it differs; this
            writes it:

            ```sh
            mvn -pl operator -am test -Dtest=MetricsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dmaildomain.docs=write
            ```

            - A *timer* has `…_count`, `…_sum` and `…_max`, in seconds; a *histogram* also `…_bucket`, whose label `le` is a time in seconds.
            - A gauge that speaks of resources is worked out at each scrape: its series end with the object that they speak of. Those that speak of single
              resources are a hundred at most. All others have as many series as their labels have values, however many domains there are.
            - A replica that stands by has `maildomain_leader 0` and nothing to say of resources.
            - No metric holds a token, a mail address or a domain. The names of namespaces and resources stand in the two labels that are called so.
            - `jvm_*`, `process_*` and `system_*` speak of the process, as Micrometer has them.

            [alerts.md](../guides/alerts.md) says what to be paged by; [kube-state-metrics.md](../guides/kube-state-metrics.md) how to have series of each resource.

            """;

    @Test
    void thePageSaysWhatIsMeasured() throws IOException {
        String page = HEAD + metrics() + labels();
        if ("write".equals(System.getProperty("maildomain.docs"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("docs/reference/metrics.md; see its head for how to write it")
                .hasContent(page);
    }

    @Test
    void namesAreAsPrometheusWantsThem() {
        assertThat(Metric.values()).allSatisfy(metric -> {
            assertThat(metric.word()).matches("maildomain(_[a-z]+)+");
            assertThat(metric.sentence()).endsWith(".");
            assertThat(metric.word().endsWith("_total"))
                    .as("only a counter is a total")
                    .isEqualTo(metric.type() == Metric.Type.COUNTER);
            if (metric.type() == Metric.Type.TIMER || metric.type() == Metric.Type.HISTOGRAM) {
                assertThat(metric.word()).endsWith("_seconds");
            }
        });
        assertThat(Arrays.stream(Metric.values()).map(Metric::word)).doesNotHaveDuplicates();
    }

    @Test
    void noLabelIsOneThatPrometheusSetsAndEachIsUsed() {
        assertThat(Label.values())
                .extracting(Label::word)
                .allMatch(word -> word.matches("[a-z_]+"))
                .doesNotContainAnyElementsOf(OF_PROMETHEUS);
        assertThat(Arrays.stream(Metric.values()).flatMap(metric -> metric.labels().stream()))
                .contains(Label.values());
    }

    /** What users name is in two labels, and only where the number of series is bounded. */
    @Test
    void onlyGaugesThatAreWorkedOutAtEachScrapeNameResources() {
        assertThat(Arrays.stream(Metric.values())
                        .filter(metric -> metric.labels().contains(Label.RESOURCE)))
                .allMatch(metric -> metric.type() == Metric.Type.SCRAPED)
                .containsExactly(Metric.NOT_READY_SECONDS, Metric.ZONE_PENDING_SECONDS);
    }

    @Test
    void wordsOfTheApiAreWrittenInLowerCase() {
        assertThat(Stream.of("ZonePending", "DNSReady", "Ready", "MXOfOthers", "NotApex2")
                        .map(Label::ofCamelCase))
                .containsExactly("zone_pending", "dns_ready", "ready", "mx_of_others", "not_apex2");
    }

    private static String metrics() {
        return Stream.of(Metric.values())
                .sorted(Comparator.comparing(Metric::word))
                .map(metric -> "| `%s` | %s | %s | %s |\n"
                        .formatted(metric.word(), type(metric), labels(metric.labels()), metric.sentence()))
                .collect(Collectors.joining(
                        "", "| metric | type | labels | what it says |\n| --- | --- | --- | --- |\n", "\n"));
    }

    private static String type(Metric metric) {
        return switch (metric.type()) {
            case COUNTER -> "counter";
            case GAUGE, SCRAPED -> "gauge";
            case TIMER -> "timer";
            case HISTOGRAM -> "histogram";
        };
    }

    private static String labels(List<Label> labels) {
        return labels.isEmpty()
                ? "–"
                : labels.stream().map(label -> "`" + label.word() + "`").collect(Collectors.joining(", "));
    }

    private static String labels() {
        return new TreeSet<>(Set.of(Label.values()))
                .stream()
                        .map(label -> "| `%s` | %s |\n".formatted(label.word(), label.meaning()))
                        .collect(Collectors.joining("", "## Labels\n\n| label | values |\n| --- | --- |\n", ""));
    }
}
