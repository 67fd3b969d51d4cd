package io.maildomain.operator.app;

import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.config.OperatorSettings.Dns;
import io.maildomain.operator.dns.NameServers;
import io.maildomain.operator.dns.PublicDns;
import io.maildomain.operator.dns.World;
import io.maildomain.operator.dns.WorldObserver;
import io.maildomain.operator.dns.WorldObserver.Resolvers;
import io.maildomain.operator.metrics.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what asks DNS, as the installation wants it asked. */
final class DnsAssembly implements AutoCloseable {

    private static final String DONE = "done";
    private static final String FAILED = "failed";

    private final Dns settings;
    private final NameServers nameServers;
    private final @Nullable WorldObserver observer;

    /** Builds; asks nothing. */
    DnsAssembly(Surroundings surroundings) {
        settings = surroundings.settings().dns();
        nameServers = new NameServers(settings.server(), surroundings.clock());
        MeterRegistry meters = surroundings.meters();
        Stream.of(DONE, FAILED).forEach(outcome -> Metric.DNS_LOOKS.counter(meters, outcome));
        observer = settings.seenOutside() && settings.mayLookOutside()
                ? new WorldObserver(
                        Resolvers.named(settings.resolver()),
                        surroundings.settings().drift().interval(),
                        surroundings.clock(),
                        whole -> Metric.DNS_LOOKS
                                .counter(meters, whole ? DONE : FAILED)
                                .increment())
                : null;
    }

    /** What the name servers of zones say. */
    PublicDns publicDns() {
        return settings.checks() ? nameServers : PublicDns.OFF;
    }

    /** What the world sees. */
    World world() {
        return observer == null ? World.OFF : observer;
    }

    /** @param told see {@link WorldObserver#start} */
    void start(Predicate<World.Subject> told) {
        if (observer != null) {
            observer.start(told);
        }
    }

    /** Looks no more: nothing is written of what the world sees while the operator stops. */
    void stopLooking() {
        if (observer != null) {
            observer.close();
        }
    }

    @Override
    public void close() {
        stopLooking();
        nameServers.close();
    }
}
