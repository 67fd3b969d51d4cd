package io.maildomain.operator.cloudflare;

/**
 * Email Routing's settings of a zone.
 *
 * @param status ready, unconfigured, misconfigured, misconfigured/locked, unlocked; "" if Cloudflare did not say
 * @param name the zone's name
 * @param subaddressing whether {@code user+detail@} reaches {@code user@}
 */
public record RoutingSettings(boolean enabled, String status, String name, boolean subaddressing) {
    public RoutingSettings {
        status = Text.orEmpty(status);
        name = Text.orEmpty(name);
    }

    /** Whether Email Routing is on and nothing is wrong with its records. */
    public boolean isPlainlyReady() {
        return enabled && status.equals("ready");
    }

    /** Whether nothing contradicts that Email Routing is off. */
    public boolean isPlainlyOff() {
        return !enabled && status.equals("unconfigured");
    }

    /** Of a zone that has no settings: it is new, or Cloudflare shows none. Email Routing is off. */
    public static RoutingSettings none() {
        return new RoutingSettings(false, "unconfigured", "", false);
    }
}
