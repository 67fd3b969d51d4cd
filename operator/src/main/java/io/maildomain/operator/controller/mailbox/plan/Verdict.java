package io.maildomain.operator.controller.mailbox.plan;

import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;

/** What is decided about one Mailbox. */
public sealed interface Verdict {

    Mailbox mailbox();

    /** It attaches: the MailDomain gets this rule from it. */
    record Attached(Mailbox mailbox, MailRule rule) implements Verdict {}

    /** It has no rule, for this reason. */
    record TurnedAway(Mailbox mailbox, Standing standing) implements Verdict {}
}
