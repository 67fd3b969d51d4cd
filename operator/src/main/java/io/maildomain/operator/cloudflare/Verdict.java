package io.maildomain.operator.cloudflare;

import java.util.Locale;
import java.util.Set;

/**
 * What a refusal says about the token as a whole, whatever was asked. A missing right (10000, 9109 "Unauthorized", 0) or a
 * zone out of the token's scope says nothing about it: the next call, with another right or zone, may well succeed. Codes:
 * Cloudflare's authentication errors as met in the field.
 */
enum Verdict {
    /** Cloudflare knows the token; what failed is something else. */
    ACCEPTED,
    /** The token itself was refused. */
    REFUSED,
    /** The same, and Cloudflare complains that it happens too often. */
    REFUSED_TOO_OFTEN,
    /** It cannot be told. */
    UNKNOWN;

    private static final int TOO_MANY_FAILURES = 10502;
    private static final int INVALID_TOKEN = 1000;
    private static final int INVALID_OR_UNAUTHORIZED = 9109;
    private static final int AUTHENTICATION_ERROR = 10000;
    private static final int FEATURE_UNAUTHORIZED = 2036;
    private static final Set<Integer> MALFORMED_CREDENTIALS = Set.of(6003, 6111, 9106);
    private static final Set<Integer> ANSWERS_OF_ANYBODY = Set.of(401, 403, 407, 408, 429);

    static Verdict on(Failure.Refused refused) {
        if (refused.hasCode(TOO_MANY_FAILURES)) {
            return REFUSED_TOO_OFTEN;
        }
        if (refused.errors().stream().anyMatch(error -> isAboutTheToken(refused.status(), error))) {
            return REFUSED;
        }
        boolean right = refused.hasCode(AUTHENTICATION_ERROR)
                || refused.hasCode(FEATURE_UNAUTHORIZED)
                || refused.hasCode(INVALID_OR_UNAUTHORIZED);
        if (refused.status() == 401 && !right) {
            return REFUSED;
        }
        boolean fromCloudflare = !refused.errors().isEmpty() && refused.status() < 500;
        return fromCloudflare && !right && !ANSWERS_OF_ANYBODY.contains(refused.status()) ? ACCEPTED : UNKNOWN;
    }

    private static boolean isAboutTheToken(int status, ApiError error) {
        if (MALFORMED_CREDENTIALS.contains(error.code())) {
            return true;
        }
        String message = error.message().toLowerCase(Locale.ROOT);
        if (error.code() == INVALID_OR_UNAUTHORIZED) {
            return message.contains("access token");
        }
        return error.code() == INVALID_TOKEN && (status == 401 || message.contains("token"));
    }
}
