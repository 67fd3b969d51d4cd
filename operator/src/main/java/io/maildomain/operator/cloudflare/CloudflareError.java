package io.maildomain.operator.cloudflare;

import java.util.Set;

/**
 * The codes of Cloudflare's errors that the operator knows, in the order of their numbers. No other place writes one: the
 * client and its catalogue of errors name a constant, all others ask {@link CloudflareException} what the refusal says.
 *
 * <p>Each constant says what the code means, in Cloudflare's words where they are known, and where that is known from:
 * <i>schema</i>, <i>docs</i>, <i>wrangler</i>, <i>SDKs</i> and <i>observed</i> as in
 * {@code docs/contributing/cloudflare-facts.md}; <i>simulator</i> where only the simulator answers with it.
 */
public enum CloudflareError {
    /** "Requires permission … to create zones": the token lacks a permission, with 403; also any error without a code. Observed. */
    PERMISSION_REQUIRED(0),
    /** "Please wait and consider throttling your request speed", with 429. Observed (by Terraform). */
    THROTTLED(971),
    /** "Invalid API Token": the verification does not know the token. Observed. */
    INVALID_API_TOKEN(1000),
    /** "Invalid zone", or a query parameter or a rule's id is none: only the message tells which. Observed. */
    INVALID_REFERENCE(1001),
    /** The name of a new zone is no domain. SDKs. */
    INVALID_DOMAIN(1002),
    /** A new zone is asked for with a type that there is none of. Simulator. */
    INVALID_ZONE_TYPE(1003),
    /** The domain of a new zone is not registered. Docs (cannot-add-domain). */
    DOMAIN_NOT_REGISTERED(1049),
    /** "An error has occurred and it has been logged": with 400, though the zone may have been created. SDKs; python-cloudflare#131. */
    UNSPECIFIED_FAILURE(1052),
    /** "… already exists": there is such a zone, perhaps in another account. SDKs, observed. */
    ZONE_EXISTS(1061),
    /** Bad organization: Cloudflare does not know the account. Older docs. */
    BAD_ACCOUNT(1067),
    /** Permission denied, when a zone is created. Older docs. */
    ZONE_CREATION_DENIED(1068),
    /** Organization is no object: Cloudflare does not know the account. Older docs. */
    NO_SUCH_ACCOUNT(1069),
    /** The new zone would lie within another one. Docs (cannot-add-domain), observed. */
    WITHIN_ANOTHER_ZONE(1093),
    /** The domain is banned or reserved. Docs (cannot-add-domain). */
    DOMAIN_BANNED(1097),
    /** "Unable to identify as a registered domain": by Cloudflare's list of public suffixes. Docs (cannot-add-domain), SDKs. */
    NOT_REGISTRABLE(1099),
    /** Zones of type partial are not allowed. Older docs. */
    PARTIAL_ZONE_NOT_ALLOWED(1104),
    /** The domain was added too many times: three hours' pause. Docs (cannot-add-domain), observed. */
    ZONE_ADDED_TOO_OFTEN(1105),
    /** The user may not create zones in the account. Older docs. */
    ZONE_CREATION_NOT_ALLOWED(1106),
    /** The look-up of the domain's registrar failed. Docs (cannot-add-domain). */
    REGISTRAR_LOOKUP_FAILED(1110),
    /** The new zone's name is a subdomain. Docs (cannot-add-domain), SDKs. */
    SUBDOMAIN_NOT_ALLOWED(1116),
    /** "Please activate some zones": the account has as many pending zones as it may. Observed. */
    TOO_MANY_PENDING_ZONES(1118),
    /** "Invalid Input: …": Email Routing does not accept what is asked for, with 422. Schema; terraform-provider-cloudflare#5890. */
    INVALID_INPUT(2007),
    /** "Non-Cloudflare MX records exist", with 409. Observed. */
    FOREIGN_MX_RECORDS(2008),
    /** "Duplicated Zone rule": another rule has the same address. Observed. Of a destination address: simulator. */
    DUPLICATE_RULE(2014),
    /** There is no such destination address. SDKs. */
    DESTINATION_NOT_FOUND(2015),
    /** "Workers Script Info not found": there is no such Worker, or it was uploaded only just now. Wrangler. */
    WORKER_NOT_FOUND(2016),
    /** "Invalid rule operation": the catch-all is not written like other rules, with 409. Wrangler, observed. */
    INVALID_RULE_OPERATION(2020),
    /** The destination address was created within the last 15 minutes or so, and is not deleted yet. SDKs, observed. */
    ADDRESS_TOO_NEW(2032),
    /** "Unauthorized": a permission or the feature is missing, with 401. Observed (mailflare#24). */
    FEATURE_UNAUTHORIZED(2036),
    /** "Destination address is not verified". Schema. */
    DESTINATION_NOT_VERIFIED(2054),
    /** "Unknown Email Routing domain". Schema. */
    UNKNOWN_ROUTING_DOMAIN(2062),
    /** "Invalid request headers": its chain says which, such as {@link #INVALID_AUTHORIZATION}. Observed. */
    INVALID_HEADERS(6003),
    /** "Malformed JSON in request body". Simulator. */
    MALFORMED_JSON(6007),
    /** "Invalid format for Authorization header": what was sent is no token. Observed. */
    INVALID_AUTHORIZATION(6111),
    /** "No route for that URI". Observed. */
    NO_ROUTE(7000),
    /** There is no such method on this route, with 405. SDKs. */
    METHOD_NOT_ALLOWED(7001),
    /** "Could not route to …, perhaps your object identifier is invalid?": an id in the route is none. SDKs, observed. */
    COULD_NOT_ROUTE(7003),
    /** "The database … could not be found": D1 has none of that id. Wrangler. */
    DATABASE_NOT_FOUND(7404),
    /** D1 did not run the SQL; the message is SQLite's. Wrangler. */
    SQL_REFUSED(7500),
    /** "Missing X-Auth-Key, X-Auth-Email or Authorization headers", or credentials of a kind that is not taken. Wrangler, observed. */
    NO_CREDENTIALS(9106),
    /**
     * "Invalid access token", "Unauthorized to access requested resource" or "Invalid zone identifier": only the message
     * tells which. SDKs, observed.
     */
    UNAUTHORIZED(9109),
    /** "Authentication error": the token lacks a permission, or its scope does not cover the zone. Observed. */
    AUTHENTICATION_ERROR(10000),
    /** "The specified bucket does not exist". Wrangler. */
    BUCKET_NOT_FOUND(10006),
    /** "This Worker does not exist on your account". Wrangler. */
    WORKER_NOT_ON_ACCOUNT(10007),
    /** There is no such route of the zone. Simulator. */
    ROUTE_NOT_FOUND(10009),
    /** "A route with the same pattern already exists". Observed. */
    ROUTE_EXISTS(10020),
    /** What was uploaded or asked for is not accepted: a script that does not start, a deployment that does not sum up. Wrangler. */
    WORKER_REFUSED(10021),
    /** The pattern of a route is not of the zone. Simulator. */
    ROUTE_OUTSIDE_ZONE(10022),
    /** A binding cannot be inherited: the version before has none of that name. Simulator. */
    NO_BINDING_TO_INHERIT(10057),
    /** The Worker is in use and was not deleted. Simulator. */
    WORKER_IN_USE(10064),
    /** No zone of the account holds the host name. Wrangler. */
    NO_ZONE_OF_HOST(10083),
    /** A binding names an R2 bucket that is not there. Observed. */
    BOUND_BUCKET_NOT_FOUND(10085),
    /** The same of a Worker's environment. Wrangler. */
    WORKER_ENVIRONMENT_NOT_FOUND(10090),
    /** "invalid cron string". Simulator. */
    INVALID_CRON(10100),
    /** A binding names a Worker that is not there. Observed. */
    BOUND_WORKER_NOT_FOUND(10144),
    /** A binding names a D1 database that is not there. Observed. */
    BOUND_DATABASE_NOT_FOUND(10181),
    /** The Worker has no such version. Simulator. */
    VERSION_NOT_FOUND(10222),
    /** The same as {@link #METHOD_NOT_ALLOWED}, of other services. SDKs. */
    METHOD_NOT_ALLOWED_BY_SERVICE(10405),
    /** The body of the request is too large. Simulator. */
    BODY_TOO_LARGE(10413),
    /** "Rate limited": the same as {@link #THROTTLED}, of other services. Observed. */
    RATE_LIMITED(10429),
    /** "Too many authentication failures": a token was refused again and again. Observed. */
    TOO_MANY_AUTHENTICATION_FAILURES(10502),
    /** There is no such custom domain of a Worker. Simulator. */
    CUSTOM_DOMAIN_NOT_FOUND(100114),
    /** The host name is a custom domain of another Worker. Wrangler. */
    HOST_OF_ANOTHER_WORKER(100116),
    /** "… already has externally managed DNS records": the host name cannot be a custom domain. Wrangler. */
    HOST_HAS_RECORDS(100117),
    /** "A project with this name already exists". Simulator. */
    PROJECT_EXISTS(8_000_002),
    /** "Project not found": Pages has none of that name. Wrangler. */
    PROJECT_NOT_FOUND(8_000_007),
    /** The Pages project has no such deployment. Simulator. */
    SITE_DEPLOYMENT_NOT_FOUND(8_000_009),
    /** "Unauthorized": the pass for uploading files to Pages has expired, or is none. Wrangler. */
    UPLOAD_PASS_REFUSED(8_000_013),
    /** "You have already added this custom domain". Observed. */
    SITE_DOMAIN_EXISTS(8_000_018),
    /** The Pages project has no such custom domain. Simulator. */
    SITE_DOMAIN_NOT_FOUND(8_000_021),
    /** The files of a Pages deployment are not listed. Observed. */
    MANIFEST_MISSING(8_000_096);

    /** What a token is told that lacks a permission, or whose scope does not cover what it is about. Some mean other things too. */
    public static final Set<CloudflareError> OF_PERMISSIONS =
            Set.of(PERMISSION_REQUIRED, FEATURE_UNAUTHORIZED, UNAUTHORIZED, AUTHENTICATION_ERROR);

    /** The same, where a zone is created. */
    public static final Set<CloudflareError> OF_PERMISSIONS_TO_CREATE_ZONES = Set.of(
            PERMISSION_REQUIRED,
            FEATURE_UNAUTHORIZED,
            UNAUTHORIZED,
            AUTHENTICATION_ERROR,
            ZONE_CREATION_DENIED,
            ZONE_CREATION_NOT_ALLOWED);

    private final int code;

    CloudflareError(int code) {
        this.code = code;
    }

    /** As Cloudflare numbers it. */
    public int code() {
        return code;
    }
}
