package io.maildomain.operator.cloudflare;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every call that the operator can make: method, route, and the right that it needs. Requests are built from it ({@link
 * ApiRequest}): there is no other place that knows a route.
 */
public enum CloudflareCall {
    LIST_ZONES("GET", "/zones", Permission.ZONE, "list zones"),
    CREATE_ZONE("POST", "/zones", Permission.ZONE, "create zones"),
    GET_ZONE("GET", "/zones/{zone_id}", Permission.ZONE, "read the zone"),
    DELETE_ZONE("DELETE", "/zones/{zone_id}", Permission.ZONE, "delete the zone"),

    GET_ROUTING("GET", "/zones/{zone_id}/email/routing", Permission.ZONE_SETTINGS, "read its Email Routing settings"),
    PATCH_ROUTING(
            "PATCH", "/zones/{zone_id}/email/routing", Permission.ZONE_SETTINGS, "write its Email Routing settings"),
    ENABLE_ROUTING("POST", "/zones/{zone_id}/email/routing/enable", Permission.ZONE_SETTINGS, "enable Email Routing"),
    DISABLE_ROUTING(
            "POST", "/zones/{zone_id}/email/routing/disable", Permission.ZONE_SETTINGS, "disable Email Routing"),
    GET_ROUTING_DNS(
            "GET", "/zones/{zone_id}/email/routing/dns", Permission.ZONE_SETTINGS, "read Email Routing's DNS records"),
    ENABLE_ROUTING_DNS("POST", "/zones/{zone_id}/email/routing/dns", Permission.ZONE_SETTINGS, "enable Email Routing"),
    DISABLE_ROUTING_DNS(
            "DELETE", "/zones/{zone_id}/email/routing/dns", Permission.ZONE_SETTINGS, "disable Email Routing"),
    ADD_SUBDOMAIN(
            "POST", "/zones/{zone_id}/email/routing/dns", Permission.ZONE_SETTINGS, "add Email Routing's DNS records"),
    REMOVE_SUBDOMAIN(
            "DELETE",
            "/zones/{zone_id}/email/routing/dns",
            Permission.ZONE_SETTINGS,
            "remove Email Routing's DNS records"),

    LIST_RULES("GET", "/zones/{zone_id}/email/routing/rules", Permission.EMAIL_ROUTING_RULES, "read its routing rules"),
    GET_RULE(
            "GET",
            "/zones/{zone_id}/email/routing/rules/{rule_id}",
            Permission.EMAIL_ROUTING_RULES,
            "read its routing rules"),
    CREATE_RULE("POST", "/zones/{zone_id}/email/routing/rules", Permission.EMAIL_ROUTING_RULES, "create routing rules"),
    UPDATE_RULE(
            "PUT",
            "/zones/{zone_id}/email/routing/rules/{rule_id}",
            Permission.EMAIL_ROUTING_RULES,
            "update routing rules"),
    DELETE_RULE(
            "DELETE",
            "/zones/{zone_id}/email/routing/rules/{rule_id}",
            Permission.EMAIL_ROUTING_RULES,
            "delete routing rules"),
    GET_CATCH_ALL(
            "GET",
            "/zones/{zone_id}/email/routing/rules/catch_all",
            Permission.EMAIL_ROUTING_RULES,
            "read its catch-all"),
    PUT_CATCH_ALL(
            "PUT",
            "/zones/{zone_id}/email/routing/rules/catch_all",
            Permission.EMAIL_ROUTING_RULES,
            "write its catch-all"),

    /** Over all zones of an account. Which tokens may make these two calls is documented nowhere: a refusal shows nothing of a right. */
    LIST_ACCOUNT_RULES(
            "GET", "/accounts/{account_id}/email/routing/rules", null, "read the routing rules of all zones"),
    LIST_ACCOUNT_ROUTING(
            "GET", "/accounts/{account_id}/email/routing/zones", null, "read the Email Routing settings of all zones"),

    VERIFY_TOKEN("GET", "/user/tokens/verify", null, "verify itself"),
    VERIFY_ACCOUNT_TOKEN("GET", "/accounts/{account_id}/tokens/verify", null, "verify itself"),
    LIST_ACCOUNTS("GET", "/accounts", null, "list accounts"),
    LIST_DNS_RECORDS("GET", "/zones/{zone_id}/dns_records", Permission.DNS_READ, "read its DNS records"),

    LIST_D1_DATABASES("GET", "/accounts/{account_id}/d1/database", Permission.D1, "list D1 databases"),
    LIST_WORKERS_SCRIPTS("GET", "/accounts/{account_id}/workers/scripts", Permission.WORKERS_SCRIPTS, "list Workers"),
    LIST_R2_BUCKETS("GET", "/accounts/{account_id}/r2/buckets", Permission.WORKERS_R2_STORAGE, "list R2 buckets"),
    LIST_PAGES_PROJECTS(
            "GET", "/accounts/{account_id}/pages/projects", Permission.CLOUDFLARE_PAGES, "list Pages projects"),
    LIST_WORKERS_ROUTES("GET", "/zones/{zone_id}/workers/routes", Permission.WORKERS_ROUTES, "list Workers routes");

    private final String method;
    private final String route;
    private final @Nullable Permission right;
    private final String action;

    CloudflareCall(String method, String route, @Nullable Permission right, String action) {
        this.method = method;
        this.route = route;
        this.right = right;
        this.action = action;
    }

    public String method() {
        return method;
    }

    /** The route below the base URL; a path segment in braces is an id. */
    public String route() {
        return route;
    }

    /** The route's path segments; those in braces stand for an id. */
    List<String> segments() {
        return List.of(route.substring(1).split("/"));
    }

    /** Whether it changes anything at Cloudflare. What does is never sent twice: a second POST could create a second thing. */
    public boolean writes() {
        return !method.equals("GET");
    }

    /** The right that the token must hold for it; empty where any token may. */
    public Optional<Permission> right() {
        return Optional.ofNullable(right);
    }

    /** What it does, as words that follow "may" or "could not". */
    public String action() {
        return action;
    }

    /** Whether it is about one zone. */
    public boolean ofZone() {
        return route.contains("{zone_id}");
    }
}
