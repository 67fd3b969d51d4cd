package io.maildomain.operator.nudge;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/** Makes resources of one controller reconcile because something else changed. Nudges before the start are not needed. */
public final class Nudges<P extends HasMetadata> extends AbstractEventSource<Void, P> {

    /** @param primary the kind whose resources are nudged */
    public Nudges(Class<P> primary) {
        super(Void.class, "nudges-" + primary.getSimpleName());
    }

    /** Makes this resource reconcile soon; nothing happens if there is none. */
    public void nudge(HasMetadata resource) {
        if (isRunning()) {
            getEventHandler().handleEvent(new Event(ResourceID.fromResource(resource)));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }
}
