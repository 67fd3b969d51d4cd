package io.maildomain.operator.controller.secrets.plan;

/**
 * A MailDomain with our finalizer whose token lies in the Secret.
 *
 * @param domain its namespace and name
 * @param going whether it, or a CatchAllRule of it, is being deleted: then the token is needed to undo
 */
public record Need(String domain, boolean going) {}
