package io.maildomain.operator.diagnosis;

import static io.maildomain.operator.cloudflare.CloudflareCall.CREATE_ZONE;
import static io.maildomain.operator.cloudflare.CloudflareCall.LIST_ZONES;
import static io.maildomain.operator.diagnosis.CallSets.INSIDE_ZONE;
import static io.maildomain.operator.diagnosis.CallSets.OF_ACCOUNT;
import static io.maildomain.operator.diagnosis.CallSets.OF_ZONE;
import static io.maildomain.operator.diagnosis.CallSets.OF_ZONE_ITSELF;
import static io.maildomain.operator.diagnosis.CallSets.VERIFICATIONS;
import static io.maildomain.operator.diagnosis.Kind.FINAL;
import static io.maildomain.operator.diagnosis.Kind.TRANSIENT;
import static io.maildomain.operator.diagnosis.Kind.WAITING;
import static io.maildomain.operator.diagnosis.RefusalEntry.on;

import java.util.List;

/** What Cloudflare's refusals mean that are about the token: itself, what it sees, what it may do. */
final class TokenRefusals {
    static final String INVALID =
            "Cloudflare does not know {token}: it was deleted, rolled or copied wrongly, or has expired; put a valid token under"
                    + " that key";

    static final String NO_ZONE = "Cloudflare shows this token no such zone for {domain}: it was deleted, or moved to"
            + " another account, or the scope of {token} does not cover it";

    static final List<RefusalEntry> ENTRIES = List.of(
            // the token
            on(1000, 9109, 10000)
                    .saying("from location")
                    .means(
                            "TokenLocationRefused",
                            FINAL,
                            "Cloudflare does not take {token} from where the operator runs ({says}): add that address to the"
                                    + " token's client IP filter, or take the filter away"),
            on(1000, 9109, 10000)
                    .saying("expired")
                    .means("TokenExpired", FINAL, "{token} has expired: put a new token under that key"),
            on(1000, 9109, 10000)
                    .saying("disabled")
                    .means(
                            "TokenDisabled",
                            FINAL,
                            "{token} is disabled: enable it at Cloudflare, or put another one under" + " that key"),
            on(1000, 9109, 10000)
                    .saying("not yet valid")
                    .means(
                            "TokenNotYetValid",
                            WAITING,
                            "{token} is not valid yet ({says}): wait for its first day, or change"
                                    + " that at Cloudflare"),
            on(10502)
                    .means(
                            "TokenBlocked",
                            TRANSIENT,
                            "Cloudflare counts too many failed authentications with {token}: put a valid token under that key;"
                                    + " until then one call at a time is tried"),
            on(6003, 6111)
                    .means(
                            "TokenMalformed",
                            FINAL,
                            "{token} does not have the form of a token: store the token alone under that key, without \"Bearer\","
                                    + " quotes or line breaks"),
            on(9106).means(
                            "TokenNotAccepted",
                            FINAL,
                            "Cloudflare saw no credentials that it accepts: {token} must be an API token (no global API key), and"
                                    + " no proxy may remove the Authorization header"),
            on(1000).status(400, 401, 403)
                    .saying("token")
                    .during(VERIFICATIONS)
                    .means(
                            "TokenNotVerified",
                            FINAL,
                            "Cloudflare does not know {token} in this place: a token that an account owns is verified with the"
                                    + " account's id, a user's without; else it was deleted, rolled or copied wrongly"),
            on(1000).status(400, 401, 403).saying("token").means("TokenInvalid", FINAL, INVALID),
            on(9109).saying("access token").means("TokenInvalid", FINAL, INVALID),

            // the zone
            on(1001, 9109).saying("invalid zone").during(OF_ZONE).means("ZoneNotVisible", FINAL, NO_ZONE),

            // rights
            on(10000)
                    .saying("authentication scheme")
                    .means(
                            "TokenKindRefused",
                            FINAL,
                            "Cloudflare does not let this kind of token {does} ({says}), whatever its rights: use a token of a"
                                    + " user (My Profile, API Tokens) instead of one that an account owns or a login made"),
            on(0, 1068, 1106, 9109, 10000, 2036)
                    .status(400, 401, 403)
                    .during(CREATE_ZONE)
                    .means(
                            "PermissionMissing",
                            FINAL,
                            "{token} may not create zones in {account}: add {right}, for all zones of that account, not for"
                                    + " single ones"),
            on(0, 9109, 10000, 2036)
                    .status(400, 401, 403)
                    .during(LIST_ZONES)
                    .means("PermissionMissing", FINAL, "{token} may not list zones: add {right}"),
            on(0, 9109, 10000, 2036)
                    .status(400, 401, 403)
                    .during(OF_ZONE_ITSELF)
                    .means(
                            "PermissionMissing",
                            FINAL,
                            "{token} may not {does} {domain}: add {right}, and check that the token's scope covers this zone"),
            on(0, 9109, 10000, 2036)
                    .status(400, 401, 403)
                    .during(INSIDE_ZONE)
                    .means(
                            "PermissionMissing",
                            FINAL,
                            "{token} can read {zone} but may not {does}: add {right}, and check that the token's scope covers"
                                    + " this zone{owned}"),
            on(0, 9109, 10000, 2036)
                    .status(400, 401, 403)
                    .during(OF_ACCOUNT)
                    .means(
                            "PermissionMissing",
                            FINAL,
                            "{token} may not {does}: add {right}, and check that the token's scope covers {account}"),
            on(0, 9109, 10000, 2036)
                    .status(400, 401, 403)
                    .means(
                            "PermissionMissing",
                            FINAL,
                            "{token} may not {does}: add {right}, and check that the token's scope covers what it is about"));

    private TokenRefusals() {}
}
