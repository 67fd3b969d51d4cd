package io.maildomain.operator.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.operator.cloudflare.TokenClients;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.controller.DriftInterval;
import io.maildomain.operator.controller.maildomain.plan.CheckCost;
import io.maildomain.operator.controller.mailsite.MailSiteReconciler;
import io.maildomain.operator.controller.mailworker.MailWorkerReconciler;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.controller.sweep.Tasks;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How long what is healthy rests, so that all checks stay within their share of the budget. Thread-safe. */
final class CheckInterval implements Sweeps.Rhythm {

    /** Counting goes over all resources: not at the end of each look. */
    private static final Duration COUNTED_EVERY = Duration.ofSeconds(5);

    private final OperatorSettings settings;
    private final ResourceCache cluster;
    private final Clock clock;
    private @Nullable Sweeps sweeps;
    private volatile Counted last = new Counted(0, Instant.MIN);

    private record Counted(int calls, Instant at) {}

    CheckInterval(OperatorSettings settings, ResourceCache cluster, Clock clock) {
        this.settings = settings;
        this.cluster = cluster;
        this.clock = clock;
    }

    private record Watched(ResourceCache cluster, Consumer<HasMetadata> waking) implements Sweeps.Resources {

        @Override
        public void wake(HasMetadata resource) {
            waking.accept(resource);
        }

        @Override
        public Optional<String> versionOf(HasMetadata resource) {
            String namespace = resource.getMetadata().getNamespace();
            String name = resource.getMetadata().getName();
            Optional<? extends HasMetadata> known = resource instanceof CatchAllRule
                    ? cluster.catchAllRule(namespace, name)
                    : cluster.mailDomain(namespace, name);
            return known.map(there -> there.getMetadata().getResourceVersion());
        }
    }

    /** Sweeps that keep to it. */
    Sweeps sweeps(TokenClients tokens, Consumer<HasMetadata> wake, Tasks tasks, Sweeps.Listener listener) {
        sweeps = new Sweeps(tokens, clock, this, new Watched(cluster, wake), tasks, listener);
        return sweeps;
    }

    @Override
    public Duration ofOwnLooks() {
        Instant now = clock.instant();
        Counted known = last;
        if (known.at().isBefore(now.minus(COUNTED_EVERY))) {
            known = new Counted(calls(), now);
            last = known;
        }
        return ofSweeps(known.calls());
    }

    /** Of a round of all sweeps, and of a look at each resource that none sees to. */
    private int calls() {
        Sweeps seen = sweeps;
        Predicate<HasMetadata> byItself =
                resource -> seen == null || !seen.seeTo(resource.getMetadata().getUid());
        return cluster.mailDomains().stream()
                        .filter(byItself)
                        .mapToInt(CheckCost::of)
                        .sum()
                + (int) cluster.catchAllRules().stream().filter(byItself).count()
                + cluster.mailWorkers().stream()
                        .filter(worker -> worker.getSpec() != null)
                        .mapToInt(MailWorkerReconciler::callsOfACheck)
                        .sum()
                + cluster.mailSites().stream()
                        .filter(site -> site.getSpec() != null)
                        .mapToInt(MailSiteReconciler::callsOfACheck)
                        .sum()
                + (seen == null ? 0 : seen.cost());
    }

    @Override
    public Duration ofSweeps(int calls) {
        return DriftInterval.of(
                settings.drift().interval(),
                settings.budget(),
                calls,
                ThreadLocalRandom.current().nextDouble());
    }
}
