package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.ratelimit.Permit;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToIntFunction;

/** Counts and times of calls, by call and outcome; never by token, zone or domain. */
final class CallMetrics {
    private final MeterRegistry registry;

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    Sample start() {
        return new Sample(Timer.start(registry));
    }

    /** A call that was not sent. */
    void postponed(Permit.Cause cause) {
        Counter.builder("maildomain.cloudflare.postponed")
                .description("Calls that were not sent, by what they wait for")
                .tag("why", cause.name())
                .register(registry)
                .increment();
    }

    /** How many wait for their turn, by class; asked whenever the metrics are read. */
    void waiting(ToIntFunction<ServiceClass> waiting) {
        for (ServiceClass each : ServiceClass.values()) {
            Gauge.builder("maildomain.cloudflare.waiting", () -> waiting.applyAsInt(each))
                    .description("Resources that wait for their turn with a token, by class of service")
                    .tag("class", each.name())
                    .register(registry);
        }
    }

    /** One was served after so long. */
    void waited(ServiceClass served, Duration how) {
        if (!how.isZero()) {
            Timer.builder("maildomain.cloudflare.waited")
                    .description("How long resources waited for their turn with a token, by class of service")
                    .tag("class", served.name())
                    .register(registry)
                    .record(how);
        }
    }

    /** The clock of one call. */
    final class Sample {
        private final Timer.Sample started;

        private Sample(Timer.Sample started) {
            this.started = started;
        }

        void stop(CloudflareCall call, String outcome) {
            started.stop(Timer.builder("maildomain.cloudflare.requests")
                    .description("Calls to Cloudflare's API, by call and by status or what went wrong")
                    .tag("call", call.name())
                    .tag("outcome", outcome)
                    .register(registry));
        }
    }
}
