package io.maildomain.operator.controller.mailbox.plan;

import java.time.Instant;
import java.util.Map;

/**
 * That a namespace has just lost a label by which a MailDomain let it in.
 *
 * @param labels that it had
 * @param until its Mailboxes keep their rules and addresses for so long
 */
public record LostLabel(Map<String, String> labels, Instant until) {

    public LostLabel {
        labels = Map.copyOf(labels);
    }
}
