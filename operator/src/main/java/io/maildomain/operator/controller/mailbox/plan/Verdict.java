package io.maildomain.operator.controller.mailbox.plan;

import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;

/** What is decided about one Mailbox. */
public sealed interface Verdict {

    Mailbox mailbox();

    /** It attaches: the MailDomain gets this rule from it. */
    record Attached(Mailbox mailbox, MailRule rule) implements Verdict {}

    /**
     * It asks for no rule, for this reason.
     *
     * @param keepsRule whether one that it has stays for now, as it is
     */
    record TurnedAway(Mailbox mailbox, Standing standing, boolean keepsRule) implements Verdict {

        /** None stays. */
        public TurnedAway(Mailbox mailbox, Standing standing) {
            this(mailbox, standing, false);
        }
    }
}
