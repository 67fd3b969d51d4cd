package io.maildomain.operator.catchall;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.operator.events.EventType;
import io.maildomain.operator.events.Events;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people, in Events and the log, what became of a catch-all. */
final class CatchAllLog {

    private static final Logger LOG = LoggerFactory.getLogger(CatchAllLog.class);

    private final Events events;

    CatchAllLog(Events events) {
        this.events = events;
    }

    void applied(CatchAllRule about, String words) {
        said(about, EventType.NORMAL, "Applied", "set the catch-all to " + words);
    }

    void restored(CatchAllRule about, String words) {
        said(about, EventType.NORMAL, "Restored", "put the catch-all back to " + words);
    }

    void warned(CatchAllRule about, String reason, String message) {
        said(about, EventType.WARNING, reason, message);
    }

    private void said(CatchAllRule about, EventType type, String reason, String message) {
        LOG.info(
                "CatchAllRule {}/{}: {}",
                about.getMetadata().getNamespace(),
                about.getMetadata().getName(),
                message);
        events.record(about, type, reason, message);
    }
}
