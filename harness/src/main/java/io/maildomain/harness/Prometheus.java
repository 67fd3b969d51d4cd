package io.maildomain.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A real Prometheus that scrapes one operator each second, as a process. */
public final class Prometheus implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final URI api;

    private Prometheus(Process process, URI api) {
        this.process = process;
        this.api = api;
    }

    /**
     * One line of a query's answer.
     *
     * @param labels without the metric's name
     * @param points in the order of time; what is no number is left out
     */
    public record Series(Map<String, String> labels, List<Point> points) {}

    /** @param at in seconds since 1970 */
    public record Point(double at, double value) {}

    /**
     * Starts it and waits until it answers.
     *
     * @param metrics where the operator's HTTP server is
     * @param labels of the target, as Prometheus' operator sets them
     * @param folder for its configuration, data and log
     */
    public static Prometheus start(URI metrics, Map<String, String> labels, Path folder) {
        Path program = GoProgram.find(Checkout.find(), "prometheus");
        try {
            Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                    global: {scrape_interval: 1s, scrape_timeout: 1s}
                    scrape_configs:
                      - job_name: mail-domain-operator
                        static_configs:
                          - targets: ["%s:%d"]
                            labels: {%s}
                    """.formatted(
                            metrics.getHost(),
                            metrics.getPort(),
                            labels.entrySet().stream()
                                    .map(label -> label.getKey() + ": \"" + label.getValue() + "\"")
                                    .collect(Collectors.joining(", "))));
            int port = freePort();
            Process process = new ProcessBuilder(
                            program.toString(),
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("prometheus.log").toFile())
                    .start();
            Prometheus prometheus = new Prometheus(process, URI.create("http://127.0.0.1:" + port + "/api/v1/"));
            Waiting.until(START, () -> !process.isAlive() || prometheus.hasScraped());
            if (!prometheus.hasScraped()) {
                prometheus.close();
                throw new HarnessException(
                        "prometheus scrapes nothing; it said: " + Files.readString(folder.resolve("prometheus.log")));
            }
            return prometheus;
        } catch (IOException e) {
            throw new HarnessException("prometheus cannot be started: " + e.getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private boolean hasScraped() {
        try {
            return !values("job").isEmpty();
        } catch (HarnessException notYet) {
            return false;
        }
    }

    /** The values that a label has by now. */
    public List<String> values(String label) {
        List<String> values = new ArrayList<>();
        get("label/" + label + "/values").forEach(value -> values.add(value.asText()));
        return values;
    }

    /** What a query comes to, second by second. */
    public List<Series> range(String query, Instant from, Instant to) {
        JsonNode answer = get(String.format(
                Locale.ROOT,
                "query_range?query=%s&start=%d&end=%d&step=1",
                URLEncoder.encode(query, StandardCharsets.UTF_8),
                from.getEpochSecond(),
                to.getEpochSecond()));
        List<Series> all = new ArrayList<>();
        for (JsonNode series : answer.path("result")) {
            List<Point> points = new ArrayList<>();
            for (JsonNode point : series.path("values")) {
                double value = Double.parseDouble(
                        point.get(1).asText().replace("+Inf", "Infinity").replace("-Inf", "-Infinity"));
                if (Double.isFinite(value)) {
                    points.add(new Point(point.get(0).asDouble(), value));
                }
            }
            Map<String, String> labels = new TreeMap<>();
            series.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            all.add(new Series(labels, points));
        }
        return all;
    }

    private JsonNode get(String path) {
        return JsonHttp.exchange(HttpRequest.newBuilder(api.resolve(path)), "GET", MissingNode.getInstance())
                .path("data");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
