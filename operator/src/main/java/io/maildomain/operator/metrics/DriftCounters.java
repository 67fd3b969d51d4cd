package io.maildomain.operator.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what others changed at Cloudflare under us, by kind of resource. */
public final class DriftCounters {

    private final MeterRegistry meters;

    /** Both counters of each kind are there from the start: a rate needs the value before the first. */
    public DriftCounters(MeterRegistry meters) {
        this.meters = meters;
        for (String kind : new String[] {"MailDomain", "CatchAllRule", "MailWorker", "MailSite"}) {
            drifted(kind, 0, 0);
        }
    }

    /**
     * What had been in line was not any more.
     *
     * @param kind of the resource, as in a manifest
     * @param found differences
     * @param mended how many of them were brought back in line
     */
    public void drifted(String kind, int found, int mended) {
        String label = kind.toLowerCase(Locale.ROOT);
        Metric.DRIFT_FOUND.counter(meters, label).increment(found);
        Metric.DRIFT_MENDED.counter(meters, label).increment(mended);
    }
}
