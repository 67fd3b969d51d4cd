package io.maildomain.operator.cloudflare.deploy;

/**
 * Whether a Worker can be reached under workers.dev.
 *
 * @param previews whether its versions can, each under a name of its own
 */
public record WorkersDev(boolean enabled, boolean previews) {}
