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

    LIST_ADDRESSES("GET", Route.ADDRESSES, Permission.EMAIL_ROUTING_ADDRESSES, "list destination addresses"),
    GET_ADDRESS("GET", Route.ADDRESS, Permission.EMAIL_ROUTING_ADDRESSES, "read destination addresses"),
    CREATE_ADDRESS("POST", Route.ADDRESSES, Permission.EMAIL_ROUTING_ADDRESSES, "create destination addresses"),
    DELETE_ADDRESS("DELETE", Route.ADDRESS, Permission.EMAIL_ROUTING_ADDRESSES, "delete destination addresses"),

    VERIFY_TOKEN("GET", "/user/tokens/verify", null, "verify itself"),
    VERIFY_ACCOUNT_TOKEN("GET", "/accounts/{account_id}/tokens/verify", null, "verify itself"),
    LIST_ACCOUNTS("GET", "/accounts", null, "list accounts"),
    LIST_DNS_RECORDS("GET", "/zones/{zone_id}/dns_records", Permission.DNS_READ, "read its DNS records"),

    LIST_D1_DATABASES("GET", "/accounts/{account_id}/d1/database", Permission.D1, "list D1 databases"),
    LIST_WORKERS_SCRIPTS("GET", "/accounts/{account_id}/workers/scripts", Permission.WORKERS_SCRIPTS, "list Workers"),
    LIST_R2_BUCKETS("GET", "/accounts/{account_id}/r2/buckets", Permission.WORKERS_R2_STORAGE, "list R2 buckets"),
    LIST_PAGES_PROJECTS(
            "GET", "/accounts/{account_id}/pages/projects", Permission.CLOUDFLARE_PAGES, "list Pages projects"),
    LIST_WORKERS_ROUTES("GET", "/zones/{zone_id}/workers/routes", Permission.WORKERS_ROUTES, "list Workers routes"),

    LIST_DEPLOYMENTS("GET", Route.SCRIPT + "/deployments", Permission.WORKERS_SCRIPTS, "read a Worker's deployments"),
    CREATE_DEPLOYMENT("POST", Route.SCRIPT + "/deployments", Permission.WORKERS_SCRIPTS, "deploy a Worker's version"),
    LIST_VERSIONS("GET", Route.SCRIPT + "/versions", Permission.WORKERS_SCRIPTS, "read a Worker's versions"),
    GET_VERSION("GET", Route.SCRIPT + "/versions/{version_id}", Permission.WORKERS_SCRIPTS, "read a Worker's version"),
    CREATE_VERSION("POST", Route.SCRIPT + "/versions", Permission.WORKERS_SCRIPTS, "upload a Worker's version"),
    PUT_SCRIPT("PUT", Route.SCRIPT, Permission.WORKERS_SCRIPTS, "upload a Worker"),
    DELETE_SCRIPT("DELETE", Route.SCRIPT, Permission.WORKERS_SCRIPTS, "delete a Worker"),
    GET_SETTINGS("GET", Route.SCRIPT + "/settings", Permission.WORKERS_SCRIPTS, "read a Worker's settings"),
    LIST_SECRETS("GET", Route.SCRIPT + "/secrets", Permission.WORKERS_SCRIPTS, "list a Worker's secrets"),
    GET_WORKERS_DEV(
            "GET", Route.SCRIPT + "/subdomain", Permission.WORKERS_SCRIPTS, "read whether a Worker is on workers.dev"),
    SET_WORKERS_DEV(
            "POST",
            Route.SCRIPT + "/subdomain",
            Permission.WORKERS_SCRIPTS,
            "write whether a Worker is on workers.dev"),
    GET_SCHEDULES("GET", Route.SCRIPT + "/schedules", Permission.WORKERS_SCRIPTS, "read a Worker's schedules"),
    PUT_SCHEDULES("PUT", Route.SCRIPT + "/schedules", Permission.WORKERS_SCRIPTS, "write a Worker's schedules"),
    LIST_CUSTOM_DOMAINS(
            "GET",
            "/accounts/{account_id}/workers/domains",
            Permission.WORKERS_SCRIPTS,
            "list the custom domains of Workers"),
    PUT_CUSTOM_DOMAIN(
            "PUT",
            "/accounts/{account_id}/workers/domains",
            Permission.WORKERS_SCRIPTS,
            "add a Worker's custom domain"),
    DELETE_CUSTOM_DOMAIN(
            "DELETE",
            "/accounts/{account_id}/workers/domains/{domain_id}",
            Permission.WORKERS_SCRIPTS,
            "remove a Worker's custom domain"),
    /** By its documentation it needs Zone: Zone: Read, by other sources any right of a zone: a refusal shows nothing of a right. */
    FIND_ZONE_OF_HOST("GET", "/zones", Permission.ZONE_READ, "find the zone of a host name"),
    CREATE_WORKERS_ROUTE("POST", "/zones/{zone_id}/workers/routes", Permission.WORKERS_ROUTES, "create Workers routes"),
    DELETE_WORKERS_ROUTE(
            "DELETE", "/zones/{zone_id}/workers/routes/{route_id}", Permission.WORKERS_ROUTES, "delete Workers routes"),
    GET_BOOKMARK(
            "GET",
            "/accounts/{account_id}/d1/database/{database_id}/time_travel/bookmark",
            Permission.D1,
            "read the bookmark of a D1 database"),
    QUERY_DATABASE(
            "POST",
            "/accounts/{account_id}/d1/database/{database_id}/query",
            Permission.D1,
            "run SQL on a D1 database"),
    GET_BUCKET(
            "GET",
            "/accounts/{account_id}/r2/buckets/{bucket_name}",
            Permission.WORKERS_R2_STORAGE,
            "read an R2 bucket"),
    GET_PROJECT(
            "GET",
            "/accounts/{account_id}/pages/projects/{project_name}",
            Permission.CLOUDFLARE_PAGES,
            "read a Pages project"),
    CREATE_PROJECT(
            "POST", "/accounts/{account_id}/pages/projects", Permission.CLOUDFLARE_PAGES, "create Pages projects"),
    EDIT_PROJECT(
            "PATCH",
            "/accounts/{account_id}/pages/projects/{project_name}",
            Permission.CLOUDFLARE_PAGES,
            "set the variables of a Pages project"),
    DELETE_PROJECT(
            "DELETE",
            "/accounts/{account_id}/pages/projects/{project_name}",
            Permission.CLOUDFLARE_PAGES,
            "delete a Pages project"),
    GET_UPLOAD_PASS(
            "GET",
            "/accounts/{account_id}/pages/projects/{project_name}/upload-token",
            Permission.CLOUDFLARE_PAGES,
            "upload to a Pages project"),
    CREATE_SITE_DEPLOYMENT(
            "POST",
            "/accounts/{account_id}/pages/projects/{project_name}/deployments",
            Permission.CLOUDFLARE_PAGES,
            "deploy a Pages project"),
    LIST_SITE_DEPLOYMENTS(
            "GET",
            "/accounts/{account_id}/pages/projects/{project_name}/deployments",
            Permission.CLOUDFLARE_PAGES,
            "list the deployments of a Pages project"),
    GET_SITE_DEPLOYMENT(
            "GET",
            "/accounts/{account_id}/pages/projects/{project_name}/deployments/{deployment_id}",
            Permission.CLOUDFLARE_PAGES,
            "read a deployment of a Pages project"),
    LIST_SITE_DOMAINS(
            "GET",
            "/accounts/{account_id}/pages/projects/{project_name}/domains",
            Permission.CLOUDFLARE_PAGES,
            "list the custom domains of a Pages project"),
    ADD_SITE_DOMAIN(
            "POST",
            "/accounts/{account_id}/pages/projects/{project_name}/domains",
            Permission.CLOUDFLARE_PAGES,
            "add a custom domain of a Pages project"),
    REMOVE_SITE_DOMAIN(
            "DELETE",
            "/accounts/{account_id}/pages/projects/{project_name}/domains/{domain_name}",
            Permission.CLOUDFLARE_PAGES,
            "remove a custom domain of a Pages project"),

    /** These three bear an upload pass in place of the token: what they are answered says nothing of the token or its rights. */
    FIND_MISSING_FILES("POST", "/pages/assets/check-missing", null, "see which files Pages lacks"),
    UPLOAD_FILES("POST", "/pages/assets/upload", null, "upload files to Pages"),
    KEEP_FILES("POST", "/pages/assets/upsert-hashes", null, "keep files at Pages");

    /** The beginnings of routes that several calls share. */
    private static final class Route {
        static final String ADDRESSES = "/accounts/{account_id}/email/routing/addresses";
        static final String ADDRESS = ADDRESSES + "/{address_id}";
        static final String SCRIPT = "/accounts/{account_id}/workers/scripts/{script_name}";
    }

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

    /** The route below the base URL; a path segment in braces is an id or a name. */
    public String route() {
        return route;
    }

    /** The route's path segments; those in braces stand for an id or a name. */
    List<String> segments() {
        return List.of(route.substring(1).split("/"));
    }

    /** Whether it changes anything at Cloudflare. What does is never sent twice: a second POST could create a second thing. */
    public boolean writes() {
        return !method.equals("GET");
    }

    /** Whether it bears an upload pass, not the token. */
    public boolean bearsPass() {
        return route.startsWith("/pages/assets/");
    }

    /** Whether a success may come without a body, though its status does not say so. */
    boolean isAnsweredWithNothing() {
        return this == DELETE_CUSTOM_DOMAIN;
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

    /** Whether its route holds a zone's id, and that of nothing else. */
    boolean namesOnlyZone() {
        return ofZone() && route.indexOf('{') == route.lastIndexOf('{');
    }
}
