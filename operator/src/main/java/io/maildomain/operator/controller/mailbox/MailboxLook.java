package io.maildomain.operator.controller.mailbox;

import io.maildomain.operator.controller.mailbox.plan.MailboxPlan;
import java.time.Instant;
import java.util.Map;

/**
 * The Mailboxes that name a MailDomain, as one reconcile of it found them.
 *
 * @param news whether one of them came, changed, went or expired since the MailDomain last looked
 * @param stamp of these news: later ones are not read by this reconcile
 * @param order of the looks, by when the Mailboxes were read
 * @param others so many rules of the zone were taken to be others'
 * @param notTaken since when Cloudflare holds the rule of an address otherwise than it was written and confirmed
 */
public record MailboxLook(
        MailboxPlan plan, boolean news, long stamp, long order, int others, Map<String, Instant> notTaken) {

    /** Where there are none. */
    public static final MailboxLook NOTHING = new MailboxLook(MailboxPlan.NONE, false, 0, 0, 0, Map.of());

    public MailboxLook {
        notTaken = Map.copyOf(notTaken);
    }
}
