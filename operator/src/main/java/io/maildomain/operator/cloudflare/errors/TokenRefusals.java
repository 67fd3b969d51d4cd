package io.maildomain.operator.cloudflare.errors;

import static io.maildomain.operator.cloudflare.CloudflareCall.CREATE_ZONE;
import static io.maildomain.operator.cloudflare.CloudflareCall.FIND_ZONE_OF_HOST;
import static io.maildomain.operator.cloudflare.CloudflareCall.LIST_ZONES;
import static io.maildomain.operator.cloudflare.CloudflareError.AUTHENTICATION_ERROR;
import static io.maildomain.operator.cloudflare.CloudflareError.FEATURE_UNAUTHORIZED;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_API_TOKEN;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_AUTHORIZATION;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_HEADERS;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_REFERENCE;
import static io.maildomain.operator.cloudflare.CloudflareError.NO_CREDENTIALS;
import static io.maildomain.operator.cloudflare.CloudflareError.PERMISSION_REQUIRED;
import static io.maildomain.operator.cloudflare.CloudflareError.TOO_MANY_AUTHENTICATION_FAILURES;
import static io.maildomain.operator.cloudflare.CloudflareError.UNAUTHORIZED;
import static io.maildomain.operator.cloudflare.CloudflareError.UPLOAD_PASS_REFUSED;
import static io.maildomain.operator.cloudflare.errors.CallSets.INSIDE_ZONE;
import static io.maildomain.operator.cloudflare.errors.CallSets.OF_ACCOUNT;
import static io.maildomain.operator.cloudflare.errors.CallSets.OF_ZONE;
import static io.maildomain.operator.cloudflare.errors.CallSets.OF_ZONE_ITSELF;
import static io.maildomain.operator.cloudflare.errors.CallSets.VERIFICATIONS;
import static io.maildomain.operator.cloudflare.errors.CallSets.WITH_PASS;
import static io.maildomain.operator.cloudflare.errors.FailureKind.FINAL;
import static io.maildomain.operator.cloudflare.errors.FailureKind.TRANSIENT;
import static io.maildomain.operator.cloudflare.errors.FailureKind.WAITING;
import static io.maildomain.operator.cloudflare.errors.RefusalPattern.on;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.CloudflareError;
import io.maildomain.operator.cloudflare.Saying;
import java.util.List;

/** What Cloudflare's refusals mean that are about the token: itself, what it sees, what it may do. */
final class TokenRefusals {
    static final String INVALID =
            "Cloudflare does not know {token}: it was deleted, rolled or copied wrongly, or has expired; put a valid token under"
                    + " that key";

    static final String NO_ZONE = "Cloudflare shows this token no such zone for {domain}: it was deleted, or moved to"
            + " another account, or the scope of {token} does not cover it";

    static final ErrorMeaning EXPIRED =
            ErrorMeaning.of(Reason.TokenExpired, FINAL, "{token} has expired: put a new token under that key");

    static final ErrorMeaning DISABLED = ErrorMeaning.of(
            Reason.TokenDisabled,
            FINAL,
            "{token} is disabled: enable it at Cloudflare, or put another one under that key");

    private static final ErrorMeaning PASS_REFUSED = ErrorMeaning.of(
            Reason.UploadPassRefused,
            TRANSIENT,
            "Cloudflare does not take the pass any more that {token} was given to {does}: it lasts an hour; the next look"
                    + " asks for another one");

    /** Of a call that bears no token: what it is answered says nothing of one, whatever the code, and without any. */
    static final List<RefusalEntry> OF_PASS = List.of(
            on(
                            PERMISSION_REQUIRED,
                            INVALID_API_TOKEN,
                            FEATURE_UNAUTHORIZED,
                            INVALID_HEADERS,
                            INVALID_AUTHORIZATION,
                            NO_CREDENTIALS,
                            UNAUTHORIZED,
                            AUTHENTICATION_ERROR,
                            TOO_MANY_AUTHENTICATION_FAILURES,
                            UPLOAD_PASS_REFUSED)
                    .during(WITH_PASS)
                    .means(PASS_REFUSED),
            on().status(401, 403).during(WITH_PASS).means(PASS_REFUSED));

