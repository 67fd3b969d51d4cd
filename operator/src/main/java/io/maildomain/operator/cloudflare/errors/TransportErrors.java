package io.maildomain.operator.cloudflare.errors;

import static io.maildomain.operator.cloudflare.errors.FailureKind.TRANSIENT;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.Failure.Unreachable.TransportError;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;

/** What it means that no answer of Cloudflare's came, or that the call was not even sent. All of it is transient. */
final class TransportErrors {

    static final ErrorMeaning MALFORMED = meaning(
            Reason.MalformedAnswer,
            "the answer to the call to {does} is not Cloudflare's ({says}): look for a proxy or login page on the way, and check"
                    + " --cloudflare-api-base-url");

    static final ErrorMeaning FENCED = meaning(
            Reason.NotLeading, "this process does not lead any more, so it did not {does}; another one goes on");

    /** Follows what may have been done all the same. */
    static final String PERHAPS_DONE = "; it may have been done all the same, which the next look shows";

    private TransportErrors() {}

    /** No answer came. */
    static ErrorMeaning unreachable(TransportError kind) {
        return switch (kind) {
            case DNS ->
                meaning(
                        Reason.CloudflareUnreachable,
                        "the name of Cloudflare's API has no address ({says}): check the cluster's DNS and --cloudflare-api-base-url");
            case CONNECT ->
                meaning(
                        Reason.CloudflareUnreachable,
                        "no connection to Cloudflare's API ({says}): check network policies, firewalls and"
                                + " --cloudflare-api-base-url");
            case TLS ->
                meaning(
                        Reason.CloudflareUnreachable,
                        "no trusted connection to Cloudflare's API ({says}): a proxy that opens TLS needs its CA in the operator's"
                                + " trust store, and the clock must be right");
            case TIMEOUT ->
                meaning(
                        Reason.CloudflareTimeout,
                        "Cloudflare did not answer the call to {does} in time; it is tried again");
            case CONNECTION_LOST ->
                meaning(
                        Reason.ConnectionLost,
                        "the connection broke during the call to {does} ({says}); it is tried again");
        };
    }

    /** The call was not sent yet. */
    static ErrorMeaning postponed(Cause why) {
        return switch (why) {
            case BUDGET ->
                meaning(
                        Reason.RequestBudgetUsedUp,
                        "the request budget of {token} is used up for the moment; it goes on within {wait}");
            case RATE_LIMITED ->
                meaning(Reason.RateLimited, "Cloudflare asked for fewer requests; it goes on in {wait}");
            case AUTH_GATE ->
                meaning(
                        Reason.TokenRefused,
                        "Cloudflare refused {token} ({says}): put a valid token under that key; until then one call at a time is tried");
        };
    }

    private static ErrorMeaning meaning(Reason reason, String sentence) {
        return ErrorMeaning.of(reason, TRANSIENT, sentence);
    }
}
