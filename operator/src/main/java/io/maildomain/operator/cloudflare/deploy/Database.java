package io.maildomain.operator.cloudflare.deploy;

/** A D1 database. */
public record Database(String id, String name) {}
