package io.maildomain.operator.controller.mailbox;

import io.maildomain.api.v1alpha1.Mailbox;

/** Deletes Mailboxes that have expired and say {@code afterExpiry: Delete}. */
public interface MailboxDeletion {

    /** Whether the installation gives the operator the right to. */
    boolean isWanted();

    /** Deletes it as it was read; one that was changed since stays. */
    void delete(Mailbox live);

    /** Of an installation that deletes none. */
    static MailboxDeletion none() {
        return new MailboxDeletion() {
            @Override
            public boolean isWanted() {
                return false;
            }

            @Override
            public void delete(Mailbox live) {
                throw new IllegalStateException("this installation deletes no Mailboxes");
            }
        };
    }
}
