package io.maildomain.operator.controller.handover;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.maildomain.api.v1alpha1.MailDomain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The controller of departed MailDomains: hands what one left to its successor or, once the time is over, undoes it. */
public final class DepartedReconciler implements Reconciler<ConfigMap> {

    private static final Duration STILL_THERE = Duration.ofSeconds(1);

    private final DepartedRecords records;
    private final DepartedStatusWriter store;
    private final Function<MailDomain, Optional<Duration>> cleanUp;
    private final EventSource<?, ConfigMap> triggers;

    /**
     * @param cleanUp as of a MailDomain that is being deleted; how soon to come again, empty once it is over
     * @param triggers reconciles a record when something changed that concerns its MailDomain
     */
    public DepartedReconciler(
            DepartedRecords records,
            DepartedStatusWriter store,
            Function<MailDomain, Optional<Duration>> cleanUp,
            EventSource<?, ConfigMap> triggers) {
        this.records = records;
        this.store = store;
        this.cleanUp = cleanUp;
        this.triggers = triggers;
    }

    @Override
    public List<EventSource<?, ConfigMap>> prepareEventSources(EventSourceContext<ConfigMap> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<ConfigMap> reconcile(ConfigMap resource, Context<ConfigMap> context) {
        Optional<Duration> again = records.read(resource).flatMap(store::live).flatMap(this::again);
        UpdateControl<ConfigMap> done = UpdateControl.noUpdate();
        return again.map(done::rescheduleAfter).orElse(done);
    }

    /** As long as it is there itself, its own controller sees to it. */
    private Optional<Duration> again(MailDomain domain) {
        return records.isDeparted(domain) ? cleanUp.apply(domain) : Optional.of(STILL_THERE);
    }
}
