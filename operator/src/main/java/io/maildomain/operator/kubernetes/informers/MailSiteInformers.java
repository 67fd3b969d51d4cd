package io.maildomain.operator.kubernetes.informers;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The {@link MailSiteCache} as informers see it; their own, for the kind is not installed everywhere. */
public final class MailSiteInformers implements MailSiteCache, AutoCloseable {

    private static final String BY_PROJECT = "project";

    private final List<SharedIndexInformer<MailSite>> informers;

    /**
     * Makes the informers; {@link #start()} starts them.
     *
     * @param listener hears of every change, on the informers' threads: it must be quick
     */
    public MailSiteInformers(KubernetesClient client, Scope scope, Consumer<Change<MailSite>> listener) {
        informers = informers(client, scope).toList();
        informers.forEach(informer -> informer.addIndexers(Map.of(BY_PROJECT, MailSiteInformers::projectOf))
                .addEventHandler(handler(listener)));
    }

    private static Stream<SharedIndexInformer<MailSite>> informers(KubernetesClient client, Scope scope) {
        return scope.watchNamespaces().isEmpty()
                ? Stream.of(client.resources(MailSite.class)
                        .inAnyNamespace()
                        .withLimit(InformerCache.PAGE)
                        .runnableInformer(0))
                : scope.watchNamespaces().stream().sorted().map(namespace -> client.resources(MailSite.class)
                        .inNamespace(namespace)
                        .withLimit(InformerCache.PAGE)
                        .runnableInformer(0));
    }

    private static List<String> projectOf(MailSite site) {
        return site.getSpec() == null || site.getSpec().project() == null
                ? List.of()
                : List.of(site.getSpec().project());
    }

    private static ResourceEventHandler<MailSite> handler(Consumer<Change<MailSite>> listener) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(MailSite added) {
                listener.accept(new Change<>(null, added));
            }

            @Override
            public void onUpdate(MailSite before, MailSite after) {
                listener.accept(new Change<>(before, after));
            }

            @Override
            public void onDelete(MailSite deleted, boolean finalStateUnknown) {
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
    public List<MailSite> mailSites() {
        return informers.stream()
                .flatMap(informer -> informer.getIndexer().list().stream())
                .toList();
    }

    @Override
    public List<MailSite> ofProject(String project) {
        return informers.stream()
                .flatMap(informer -> informer.getIndexer().byIndex(BY_PROJECT, project).stream())
                .toList();
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
