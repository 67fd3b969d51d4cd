package io.maildomain.operator.cloudflare;

import io.maildomain.operator.credentials.Surface;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A right as Cloudflare's dashboard names it when one makes a token, and what the operator has it for. */
public enum Permission {
    ZONE("Zone: Zone: Edit", "zone", "list, check, create and delete zones", Surface.RUNTIME),
    EMAIL_ROUTING_RULES(
            "Zone: Email Routing Rules: Edit",
            "email_routing_rule",
            "read and write routing rules and the catch-all",
            Surface.RUNTIME),
    ZONE_SETTINGS(
            "Zone: Zone Settings: Edit", "zone_settings", "enable Email Routing and its DNS records", Surface.RUNTIME),

    D1("Account: D1: Edit", "d1", "run remote database migrations", Surface.DEPLOY),
    WORKERS_SCRIPTS("Account: Workers Scripts: Edit", "workers_scripts", "deploy the mail Workers", Surface.DEPLOY),
    WORKERS_R2_STORAGE(
            "Account: Workers R2 Storage: Edit", "workers_r2", "check and bind the storage bucket", Surface.DEPLOY),
    CLOUDFLARE_PAGES("Account: Cloudflare Pages: Edit", "page", "deploy the web pages", Surface.DEPLOY),
    WORKERS_ROUTES("Zone: Workers Routes: Edit", "workers_routes", "route custom domains to Workers", Surface.DEPLOY),

    /** No surface asks for it: where a token has it, the operator can tell whether a zone is unused. */
    DNS_READ("Zone: DNS: Read", "dns", "see whether a zone is unused before it is deleted", null),

    /** No surface asks for it: where a token has it, destination addresses can be created, and no rule is written on trial. */
    EMAIL_ROUTING_ADDRESSES(
            "Account: Email Routing Addresses: Edit",
            "email_routing_address",
            "create destination addresses, and see which are verified",
            null),

    /** No surface asks for it: a deploy token can need it for the zones of routes. */
    ZONE_READ("Zone: Zone: Read", "zone", "find the zone of a Worker's route", null);

    private final String description;
    private final String key;
    private final String purpose;
    private final @Nullable Surface surface;

    Permission(String description, String key, String purpose, @Nullable Surface surface) {
        this.description = description;
        this.key = key;
        this.purpose = purpose;
        this.surface = surface;
    }

    /** The right in the dashboard's words. */
    public String describe() {
        return description;
    }

    /** As much of it as a program needs that writes nothing. */
    public String describeReading() {
        return description.replaceFirst(": Edit$", ": Read");
    }

    /** What the address of Cloudflare's page for a new token calls it ({@link TokenPage}); {@link #isEdit} goes with it. */
    public String key() {
        return key;
    }

    /** Whether it includes writing; else reading only. */
    public boolean isEdit() {
        return description.endsWith(": Edit");
    }

    /** What it is needed for, as words that follow "to". */
    public String purpose() {
        return purpose;
    }

    /** The surface whose tokens must hold it; empty if none must. */
    public Optional<Surface> surface() {
        return Optional.ofNullable(surface);
    }

    /** The rights that a token must hold to serve this surface. */
    public static List<Permission> of(Surface surface) {
        return Arrays.stream(values()).filter(right -> right.surface == surface).toList();
    }
}
