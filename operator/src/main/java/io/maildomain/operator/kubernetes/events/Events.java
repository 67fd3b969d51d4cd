package io.maildomain.operator.kubernetes.events;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Reason;

/** Where Events go: {@link EventRecorder} in life. */
@FunctionalInterface
public interface Events {

    /**
     * Says it as soon as possible; that it cannot be said concerns no caller.
     *
     * @param about one of our objects, as read from the API server
     * @param reason one word in UpperCamelCase, such as {@code ZoneKept}
     * @param message a sentence
     */
    void record(HasMetadata about, EventType type, Reason reason, String message);
}
