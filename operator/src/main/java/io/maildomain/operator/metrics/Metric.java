package io.maildomain.operator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every metric of our own: what it is called, what kind it is, which labels it has, and what it says. No other is registered. */
public enum Metric {
    BUILD_INFO("maildomain_build_info", Type.GAUGE, "Always 1; its label says which version runs.", Label.VERSION),
    LEADER(
            "maildomain_leader",
            Type.GAUGE,
            "1 where this replica holds the Lease, or runs without election; 0 where it stands by."),
    RESOURCES(
            "maildomain_resources",
            Type.SCRAPED,
            "How many resources there are, by what their condition `Ready` says. Only the replica that leads has them, as all that follow"
                    + " from resources.",
            Label.KIND,
            Label.READY,
            Label.REASON),
    NOT_READY_SECONDS(
            "maildomain_not_ready_seconds",
            Type.SCRAPED,
            "How long a resource has not been Ready, or has been there without being looked at: the hundred that have waited longest.",
            Label.KIND,
            Label.RESOURCE_NAMESPACE,
            Label.RESOURCE,
            Label.REASON),
    RULES("maildomain_rules", Type.SCRAPED, "How many routing rules of MailDomains are in this state.", Label.STATE),
    ZONE_PENDING_SECONDS(
            "maildomain_zone_pending_seconds",
            Type.SCRAPED,
            "How long a zone has been waiting for its name servers: the hundred that have waited longest.",
            Label.RESOURCE_NAMESPACE,
            Label.RESOURCE),
    MAIL_DELIVERABLE(
            "maildomain_mail_deliverable",
            Type.SCRAPED,
            "How many MailDomains there are, by what their condition `MailDeliverable` says; those of which DNS was not asked have none.",
            Label.DELIVERABLE),
    TOKEN_EXPIRY(
            "maildomain_token_expiry_timestamp_seconds",
            Type.SCRAPED,
            "When a token expires, in seconds since 1970; absent where it does not, or Cloudflare does not say.",
            Label.ACCOUNT,
            Label.SURFACE),
    RECONCILES(
            "maildomain_reconcile_seconds",
            Type.HISTOGRAM,
            "How often something was reconciled or cleaned up, and how long that took.",
            Label.KIND,
            Label.RESULT),
    REQUEUES(
            "maildomain_requeues_total",
            Type.COUNTER,
            "What reconciles came to, as to how soon the next look is worth it.",
            Label.REQUEUE),
    RECONCILE_QUEUE(
            "maildomain_reconcile_queue",
            Type.SCRAPED,
            "How many resources are due and wait for a thread.",
            Label.KIND),
    RECONCILE_RUNNING("maildomain_reconcile_running", Type.SCRAPED, "How many reconciles are under way.", Label.KIND),
    RECONCILE_OVERDUE_SECONDS(
            "maildomain_reconcile_overdue_seconds",
            Type.SCRAPED,
            "How long the resource that has been due longest should have been looked at by now; 0 where none is late.",
            Label.KIND),
    DRIFT_FOUND(
            "maildomain_drift_found_total",
            Type.COUNTER,
            "Differences at Cloudflare, found on resources that had been in line under the same spec. Where drift is only reported, each is counted"
                    + " when it is first seen.",
            Label.KIND),
    DRIFT_MENDED(
            "maildomain_drift_mended_total", Type.COUNTER, "How many of these were brought back in line.", Label.KIND),
    CLOUDFLARE_REQUESTS(
            "maildomain_cloudflare_requests_seconds",
            Type.HISTOGRAM,
            "Calls to Cloudflare's API: how many, and how long they took.",
            Label.ACCOUNT,
            Label.CALL,
            Label.STATUS,
            Label.CODE),
    CLOUDFLARE_POSTPONED(
            "maildomain_cloudflare_postponed_total",
            Type.COUNTER,
            "Calls and turns that were put off, by what they wait for.",
            Label.WHY),
    CLOUDFLARE_BUDGET_LEFT(
            "maildomain_cloudflare_budget_left",
            Type.SCRAPED,
            "How many requests the account's token may send at once: 0 while Cloudflare has asked to wait. Of two tokens, the one with less; accounts that share a budget have the same.",
            Label.ACCOUNT),
    CLOUDFLARE_WAITING(
            "maildomain_cloudflare_waiting",
            Type.GAUGE,
            "Resources that wait for their turn with a token.",
            Label.CLASS),
    CLOUDFLARE_WAITED(
            "maildomain_cloudflare_waited_seconds",
            Type.TIMER,
            "How long resources had waited for their turn with a token when they were served.",
            Label.CLASS),
    SWEEPS(
            "maildomain_sweeps_total",
            Type.COUNTER,
            "How many [sweeps](../architecture.md#sweeps) over accounts have ended.",
            Label.OUTCOME),
    SWEEP_REQUESTS(
            "maildomain_sweep_requests_total", Type.COUNTER, "Calls that the sweeps which were done have taken."),
    SWEEP_AGE(
            "maildomain_sweep_age_seconds",
            Type.SCRAPED,
            "How long ago the healthy resource was compared with Cloudflare, by a [sweep](../architecture.md#sweeps) or by itself, that was compared longest ago:"
                    + " no older is what is known of all of them. More than two of the next metric: it is late.",
            Label.ACCOUNT),
    SWEEP_INTERVAL(
            "maildomain_sweep_interval_seconds",
            Type.SCRAPED,
            "From one comparison to the next, as the budget allows it.",
            Label.ACCOUNT),
    SWEPT_RESOURCES("maildomain_swept_resources", Type.SCRAPED, "How many resources sweeps see to.", Label.ACCOUNT),
    DNS_LOOKS(
            "maildomain_dns_looks_total",
            Type.COUNTER,
            "Looks at what the world sees of a domain, by DNS: `done` where all questions were answered.",
            Label.OUTCOME);

