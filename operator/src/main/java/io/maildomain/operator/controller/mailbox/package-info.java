/**
 * Mailboxes: what a MailDomain's reconcile asks about those that name it and tells them, when they expire, and how each comes to its
 * status. May be used by the MailDomain's controller; knows of it only the limit of its plans.
 */
@NullMarked
package io.maildomain.operator.controller.mailbox;

import org.jspecify.annotations.NullMarked;
