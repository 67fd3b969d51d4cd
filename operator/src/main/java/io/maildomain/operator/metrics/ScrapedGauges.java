package io.maildomain.operator.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Gauges that are worked out when they are asked for: nothing is kept, so a series ends with the object that it speaks of, and a scrape takes no lock of
 * its own. One that cannot be worked out is left out, and the rest of the scrape stands.
 */
public final class ScrapedGauges implements MultiCollector {

    private static final Logger LOG = LoggerFactory.getLogger(ScrapedGauges.class);

    private final Map<Metric, Supplier<Stream<Sample>>> sources = new ConcurrentSkipListMap<>();
    private final Set<Metric> complainedOf = ConcurrentHashMap.newKeySet();

    /**
     * One series.
     *
     * @param labels the values, in the metric's order
     */
    public record Sample(double value, List<String> labels) {

        public static Sample of(double value, String... labels) {
            return new Sample(value, List.of(labels));
        }
    }

    /** @param source asked at each scrape, on its thread; no two samples may have the same labels */
    public void add(Metric metric, Supplier<Stream<Sample>> source) {
        sources.put(metric, source);
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        sources.forEach((metric, source) -> collect(metric, source).ifPresent(all::metricSnapshot));
        return all.build();
    }

    private Optional<GaugeSnapshot> collect(Metric metric, Supplier<Stream<Sample>> source) {
        try {
            GaugeSnapshot.Builder gauge =
                    GaugeSnapshot.builder().name(metric.word()).help(metric.sentence());
            source.get().forEach(sample -> gauge.dataPoint(point(metric, sample)));
            return Optional.of(gauge.build());
        } catch (RuntimeException failure) {
            // Once: an alert that goes blind should not do so in silence, and a scrape comes every few seconds.
            LOG.atLevel(complainedOf.add(metric) ? Level.WARN : Level.DEBUG)
                    .setCause(failure)
                    .log("{} cannot be worked out and is left out of the metrics", metric.word());
            return Optional.empty();
        }
    }

    private static GaugeDataPointSnapshot point(Metric metric, Sample sample) {
        metric.check(sample.labels().size());
        String[] names = metric.labels().stream().map(Label::word).toArray(String[]::new);
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of(names, sample.labels().toArray(String[]::new)))
                .value(sample.value())
                .build();
    }
}
