package io.maildomain.operator.cloudflare.deploy;

/**
 * A host name that leads to a Worker.
 *
 * @param script the Worker
 * @param zoneId "" if it is not said
 */
public record CustomDomain(String id, String hostname, String script, String zoneId) {}
