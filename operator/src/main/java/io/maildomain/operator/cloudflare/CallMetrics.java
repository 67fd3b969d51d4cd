package io.maildomain.operator.cloudflare;

import io.maildomain.operator.cloudflare.ratelimit.Permit;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.metrics.Label;
import io.maildomain.operator.metrics.Metric;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts and times of calls, by account, call, status and code; never by token, zone or domain. */
public final class CallMetrics {

    /** What stands for the account where there is none, and for the code. */
    public static final String NONE = "none";

    private static final Set<Integer> KNOWN =
            Stream.of(CloudflareError.values()).map(CloudflareError::code).collect(Collectors.toUnmodifiableSet());

    private final MeterRegistry registry;
    private final Function<ApiToken, String> accounts;
    private final Supplier<String> account;

    /** @param accounts the name of the account that a token belongs to, or {@link #NONE}; asked after each call */
    public CallMetrics(MeterRegistry registry, Function<ApiToken, String> accounts) {
        this(registry, accounts, () -> NONE);
    }

    private CallMetrics(MeterRegistry registry, Function<ApiToken, String> accounts, Supplier<String> account) {
        this.registry = registry;
        this.accounts = accounts;
        this.account = account;
    }

    /** The same, of one token's calls. */
    CallMetrics of(ApiToken token) {
        return new CallMetrics(registry, accounts, () -> accounts.apply(token));
    }

    Sample start() {
        return new Sample(Timer.start(registry));
    }

    /** A call or a turn that has to wait. */
    void postponed(Permit.Cause cause) {
        Metric.CLOUDFLARE_POSTPONED.counter(registry, Label.of(cause)).increment();
    }

    /** How many wait for their turn, by class; asked whenever the metrics are read. */
    void waiting(ToIntFunction<ServiceClass> waiting) {
        for (ServiceClass each : ServiceClass.values()) {
            Metric.CLOUDFLARE_WAITING.gauge(registry, () -> waiting.applyAsInt(each), Label.of(each));
        }
    }

    /** One was served after so long. */
    void waited(ServiceClass served, Duration how) {
        if (!how.isZero()) {
            Metric.CLOUDFLARE_WAITED.timer(registry, Label.of(served)).record(how);
        }
    }

    /** The account is gone: its series end. */
    public void forget(String name) {
        List<Meter> gone = registry.getMeters().stream()
                .filter(meter -> name.equals(meter.getId().getTag(Label.ACCOUNT.word())))
                .toList();
        gone.forEach(registry::remove);
    }

    /** The clock of one call. */
    final class Sample {
        private final Timer.Sample started;

        private Sample(Timer.Sample started) {
            this.started = started;
        }

        /** There was an answer that is not a refusal. */
        void stop(CloudflareCall call, int status) {
            stop(call, String.valueOf(status), NONE);
        }

        /** Cloudflare refused the call. */
        void stop(CloudflareCall call, Failure.Refused refused) {
            String code = refused.errors().isEmpty()
                    ? NONE
                    : refused.errors().stream()
                            .map(ApiError::code)
                            .filter(KNOWN::contains)
                            .findFirst()
                            .map(String::valueOf)
                            .orElse("other");
            stop(call, String.valueOf(refused.status()), code);
        }

        /** There was no answer, or none that can be read. */
        void stop(CloudflareCall call, String what) {
            stop(call, what, NONE);
        }

        private void stop(CloudflareCall call, String status, String code) {
            started.stop(Metric.CLOUDFLARE_REQUESTS.timer(registry, account.get(), Label.of(call), status, code));
        }
    }
}
