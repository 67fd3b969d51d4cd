package io.maildomain.operator.diagnosis;

import static io.maildomain.operator.diagnosis.Kind.TRANSIENT;

import io.maildomain.operator.cloudflare.Failure.Postponed.Why;
import io.maildomain.operator.cloudflare.Failure.Unreachable;
import java.util.EnumMap;
import java.util.Map;

/** What it means that no answer of Cloudflare's came, or that the call was not even sent. All of it is transient. */
final class Losses {
    static final Map<Unreachable.Kind, Meaning> UNREACHABLE = new EnumMap<>(Map.of(
            Unreachable.Kind.DNS,
            meaning(
                    "CloudflareUnreachable",
                    "the name of Cloudflare's API has no address ({says}): check the cluster's DNS and --cloudflare-api-base-url"),
            Unreachable.Kind.CONNECT,
            meaning(
                    "CloudflareUnreachable",
                    "no connection to Cloudflare's API ({says}): check network policies, firewalls and"
                            + " --cloudflare-api-base-url"),
            Unreachable.Kind.TLS,
            meaning(
                    "CloudflareUnreachable",
                    "no trusted connection to Cloudflare's API ({says}): a proxy that opens TLS needs its CA in the operator's"
                            + " trust store, and the clock must be right"),
            Unreachable.Kind.TIMEOUT,
            meaning("CloudflareTimeout", "Cloudflare did not answer the call to {does} in time; it is tried again"),
            Unreachable.Kind.CONNECTION_LOST,
            meaning("ConnectionLost", "the connection broke during the call to {does} ({says}); it is tried again")));

    static final Map<Why, Meaning> POSTPONED = new EnumMap<>(
            Map.of(
                    Why.BUDGET,
                    meaning(
                            "RequestBudgetUsedUp",
                            "the request budget of {token} is used up for the moment; it goes on within {wait}"),
                    Why.RATE_LIMITED,
                    meaning("RateLimited", "Cloudflare asked for fewer requests; it goes on in {wait}"),
                    Why.AUTH_GATE,
                    meaning(
                            "TokenRefused",
                            "Cloudflare refused {token} ({says}): put a valid token under that key; until then one call at a time is tried")));

    static final Meaning MALFORMED = meaning(
            "MalformedAnswer",
            "the answer to the call to {does} is not Cloudflare's ({says}): look for a proxy or login page on the way, and check"
                    + " --cloudflare-api-base-url");

    static final Meaning FENCED =
            meaning("NotLeading", "this process does not lead any more, so it did not {does}; another one goes on");

    /** Follows what may have been done all the same. */
    static final String PERHAPS_DONE = "; it may have been done all the same, which the next look shows";

    private Losses() {}

    private static Meaning meaning(String reason, String sentence) {
        return Meaning.of(reason, TRANSIENT, sentence);
    }
}
