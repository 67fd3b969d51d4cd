package io.maildomain.operator.controller.watches;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/** Reconciles resources of one controller because something else changed. Triggers before the start are not needed. */
public final class TriggerEventSource<P extends HasMetadata> extends AbstractEventSource<Void, P> {

    /** @param primary the kind whose resources are triggered */
    public TriggerEventSource(Class<P> primary) {
        super(Void.class, "triggers-" + primary.getSimpleName());
    }

    /** Makes this resource reconcile soon; nothing happens if there is none. */
    public void trigger(HasMetadata resource) {
        if (isRunning()) {
            getEventHandler().handleEvent(new Event(ResourceID.fromResource(resource)));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }
}
