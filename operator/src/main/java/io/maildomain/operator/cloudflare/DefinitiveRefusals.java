package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.CloudflareError.ADDRESS_TOO_NEW;
import static io.maildomain.operator.cloudflare.CloudflareError.AUTHENTICATION_ERROR;
import static io.maildomain.operator.cloudflare.CloudflareError.BAD_ACCOUNT;
import static io.maildomain.operator.cloudflare.CloudflareError.BODY_TOO_LARGE;
import static io.maildomain.operator.cloudflare.CloudflareError.BOUND_BUCKET_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.BOUND_DATABASE_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.BOUND_WORKER_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.BUCKET_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.COULD_NOT_ROUTE;
import static io.maildomain.operator.cloudflare.CloudflareError.CUSTOM_DOMAIN_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.DATABASE_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.DESTINATION_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.DESTINATION_NOT_VERIFIED;
import static io.maildomain.operator.cloudflare.CloudflareError.DOMAIN_BANNED;
import static io.maildomain.operator.cloudflare.CloudflareError.DOMAIN_NOT_REGISTERED;
import static io.maildomain.operator.cloudflare.CloudflareError.DUPLICATE_RULE;
import static io.maildomain.operator.cloudflare.CloudflareError.FEATURE_UNAUTHORIZED;
import static io.maildomain.operator.cloudflare.CloudflareError.FOREIGN_MX_RECORDS;
import static io.maildomain.operator.cloudflare.CloudflareError.HOST_HAS_RECORDS;
import static io.maildomain.operator.cloudflare.CloudflareError.HOST_OF_ANOTHER_WORKER;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_API_TOKEN;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_AUTHORIZATION;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_CRON;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_DOMAIN;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_HEADERS;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_INPUT;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_REFERENCE;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_RULE_OPERATION;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_ZONE_TYPE;
import static io.maildomain.operator.cloudflare.CloudflareError.MALFORMED_JSON;
import static io.maildomain.operator.cloudflare.CloudflareError.MANIFEST_MISSING;
import static io.maildomain.operator.cloudflare.CloudflareError.METHOD_NOT_ALLOWED;
import static io.maildomain.operator.cloudflare.CloudflareError.METHOD_NOT_ALLOWED_BY_SERVICE;
import static io.maildomain.operator.cloudflare.CloudflareError.NOT_REGISTRABLE;
import static io.maildomain.operator.cloudflare.CloudflareError.NO_BINDING_TO_INHERIT;
import static io.maildomain.operator.cloudflare.CloudflareError.NO_CREDENTIALS;
import static io.maildomain.operator.cloudflare.CloudflareError.NO_ROUTE;
import static io.maildomain.operator.cloudflare.CloudflareError.NO_SUCH_ACCOUNT;
import static io.maildomain.operator.cloudflare.CloudflareError.NO_ZONE_OF_HOST;
import static io.maildomain.operator.cloudflare.CloudflareError.PARTIAL_ZONE_NOT_ALLOWED;
import static io.maildomain.operator.cloudflare.CloudflareError.PERMISSION_REQUIRED;
import static io.maildomain.operator.cloudflare.CloudflareError.PROJECT_EXISTS;
import static io.maildomain.operator.cloudflare.CloudflareError.PROJECT_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.RATE_LIMITED;
import static io.maildomain.operator.cloudflare.CloudflareError.REGISTRAR_LOOKUP_FAILED;
import static io.maildomain.operator.cloudflare.CloudflareError.ROUTE_EXISTS;
import static io.maildomain.operator.cloudflare.CloudflareError.ROUTE_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.ROUTE_OUTSIDE_ZONE;
import static io.maildomain.operator.cloudflare.CloudflareError.SITE_DEPLOYMENT_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.SITE_DOMAIN_EXISTS;
import static io.maildomain.operator.cloudflare.CloudflareError.SITE_DOMAIN_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.SQL_REFUSED;
import static io.maildomain.operator.cloudflare.CloudflareError.SUBDOMAIN_NOT_ALLOWED;
import static io.maildomain.operator.cloudflare.CloudflareError.THROTTLED;
import static io.maildomain.operator.cloudflare.CloudflareError.TOO_MANY_AUTHENTICATION_FAILURES;
import static io.maildomain.operator.cloudflare.CloudflareError.TOO_MANY_PENDING_ZONES;
import static io.maildomain.operator.cloudflare.CloudflareError.UNAUTHORIZED;
import static io.maildomain.operator.cloudflare.CloudflareError.UNKNOWN_ROUTING_DOMAIN;
import static io.maildomain.operator.cloudflare.CloudflareError.UPLOAD_PASS_REFUSED;
import static io.maildomain.operator.cloudflare.CloudflareError.VERSION_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.WITHIN_ANOTHER_ZONE;
import static io.maildomain.operator.cloudflare.CloudflareError.WORKER_IN_USE;
import static io.maildomain.operator.cloudflare.CloudflareError.WORKER_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.WORKER_NOT_ON_ACCOUNT;
import static io.maildomain.operator.cloudflare.CloudflareError.WORKER_REFUSED;
import static io.maildomain.operator.cloudflare.CloudflareError.ZONE_ADDED_TOO_OFTEN;
import static io.maildomain.operator.cloudflare.CloudflareError.ZONE_CREATION_DENIED;
import static io.maildomain.operator.cloudflare.CloudflareError.ZONE_CREATION_NOT_ALLOWED;
import static io.maildomain.operator.cloudflare.CloudflareError.ZONE_EXISTS;