    /** What a metric is. */
    public enum Type {
        /** Goes up only. */
        COUNTER,
        /** A number that is kept. */
        GAUGE,
        /** A number for each set of labels that there is something to say of, worked out at each scrape: {@link ScrapedGauges}. */
        SCRAPED,
        /** Count, sum and largest of durations, in seconds. */
        TIMER,
        /** A timer with buckets. */
        HISTOGRAM;

        boolean isTimer() {
            return this == TIMER || this == HISTOGRAM;
        }
    }

    /** From what a quick answer takes to the longest that a call may take. */
    private static final Duration[] BUCKETS = Stream.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final String word;
    private final Type type;
    private final String sentence;
    private final List<Label> labels;

    Metric(String word, Type type, String sentence, Label... labels) {
        this.word = word;
        this.type = type;
        this.sentence = sentence;
        this.labels = List.of(labels);
    }

    /** As it stands in a scrape; that of a timer is followed by {@code _count}, {@code _sum}, {@code _max} and, with buckets, {@code _bucket}. */
    public String word() {
        return word;
    }

    public Type type() {
        return type;
    }

    /** Markdown: what it says. */
    public String sentence() {
        return sentence;
    }

    /** In the order in which values are given. */
    public List<Label> labels() {
        return labels;
    }

    /** The names under which a scrape has it. */
    public List<String> series() {
        if (!type.isTimer()) {
            return List.of(word);
        }
        Stream<String> endings = type == Type.HISTOGRAM
                ? Stream.of("_bucket", "_count", "_sum", "_max")
                : Stream.of("_count", "_sum", "_max");
        return endings.map(word::concat).toList();
    }

    /** The counter with these values of its labels. */
    public Counter counter(MeterRegistry registry, String... values) {
        return Counter.builder(meter()).description(sentence).tags(tags(values)).register(registry);
    }

    /** The timer with these values of its labels. */
    public Timer timer(MeterRegistry registry, String... values) {
        Timer.Builder timer = Timer.builder(meter()).description(sentence).tags(tags(values));
        return (type == Type.HISTOGRAM ? timer.serviceLevelObjectives(BUCKETS) : timer).register(registry);
    }

    /** @param value asked at each scrape */
    public void gauge(MeterRegistry registry, Supplier<Number> value, String... values) {
        Gauge.builder(meter(), value).description(sentence).tags(tags(values)).register(registry);
    }

    /** The meter's name: the registry adds what Prometheus wants at its end. */
    public String meter() {
        return word.replaceAll("_(seconds|total)$", "").replace('_', '.');
    }

    private Iterable<Tag> tags(String... values) {
        check(values.length);
        return Tags.of(IntStream.range(0, values.length)
                .mapToObj(i -> Tag.of(labels.get(i).word(), values[i]))
                .toList());
    }

    void check(int values) {
        if (values != labels.size()) {
            throw new IllegalArgumentException(word + " has " + labels.size() + " labels, not " + values);
        }
    }
}
