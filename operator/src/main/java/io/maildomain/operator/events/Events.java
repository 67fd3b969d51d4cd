package io.maildomain.operator.events;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Where Events go: {@link EventRecorder} in life. */
@FunctionalInterface
public interface Events {

    /**
     * Says it as soon as possible; that it cannot be said is nobody's concern.
     *
     * @param about one of our objects, as read from the API server
     * @param reason one word in UpperCamelCase, such as {@code ZoneKept}
     * @param message a sentence
     */
    void record(HasMetadata about, EventType type, String reason, String message);
}
