/**
 * The MailWorker controller: a Worker's files, databases and triggers are looked at, what comes next is decided in {@code plan}, and
 * carried out one call at a time, the ownership record first. It knows no other kind.
 */
@NullMarked
package io.maildomain.operator.controller.mailworker;

import org.jspecify.annotations.NullMarked;
