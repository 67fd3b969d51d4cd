package io.maildomain.operator.cloudflare;

import java.util.Set;

/**
 * The refusals after which it is certain that nothing was done. A list, for everything else may have taken effect: 1052
 * ("An error has occurred") was seen with HTTP 400 for a zone that was created, and nobody knows which other codes come
 * after the fact.
 */
final class DefinitiveRefusals {

    /** Not let in, or not understood as a call at all: form of the request, token, rights, rate, route. */
    private static final Set<Integer> BEFORE_ANYTHING =
            Set.of(971, 1000, 6003, 6007, 6111, 7000, 7001, 7003, 9106, 9109, 10000, 10405, 10413, 10429, 10502, 2036);

    /** Why a zone is not created: it exists, the domain is not accepted, the account may not. */
    private static final Set<Integer> NO_ZONE_CREATED = Set.of(
            1001, 1002, 1003, 1049, 1061, 1067, 1068, 1069, 1093, 1097, 1099, 1104, 1105, 1106, 1110, 1116, 1118);

    /**
     * Why Email Routing refuses to write: invalid input, foreign MX, duplicate, destination or Worker unknown, not a rule to
     * write this way.
     */
    private static final Set<Integer> NO_ROUTING_WRITTEN =
            Set.of(1001, 2007, 2008, 2014, 2015, 2016, 2020, 2032, 2054, 2062);

    private static final int NO_PERMISSION = 0;

    private DefinitiveRefusals() {}

    static boolean hold(CloudflareCall call, Failure.Refused refused) {
        int status = refused.status();
        if (status >= 500 || status == 408) {
            return false;
        }
        // Who is turned away at the door (no credentials, too many requests) has not been inside.
        return status == 401
                || status == 429
                || (status == 403 && refused.hasCode(NO_PERMISSION))
                || has(refused, BEFORE_ANYTHING)
                || has(refused, call == CloudflareCall.CREATE_ZONE ? NO_ZONE_CREATED : NO_ROUTING_WRITTEN);
    }

    private static boolean has(Failure.Refused refused, Set<Integer> codes) {
        return refused.errors().stream().anyMatch(error -> codes.contains(error.code()));
    }
}
