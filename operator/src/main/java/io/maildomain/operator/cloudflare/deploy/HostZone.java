package io.maildomain.operator.cloudflare.deploy;

/** A zone that holds a host name. */
public record HostZone(String id, String name) {}
