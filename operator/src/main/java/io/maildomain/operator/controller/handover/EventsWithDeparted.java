package io.maildomain.operator.controller.handover;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.kubernetes.events.EventType;
import io.maildomain.operator.kubernetes.events.Events;

/** What is said of a departed MailDomain is said of its record as well: that is what people still find. */
public record EventsWithDeparted(Events events, DepartedRecords departed) implements Events {

    @Override
    public void record(HasMetadata about, EventType type, Reason reason, String message) {
        events.record(about, type, reason, message);
        if (about instanceof MailDomain domain) {
            departed.followed(domain).ifPresent(map -> events.record(map, type, reason, message));
        }
    }
}
