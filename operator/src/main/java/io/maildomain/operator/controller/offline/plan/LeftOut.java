package io.maildomain.operator.controller.offline.plan;

/**
 * What stands at Cloudflare and in no manifest; the operator leaves it as it is.
 *
 * @param what the thing in words, with all that is known of it
 * @param why no manifest says it
 */
public record LeftOut(String what, String why) {}
