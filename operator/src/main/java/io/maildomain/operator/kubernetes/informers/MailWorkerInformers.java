package io.maildomain.operator.kubernetes.informers;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The {@link MailWorkerCache} as informers see it; their own, for the kind is not installed everywhere. */
public final class MailWorkerInformers implements MailWorkerCache, AutoCloseable {

    private static final String BY_SCRIPT = "script";

    private final List<SharedIndexInformer<MailWorker>> informers;

    /**
     * Makes the informers; {@link #start()} starts them.
     *
     * @param listener hears of every change, on the informers' threads: it must be quick
     */
    public MailWorkerInformers(KubernetesClient client, Scope scope, Consumer<Change<MailWorker>> listener) {
        informers = informers(client, scope).toList();
        informers.forEach(informer -> informer.addIndexers(Map.of(BY_SCRIPT, MailWorkerInformers::scriptOf))
                .addEventHandler(handler(listener)));
    }

    private static Stream<SharedIndexInformer<MailWorker>> informers(KubernetesClient client, Scope scope) {
        return scope.watchNamespaces().isEmpty()
                ? Stream.of(client.resources(MailWorker.class)
                        .inAnyNamespace()
                        .withLimit(InformerCache.PAGE)
                        .runnableInformer(0))
                : scope.watchNamespaces().stream().sorted().map(namespace -> client.resources(MailWorker.class)
                        .inNamespace(namespace)
                        .withLimit(InformerCache.PAGE)
                        .runnableInformer(0));
    }

    private static List<String> scriptOf(MailWorker worker) {
        return worker.getSpec() == null || worker.getSpec().script() == null
                ? List.of()
                : List.of(worker.getSpec().script());
    }

    private static ResourceEventHandler<MailWorker> handler(Consumer<Change<MailWorker>> listener) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(MailWorker added) {
                listener.accept(new Change<>(null, added));
            }

            @Override
            public void onUpdate(MailWorker before, MailWorker after) {
                listener.accept(new Change<>(before, after));
            }

            @Override
            public void onDelete(MailWorker deleted, boolean finalStateUnknown) {
                listener.accept(new Change<>(deleted, null));
            }
        };
    }

    /** Starts every informer and waits until each has listed once. */
    public void start() {
        informers.forEach(informer -> informer.run());
    }

    /** Whether each informer is watching, or trying to. */
    public boolean isHealthy() {
        return informers.stream().allMatch(SharedIndexInformer::isRunning);
    }

    /** Whether each informer has listed once and still runs. */
    public boolean hasSynced() {
        return isHealthy() && informers.stream().allMatch(SharedIndexInformer::hasSynced);
    }

    @Override
    public List<MailWorker> mailWorkers() {
        return informers.stream()
                .flatMap(informer -> informer.getIndexer().list().stream())
                .toList();
    }

    @Override
    public List<MailWorker> ofScript(String script) {
        return informers.stream()
                .flatMap(informer -> informer.getIndexer().byIndex(BY_SCRIPT, script).stream())
                .toList();
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
