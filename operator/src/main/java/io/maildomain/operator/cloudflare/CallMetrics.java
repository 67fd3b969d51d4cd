package io.maildomain.operator.cloudflare;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

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
    void postponed(Failure.Postponed.Why why) {
        Counter.builder("maildomain.cloudflare.postponed")
                .description("Calls that were not sent, by what they wait for")
                .tag("why", why.name())
                .register(registry)
                .increment();
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
