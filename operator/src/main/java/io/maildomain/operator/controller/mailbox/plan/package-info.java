/**
 * Which Mailboxes attach to a MailDomain, which rules they add to it, and what is said of those that do not. Pure: API types and
 * values only.
 */
@NullMarked
package io.maildomain.operator.controller.mailbox.plan;

import org.jspecify.annotations.NullMarked;
