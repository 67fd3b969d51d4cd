package io.maildomain.operator.app;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.config.OperatorSettings.BackOff;
import io.maildomain.operator.kubernetes.informers.InformerCache;
import io.maildomain.operator.kubernetes.informers.Pruning;
import io.maildomain.operator.ownership.ResourceWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** How our reconcilers are registered with the SDK. */
final class Controllers {

    private static final String FINALIZER = ResourceWriter.FINALIZER;

    /** A burst of events is over by then. */
    static final Duration IDLE = Duration.ofMinutes(1);

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Operator operator;
    private final OperatorSettings settings;

    Controllers(Operator operator, OperatorSettings settings) {
        this.operator = operator;
        this.settings = settings;
    }

    /** The SDK as we use it; no call to the cluster. */
    static Operator sdk(Surroundings surroundings, Metrics metrics) {
        return new Operator(configuration -> configuration
                .withKubernetesClient(surroundings.outlines())
                .withCloseClientOnStop(false)
                .withMetrics(metrics)
                .withExecutorService(threads(IDLE))
                .checkingCRDAndValidateLocalModel(false)
                .withReconciliationTerminationTimeout(GRACE)
                .withUseSSAToPatchPrimaryResource(true));
    }

    <P extends HasMetadata> void register(Reconciler<P> reconciler, String name) {
        operator.register(reconciler, configuration -> configure(configuration, name));
    }

    /**
     * Each turn says itself when the next one is due. The SDK's own interval would only set a timer for what is just
     * gone, and that fails where it sees the deletion in the same moment.
     */
    private <P extends HasMetadata> void configure(ControllerConfigurationOverrider<P> configuration, String name) {
        configuration
                .withName(name)
                .withFinalizer(FINALIZER)
                .withGenerationAware(false)
                .withOnUpdateFilter(concernsUs())
                .withReconciliationMaxInterval(null)
                .withInformerListLimit(InformerCache.PAGE)
                .withRetry(unlimited(settings.retries().transients()));
    }

    /** Only namespaced kinds can be confined to namespaces. */
    <P extends HasMetadata> void registerNamespaced(Reconciler<P> reconciler, String name) {
        Set<String> namespaces = settings.scope().watchNamespaces();
        operator.register(reconciler, configuration -> {
            configure(configuration, name);
            if (!namespaces.isEmpty()) {
                configuration.settingNamespaces(namespaces);
            }
        });
    }

    /** ConfigMaps of the operator's own namespace that carry the label. */
    void registerRecords(Reconciler<ConfigMap> reconciler, String name, String label) {
        operator.register(reconciler, configuration -> {
            configure(configuration, name);
            configuration
                    .settingNamespaces(Set.of(settings.scope().operatorNamespace()))
                    .withLabelSelector(label);
        });
    }

    /** The SDK hears nothing of annotations by itself; and our own status patches are no reason to look again. */
    static <P extends HasMetadata> OnUpdateFilter<P> concernsUs() {
        return (after, before) -> !Objects.equals(
                        after.getMetadata().getGeneration(),
                        before.getMetadata().getGeneration())
                || !Objects.equals(
                        after.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp())
                || after.hasFinalizer(FINALIZER) != before.hasFinalizer(FINALIZER)
                || !ours(after).equals(ours(before));
    }

    private static Map<String, String> ours(HasMetadata resource) {
        Map<String, String> ours = new TreeMap<>();
        Map<String, String> all = resource.getMetadata().getAnnotations();
        if (all != null) {
            all.forEach((name, value) -> {
                if (name.startsWith(Pruning.OURS)) {
                    ours.put(name, value);
                }
            });
        }
        return ours;
    }

    /**
     * What reconciles run on: as many threads as the SDK takes by default. It would keep each of them for good once it was needed, and a
     * thread that rests holds its stack.
     *
     * @param idle ends after so long
     */
    static ThreadPoolExecutor threads(Duration idle) {
        int most = ConfigurationService.DEFAULT_RECONCILIATION_THREADS_NUMBER;
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, idle.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** For what was not foreseen: the SDK's own default gives up after five attempts and is silent for ten hours. */
    private static GenericRetry unlimited(BackOff backOff) {
        return new GenericRetry()
                .withoutMaxAttempts()
                .setInitialInterval(backOff.base().toMillis())
                .setIntervalMultiplier(2)
                .setMaxInterval(backOff.cap().toMillis());
    }
}
