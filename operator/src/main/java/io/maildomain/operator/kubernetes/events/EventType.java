package io.maildomain.operator.kubernetes.events;

/** Kubernetes knows two. */
public enum EventType {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /** As it stands in an Event. */
    public String text() {
        return text;
    }
}
