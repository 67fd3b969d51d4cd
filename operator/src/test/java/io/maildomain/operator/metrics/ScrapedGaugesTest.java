package io.maildomain.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.metrics.ScrapedGauges.Sample;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScrapedGaugesTest {

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ScrapedGauges gauges = new ScrapedGauges();
    private final List<Sample> samples = new CopyOnWriteArrayList<>();

    @BeforeEach
    void register() {
        meters.getPrometheusRegistry().register(gauges);
        gauges.add(Metric.RULES, samples::stream);
    }

    @Test
    void aSeriesEndsWithWhatItSpeaksOf() {
        samples.add(Sample.of(3, "synced"));
        assertThat(meters.scrape()).contains("maildomain_rules{state=\"synced\"} 3.0", "# TYPE maildomain_rules gauge");

        samples.clear();

        assertThat(meters.scrape()).doesNotContain("maildomain_rules{");
    }

    @Test
    void oneThatCannotBeWorkedOutIsLeftOutAndTheRestStands() {
        samples.add(Sample.of(3, "synced"));
        gauges.add(Metric.RECONCILE_QUEUE, () -> {
            throw new IllegalStateException("a status that nobody foresaw");
        });
        Metric.LEADER.gauge(meters, () -> 1);

        assertThat(meters.scrape())
                .contains("maildomain_rules{state=\"synced\"} 3.0", "maildomain_leader 1.0")
                .doesNotContain("maildomain_reconcile_queue");
    }

    @Test
    void theSameSeriesTwiceLeavesOnlyItsOwnMetricOut() {
        samples.add(Sample.of(3, "synced"));
        samples.add(Sample.of(4, "synced"));
        Metric.LEADER.gauge(meters, () -> 1);

        assertThat(meters.scrape()).contains("maildomain_leader 1.0").doesNotContain("maildomain_rules{");
    }

    @Test
    void whatANameMayHoldDoesNotBreakTheScrape() {
        samples.add(Sample.of(1, "\"}\nmaildomain_leader 7"));

        assertThat(meters.scrape().lines()).noneMatch(line -> line.startsWith("maildomain_leader"));
    }

    @Test
    void eachMetricIsScrapedUnderTheNamesOfItsPage() {
        for (Metric metric : Metric.values()) {
            String[] values = metric.labels().stream().map(label -> "x").toArray(String[]::new);
            switch (metric.type()) {
                case COUNTER -> metric.counter(meters, values);
                case GAUGE -> metric.gauge(meters, () -> 1, values);
                case SCRAPED -> gauges.add(metric, () -> List.of(Sample.of(1, values)).stream());
                default -> metric.timer(meters, values);
            }
        }
        String scrape = meters.scrape();

        assertThat(Metric.values()).allSatisfy(metric -> assertThat(metric.series())
                .allSatisfy(series -> assertThat(scrape).containsPattern("(?m)^" + series + "[{ ]")));
    }
}
