package io.maildomain.operator.cloudflare;

import java.util.Set;

/**
 * What a refusal says about the token as a whole, whatever was asked. A missing right or a zone out of the token's scope
 * says nothing about it: the next call, with another right or zone, may well succeed.
 */
enum TokenOutcome {
    /** Cloudflare knows the token; what failed is something else. */
    ACCEPTED,
    /** The token itself was refused. */
    REFUSED,
    /** The same, and Cloudflare complains that it happens too often. */
    REFUSED_TOO_OFTEN,
    /** It cannot be told. */
    UNKNOWN;

    private static final Set<CloudflareError> MALFORMED_CREDENTIALS = Set.of(
            CloudflareError.INVALID_HEADERS, CloudflareError.INVALID_AUTHORIZATION, CloudflareError.NO_CREDENTIALS);
    private static final Set<CloudflareError> OF_RIGHTS = Set.of(
            CloudflareError.AUTHENTICATION_ERROR, CloudflareError.FEATURE_UNAUTHORIZED, CloudflareError.UNAUTHORIZED);
    private static final Set<Integer> ANSWERS_OF_ANYBODY = Set.of(401, 403, 407, 408, 429);

    static TokenOutcome on(Failure.Refused refused) {
        if (refused.has(CloudflareError.TOO_MANY_AUTHENTICATION_FAILURES)) {
            return REFUSED_TOO_OFTEN;
        }
        if (refused.errors().stream().anyMatch(error -> isAboutTheToken(refused.status(), error))) {
            return REFUSED;
        }
        boolean right = refused.hasAny(OF_RIGHTS);
        if (refused.status() == 401 && !right) {
            return REFUSED;
        }
        boolean fromCloudflare = !refused.errors().isEmpty() && refused.status() < 500;
        return fromCloudflare && !right && !ANSWERS_OF_ANYBODY.contains(refused.status()) ? ACCEPTED : UNKNOWN;
    }

    private static boolean isAboutTheToken(int status, ApiError error) {
        if (error.isAny(MALFORMED_CREDENTIALS)) {
            return true;
        }
        if (error.is(CloudflareError.UNAUTHORIZED)) {
            return Saying.ACCESS_TOKEN.isIn(error) || Saying.describesToken(error);
        }
        if (error.is(CloudflareError.AUTHENTICATION_ERROR)) {
            return Saying.describesToken(error);
        }
        return error.is(CloudflareError.INVALID_API_TOKEN) && (status == 401 || Saying.TOKEN.isIn(error));
    }
}
