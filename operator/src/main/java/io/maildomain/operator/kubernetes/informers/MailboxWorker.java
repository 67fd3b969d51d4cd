package io.maildomain.operator.kubernetes.informers;

import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import java.util.Optional;

/** The Worker that a Mailbox hands its mail to, as long as it may have a rule: not once it goes, or says that it has expired. Pure. */
public final class MailboxWorker {

    private MailboxWorker() {}

    /** Its script; empty where it names none. */
    public static Optional<String> of(Mailbox mailbox) {
        return mailbox.getSpec() == null || mailbox.isMarkedForDeletion() || saysThatItIsOver(mailbox)
                ? Optional.empty()
                : mailbox.getSpec().action().wantedWorker();
    }

    private static boolean saysThatItIsOver(Mailbox mailbox) {
        return Optional.ofNullable(mailbox.getStatus())
                .filter(status -> status.state() == MailboxState.Expired)
                .filter(status -> status.isOf(
                        mailbox.getMetadata().getUid(), mailbox.getMetadata().getGeneration()))
                .isPresent();
    }
}
