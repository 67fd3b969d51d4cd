package io.maildomain.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.kubernetes.events.ChangeSummary;
import io.maildomain.operator.kubernetes.events.EventType;
import io.maildomain.operator.kubernetes.events.Events;
import io.maildomain.operator.kubernetes.events.ReportedChange;
import io.maildomain.operator.metrics.DriftCounters;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people, in Events and the log, what became of a resource. */
public final class ChangeLog {

    /** What an Event says of each verb of a change. */
    static final Map<String, Reason> VERBS = Map.ofEntries(
            Map.entry("created", Reason.Created),
            Map.entry("updated", Reason.Updated),
            Map.entry("deleted", Reason.Deleted),
            Map.entry("took over", Reason.TookOver),
            Map.entry("gave back", Reason.GaveBack),
            Map.entry("enabled", Reason.Enabled),
            Map.entry("disabled", Reason.Disabled),
            Map.entry("restored", Reason.Restored),
            Map.entry("added", Reason.Added),
            Map.entry("removed", Reason.Removed),
            Map.entry("switched on", Reason.SwitchedOn),
            Map.entry("switched off", Reason.SwitchedOff));

    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);

    private final Events events;
    private final DriftCounters drift;

    /** Of a kind that others cannot bring out of line. */
    public ChangeLog(Events events) {
        this(events, new DriftCounters(new CompositeMeterRegistry()));
    }

    /** @param events where Events go */
    public ChangeLog(Events events, DriftCounters drift) {
        this.events = events;
        this.drift = drift;
    }

    /** What was written to bring a resource in line. @param wasInLine under the same spec: so another user or tool had changed it */
    public void brought(HasMetadata about, boolean wasInLine, Reason reason, String message) {
        drifted(about, wasInLine ? 1 : 0, wasInLine ? 1 : 0);
        said(about, reason, message);
    }

    /** What had been in line was not any more. @param mended how many of the differences found were brought back */
    public void drifted(HasMetadata about, int found, int mended) {
        drift.drifted(about.getKind(), found, mended);
    }

    /** Something happened as it should. */
    public void said(HasMetadata about, Reason reason, String message) {
        record(about, EventType.NORMAL, reason, message);
    }

    /** Something that people should look at. */
    public void warned(HasMetadata about, Reason reason, String message) {
        record(about, EventType.WARNING, reason, message);
    }

    /** What was changed at Cloudflare: one entry for each verb. */
    public void changed(HasMetadata about, List<ReportedChange> changes) {
        ChangeSummary.sentences(changes).forEach((verb, sentence) -> said(about, reasonOf(verb), sentence));
    }

    private static Reason reasonOf(String verb) {
        Reason reason = VERBS.get(verb);
        if (reason == null) {
            throw new IllegalArgumentException("no Event says that something was " + verb);
        }
        return reason;
    }

    private void record(HasMetadata about, EventType type, Reason reason, String message) {
        LOG.info("{}: {}", nameOf(about), message);
        events.record(about, type, reason, message);
    }

    /** {@code MailDomain mail/example-com}. */
    public static String nameOf(HasMetadata resource) {
        String namespace = resource.getMetadata().getNamespace();
        String name = resource.getMetadata().getName();
        return resource.getKind() + " " + (namespace == null ? name : namespace + "/" + name);
    }
}
