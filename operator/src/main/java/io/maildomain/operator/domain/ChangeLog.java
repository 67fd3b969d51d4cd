package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.events.ChangeSummary;
import io.maildomain.operator.events.EventType;
import io.maildomain.operator.events.Events;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people, in Events and the log, what was changed at Cloudflare for a MailDomain: one entry for each verb. */
final class ChangeLog {

    static final String EXPECTING = "AwaitingSuccessor";

    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);

    private final Events events;

    ChangeLog(Events events) {
        this.events = events;
    }

    void changed(MailDomain about, Applied applied) {
        List<io.maildomain.operator.events.Change> changes = applied.done().stream()
                .filter(change -> !applied.kept().contains(change.subject()))
                .map(change -> new io.maildomain.operator.events.Change(change.verb(), change.kind(), change.subject()))
                .toList();
        ChangeSummary.sentences(changes)
                .forEach((verb, sentence) -> said(about, EventType.NORMAL, reason(verb), sentence));
        applied.kept()
                .forEach(host -> warned(
                        about,
                        "RecordsKept",
                        "the mail records of " + host + " stay: removing them would switch off the whole domain"));
    }

    void zoneCreated(MailDomain about, Zone zone) {
        said(about, EventType.NORMAL, "Created", "created zone " + zone.name());
    }

    void zoneDeleted(MailDomain about) {
        said(
                about,
                EventType.NORMAL,
                "Deleted",
                "deleted zone " + about.getSpec().domain());
    }

    void expecting(MailDomain about, String message) {
        said(about, EventType.NORMAL, EXPECTING, message);
    }

    void handedOver(MailDomain about, String message) {
        said(about, EventType.NORMAL, "HandedOver", message);
    }

    void warned(MailDomain about, String reason, String message) {
        said(about, EventType.WARNING, reason, message);
    }

    private void said(MailDomain about, EventType type, String reason, String message) {
        LOG.info(
                "MailDomain {}/{}: {}",
                about.getMetadata().getNamespace(),
                about.getMetadata().getName(),
                message);
        events.record(about, type, reason, message);
    }

    /** {@code took over} becomes {@code TookOver}. */
    private static String reason(String verb) {
        StringBuilder reason = new StringBuilder();
        for (String word : verb.split(" ")) {
            reason.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return reason.toString();
    }
}
