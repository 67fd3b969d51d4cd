package io.maildomain.operator.app.metrics;

import io.maildomain.operator.metrics.Metric;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.BooleanSupplier;

/** The registry of a process, with what every replica measures, whether it leads or not. */
public final class ProcessMetrics {

    private ProcessMetrics() {}

    /**
     * The registry.
     *
     * @param version of the operator
     * @param leads asked at each scrape
     */
    public static PrometheusMeterRegistry registry(String version, BooleanSupplier leads) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        Metric.BUILD_INFO.gauge(meters, () -> 1, version);
        Metric.LEADER.gauge(meters, () -> leads.getAsBoolean() ? 1 : 0);
        return meters;
    }
}
