package io.maildomain.operator.cloudflare.deploy;

/**
 * A pattern of a zone whose requests a Worker gets.
 *
 * @param script the Worker; "" where the pattern is kept from all Workers
 */
public record WorkerRoute(String id, String pattern, String script) {}
