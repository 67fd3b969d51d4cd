package io.maildomain.benchmark;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import java.io.Closeable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sees when resources of some namespaces become Ready at their present spec, and what those say that are not. */
final class ReadyWatch implements Closeable {

    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

    ReadyWatch(KubernetesClient client, List<String> namespaces) {
        for (String namespace : namespaces) {
            watch(
                    client,
                    MailDomain.class,
                    namespace,
                    MailDomainStatus::observedGeneration,
                    MailDomainStatus::conditions);
            watch(
                    client,
                    CatchAllRule.class,
                    namespace,
                    CatchAllRuleStatus::observedGeneration,
                    CatchAllRuleStatus::conditions);
        }
    }

    private <S, T extends CustomResource<?, S>> void watch(
            KubernetesClient client,
            Class<T> kind,
            String namespace,
            Function<S, @Nullable Long> observed,
            Function<S, List<Condition>> conditions) {
        informers.add(client.resources(kind).inNamespace(namespace).inform(new Handler<>(resource -> {
            S status = resource.getStatus();
            Long generation = status == null ? null : observed.apply(status);
            return generation == null
                            || !generation.equals(resource.getMetadata().getGeneration())
                    ? ""
                    : conditions.apply(status).stream()
                            .filter(condition -> condition.type().equals("Ready"))
                            .map(condition -> condition.holds() ? Standing.READY : condition.reason())
                            .findFirst()
                            .orElse("");
        })));
    }

    /** How many are Ready. */
    long ready() {
        return saying(Standing.READY);
    }

    /** How many say that they are not, for that reason. */
    long saying(String reason) {
        return standings.values().stream()
                .filter(standing -> standing.says().equals(reason))
                .count();
    }

    /** When one became Ready for the first time. */
    Optional<Instant> readySince(String kind, String namespace, String name) {
        return Optional.ofNullable(standings.get(kind + " " + namespace + "/" + name))
                .map(Standing::firstReady);
    }

    /** What all of them say. */
    @Override
    public String toString() {
        return standings.toString();
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }

    /**
     * What one says.
     *
     * @param says {@link #READY}, the reason why it is not, or nothing about its present spec
     * @param firstReady null: never yet
     */
    private record Standing(String says, @Nullable Instant firstReady) {

        private static final String READY = "Ready";

        private Standing now(String saysNow) {
            return new Standing(saysNow, firstReady == null && saysNow.equals(READY) ? Instant.now() : firstReady);
        }
    }

    private final class Handler<T extends CustomResource<?, ?>> implements ResourceEventHandler<T> {

        private final Function<T, String> says;

        private Handler(Function<T, String> says) {
            this.says = says;
        }

        @Override
        public void onAdd(T resource) {
            standings.merge(
                    key(resource),
                    new Standing("", null).now(says.apply(resource)),
                    (before, now) -> before.now(now.says()));
        }

        @Override
        public void onUpdate(T before, T resource) {
            onAdd(resource);
        }

        @Override
        public void onDelete(T resource, boolean unknown) {
            standings.remove(key(resource));
        }

        private String key(T resource) {
            return resource.getKind() + " " + resource.getMetadata().getNamespace() + "/"
                    + resource.getMetadata().getName();
        }
    }
}