    static final List<RefusalEntry> ENTRIES = List.of(
            // the token
            on(INVALID_API_TOKEN, UNAUTHORIZED, AUTHENTICATION_ERROR)
                    .saying(Saying.FROM_LOCATION)
                    .means(
                            Reason.TokenLocationRefused,
                            FINAL,
                            "Cloudflare does not take {token} from where the operator runs ({says}): add that address to the"
                                    + " token's client IP filter, or take the filter away"),
            on(INVALID_API_TOKEN, UNAUTHORIZED, AUTHENTICATION_ERROR)
                    .saying(Saying.EXPIRED)
                    .means(EXPIRED),
            on(INVALID_API_TOKEN, UNAUTHORIZED, AUTHENTICATION_ERROR)
                    .saying(Saying.DISABLED)
                    .means(DISABLED),
            on(INVALID_API_TOKEN, UNAUTHORIZED, AUTHENTICATION_ERROR)
                    .saying(Saying.NOT_YET_VALID)
                    .means(
                            Reason.TokenNotYetValid,
                            WAITING,
                            "{token} is not valid yet ({says}): wait for its first day, or change"
                                    + " that at Cloudflare"),
            on(TOO_MANY_AUTHENTICATION_FAILURES)
                    .means(
                            Reason.TokenBlocked,
                            TRANSIENT,
                            "Cloudflare counts too many failed authentications with {token}: put a valid token under that key;"
                                    + " until then one call at a time is tried"),
            on(INVALID_HEADERS, INVALID_AUTHORIZATION)
                    .means(
                            Reason.TokenMalformed,
                            FINAL,
                            "{token} does not have the form of a token: store only the token under that key, without \"Bearer\","
                                    + " quotes or line breaks"),
            on(NO_CREDENTIALS)
                    .means(
                            Reason.TokenNotAccepted,
                            FINAL,
                            "Cloudflare saw no credentials that it accepts: {token} must be an API token (no global API key), and"
                                    + " no proxy may remove the Authorization header"),
            on(INVALID_API_TOKEN)
                    .status(400, 401, 403)
                    .saying(Saying.TOKEN)
                    .during(VERIFICATIONS)
                    .means(
                            Reason.TokenNotVerified,
                            FINAL,
                            "Cloudflare does not know {token} in this place: a token that an account owns is verified with the"
                                    + " account's id, a user's without; else it was deleted, rolled or copied wrongly"),
            on(INVALID_API_TOKEN).status(400, 401, 403).saying(Saying.TOKEN).means(Reason.TokenInvalid, FINAL, INVALID),
            on(UNAUTHORIZED).saying(Saying.ACCESS_TOKEN).means(Reason.TokenInvalid, FINAL, INVALID),

            // the zone
            on(INVALID_REFERENCE, UNAUTHORIZED)
                    .saying(Saying.INVALID_ZONE)
                    .during(OF_ZONE)
                    .means(Reason.ZoneNotVisible, FINAL, NO_ZONE),

            // rights
            on(AUTHENTICATION_ERROR)
                    .saying(Saying.AUTHENTICATION_SCHEME)
                    .means(
                            Reason.TokenKindRefused,
                            FINAL,
                            "Cloudflare does not let this kind of token {does} ({says}), whatever its rights: use a token of a"
                                    + " user (My Profile, API Tokens) instead of one that an account owns or a login made"),
            on(CloudflareError.OF_PERMISSIONS_TO_CREATE_ZONES)
                    .status(400, 401, 403)
                    .during(CREATE_ZONE)
                    .means(
                            Reason.PermissionMissing,
                            FINAL,
                            "{token} may not create zones in {account}: add {right}, for all zones of that account, not for"
                                    + " single ones"),
            on(CloudflareError.OF_PERMISSIONS)
                    .status(400, 401, 403)
                    .during(LIST_ZONES)
                    .means(Reason.PermissionMissing, FINAL, "{token} may not list zones: add {right}"),
            on(CloudflareError.OF_PERMISSIONS)
                    .status(400, 401, 403)
                    .during(FIND_ZONE_OF_HOST)
                    .means(
                            Reason.PermissionMissing,
                            FINAL,
                            "{token} may not {does}, under whose id a route is written: add {right} for that zone; custom domains do"
                                    + " without it"),
            on(CloudflareError.OF_PERMISSIONS)
                    .status(400, 401, 403)
                    .during(OF_ZONE_ITSELF)
                    .means(
                            Reason.PermissionMissing,
                            FINAL,
                            "{token} may not {does} {domain}: add {right}, and check that the token's scope covers this zone"),
            on(CloudflareError.OF_PERMISSIONS)
                    .status(400, 401, 403)
                    .during(INSIDE_ZONE)
                    .means(
                            Reason.PermissionMissing,
                            FINAL,
                            "{token} can read {zone} but may not {does}: add {right}, and check that the token's scope covers"
                                    + " this zone{owned}"),
            on(CloudflareError.OF_PERMISSIONS)
                    .status(400, 401, 403)
                    .during(OF_ACCOUNT)
                    .means(
                            Reason.PermissionMissing,
                            FINAL,
                            "{token} may not {does}: add {right}, and check that the token's scope covers {account}"),
            on(CloudflareError.OF_PERMISSIONS)
                    .status(400, 401, 403)
                    .means(
                            Reason.PermissionMissing,
                            FINAL,
                            "{token} may not {does}: add {right}, and check that the token's scope covers what it is about"));

    private TokenRefusals() {}
}