import io.maildomain.operator.credentials.Surface;
import java.util.Set;

/**
 * The refusals after which it is certain that nothing was done. A list, for everything else may have taken effect: {@link
 * CloudflareError#UNSPECIFIED_FAILURE} was seen with HTTP 400 for a zone that was created, and it is not known which other codes come
 * after the fact.
 */
final class DefinitiveRefusals {

    /** Not let in, or not understood as a call at all: form of the request, token, rights, rate, route. */
    private static final Set<CloudflareError> BEFORE_ANYTHING = Set.of(
            THROTTLED,
            INVALID_API_TOKEN,
            INVALID_HEADERS,
            MALFORMED_JSON,
            INVALID_AUTHORIZATION,
            NO_ROUTE,
            METHOD_NOT_ALLOWED,
            COULD_NOT_ROUTE,
            NO_CREDENTIALS,
            UNAUTHORIZED,
            AUTHENTICATION_ERROR,
            METHOD_NOT_ALLOWED_BY_SERVICE,
            BODY_TOO_LARGE,
            RATE_LIMITED,
            TOO_MANY_AUTHENTICATION_FAILURES,
            FEATURE_UNAUTHORIZED,
            UPLOAD_PASS_REFUSED);

    /** Why a zone is not created: it exists, the domain is not accepted, the account may not. */
    private static final Set<CloudflareError> NO_ZONE_CREATED = Set.of(
            INVALID_REFERENCE,
            INVALID_DOMAIN,
            INVALID_ZONE_TYPE,
            DOMAIN_NOT_REGISTERED,
            ZONE_EXISTS,
            BAD_ACCOUNT,
            ZONE_CREATION_DENIED,
            NO_SUCH_ACCOUNT,
            WITHIN_ANOTHER_ZONE,
            DOMAIN_BANNED,
            NOT_REGISTRABLE,
            PARTIAL_ZONE_NOT_ALLOWED,
            ZONE_ADDED_TOO_OFTEN,
            ZONE_CREATION_NOT_ALLOWED,
            REGISTRAR_LOOKUP_FAILED,
            SUBDOMAIN_NOT_ALLOWED,
            TOO_MANY_PENDING_ZONES);

    /**
     * Why Email Routing refuses to write: invalid input, foreign MX, duplicate, destination or Worker unknown, not a rule to
     * write this way.
     */
    private static final Set<CloudflareError> NO_ROUTING_WRITTEN = Set.of(
            INVALID_REFERENCE,
            INVALID_INPUT,
            FOREIGN_MX_RECORDS,
            DUPLICATE_RULE,
            DESTINATION_NOT_FOUND,
            WORKER_NOT_FOUND,
            INVALID_RULE_OPERATION,
            ADDRESS_TOO_NEW,
            DESTINATION_NOT_VERIFIED,
            UNKNOWN_ROUTING_DOMAIN);

    /**
     * Why nothing is deployed: what was sent is not accepted, names what is not there, or would take what leads elsewhere. SQL is run
     * as a whole or not at all.
     */
    private static final Set<CloudflareError> NOTHING_DEPLOYED = Set.of(
            BOUND_BUCKET_NOT_FOUND,
            BOUND_DATABASE_NOT_FOUND,
            BOUND_WORKER_NOT_FOUND,
            BUCKET_NOT_FOUND,
            CUSTOM_DOMAIN_NOT_FOUND,
            DATABASE_NOT_FOUND,
            HOST_HAS_RECORDS,
            HOST_OF_ANOTHER_WORKER,
            INVALID_CRON,
            MANIFEST_MISSING,
            NO_BINDING_TO_INHERIT,
            NO_ZONE_OF_HOST,
            PROJECT_EXISTS,
            PROJECT_NOT_FOUND,
            ROUTE_EXISTS,
            ROUTE_NOT_FOUND,
            ROUTE_OUTSIDE_ZONE,
            SITE_DEPLOYMENT_NOT_FOUND,
            SITE_DOMAIN_EXISTS,
            SITE_DOMAIN_NOT_FOUND,
            SQL_REFUSED,
            VERSION_NOT_FOUND,
            WORKER_IN_USE,
            WORKER_NOT_ON_ACCOUNT,
            WORKER_REFUSED);

    private DefinitiveRefusals() {}

    static boolean hold(CloudflareCall call, Failure.Refused refused) {
        int status = refused.status();
        if (status >= 500 || status == 408) {
            return false;
        }
        // Who is turned away at the door (no credentials, too many requests) has not been inside.
        return status == 401
                || status == 429
                || (status == 403 && refused.has(PERMISSION_REQUIRED))
                || refused.hasAny(BEFORE_ANYTHING)
                || refused.hasAny(call == CloudflareCall.CREATE_ZONE ? NO_ZONE_CREATED : NO_ROUTING_WRITTEN)
                || (!isOfTheRuntime(call) && refused.hasAny(NOTHING_DEPLOYED));
    }

    private static boolean isOfTheRuntime(CloudflareCall call) {
        return call.right()
                .flatMap(Permission::surface)
                .filter(Surface.RUNTIME::equals)
                .isPresent();
    }
}
