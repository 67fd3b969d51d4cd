package io.maildomain.operator.controller.mailbox.plan;

import io.maildomain.api.v1alpha1.Mailbox;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Which of several Mailboxes came first, and which are over. Both by what the API server wrote, which no user can change. Pure. */
public final class MailboxAge {

    /** The oldest first; of one second the smaller UID. */
    static final Comparator<Mailbox> ORDER = Comparator.<Mailbox, String>comparing(
                    // The API server writes seconds of UTC: as texts they have the order of the times, and are not read
                    // a thousand times.
                    mailbox -> mailbox.getMetadata().getCreationTimestamp())
            .thenComparing(mailbox -> mailbox.getMetadata().getUid());

    private MailboxAge() {}

    /** When it expires; empty: never. */
    public static Optional<Instant> expiry(Mailbox mailbox) {
        return mailbox.getSpec().expiry(created(mailbox));
    }

    /** Whether its time is over. */
    public static boolean isOver(Mailbox mailbox, Instant now) {
        return expiry(mailbox).filter(end -> !now.isBefore(end)).isPresent();
    }

    private static Instant created(Mailbox mailbox) {
        return Instant.parse(mailbox.getMetadata().getCreationTimestamp());
    }
}
