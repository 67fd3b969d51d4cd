package io.maildomain.operator.controller.secrets.plan;

/**
 * A resource with our finalizer whose token lies in the Secret.
 *
 * @param resource its kind, namespace and name
 * @param going whether it, or a CatchAllRule of it, is being deleted: then the token is needed to undo
 */
public record Need(String resource, boolean going) {}
