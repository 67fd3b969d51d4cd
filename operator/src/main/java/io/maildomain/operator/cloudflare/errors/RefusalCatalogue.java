package io.maildomain.operator.cloudflare.errors;

import static io.maildomain.operator.cloudflare.CloudflareCall.CREATE_ZONE;
import static io.maildomain.operator.cloudflare.CloudflareCall.DELETE_WORKERS_ROUTE;
import static io.maildomain.operator.cloudflare.CloudflareCall.GET_CATCH_ALL;
import static io.maildomain.operator.cloudflare.CloudflareCall.LIST_RULES;
import static io.maildomain.operator.cloudflare.CloudflareError.ADDRESS_TOO_NEW;
import static io.maildomain.operator.cloudflare.CloudflareError.BAD_ACCOUNT;
import static io.maildomain.operator.cloudflare.CloudflareError.BUCKET_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.COULD_NOT_ROUTE;
import static io.maildomain.operator.cloudflare.CloudflareError.DATABASE_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.DESTINATION_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.DESTINATION_NOT_VERIFIED;
import static io.maildomain.operator.cloudflare.CloudflareError.DOMAIN_BANNED;
import static io.maildomain.operator.cloudflare.CloudflareError.DOMAIN_NOT_REGISTERED;
import static io.maildomain.operator.cloudflare.CloudflareError.DUPLICATE_RULE;
import static io.maildomain.operator.cloudflare.CloudflareError.FOREIGN_MX_RECORDS;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_DOMAIN;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_INPUT;
import static io.maildomain.operator.cloudflare.CloudflareError.INVALID_RULE_OPERATION;
import static io.maildomain.operator.cloudflare.CloudflareError.METHOD_NOT_ALLOWED;
import static io.maildomain.operator.cloudflare.CloudflareError.METHOD_NOT_ALLOWED_BY_SERVICE;
import static io.maildomain.operator.cloudflare.CloudflareError.NOT_REGISTRABLE;
import static io.maildomain.operator.cloudflare.CloudflareError.NO_ROUTE;
import static io.maildomain.operator.cloudflare.CloudflareError.NO_SUCH_ACCOUNT;
import static io.maildomain.operator.cloudflare.CloudflareError.PROJECT_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.REGISTRAR_LOOKUP_FAILED;
import static io.maildomain.operator.cloudflare.CloudflareError.SQL_REFUSED;
import static io.maildomain.operator.cloudflare.CloudflareError.SUBDOMAIN_NOT_ALLOWED;
import static io.maildomain.operator.cloudflare.CloudflareError.THROTTLED;
import static io.maildomain.operator.cloudflare.CloudflareError.TOO_MANY_PENDING_ZONES;
import static io.maildomain.operator.cloudflare.CloudflareError.UNSPECIFIED_FAILURE;
import static io.maildomain.operator.cloudflare.CloudflareError.WITHIN_ANOTHER_ZONE;
import static io.maildomain.operator.cloudflare.CloudflareError.WORKER_ENVIRONMENT_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.WORKER_NOT_FOUND;
import static io.maildomain.operator.cloudflare.CloudflareError.WORKER_NOT_ON_ACCOUNT;
import static io.maildomain.operator.cloudflare.CloudflareError.ZONE_ADDED_TOO_OFTEN;
import static io.maildomain.operator.cloudflare.CloudflareError.ZONE_EXISTS;
import static io.maildomain.operator.cloudflare.errors.FailureKind.FINAL;
import static io.maildomain.operator.cloudflare.errors.FailureKind.TRANSIENT;
import static io.maildomain.operator.cloudflare.errors.FailureKind.WAITING;
import static io.maildomain.operator.cloudflare.errors.RefusalPattern.on;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareError;
import io.maildomain.operator.cloudflare.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Cloudflare's refusals mean. The first row that matches counts, so that the more special ones stand first. */
final class RefusalCatalogue {
    private static final String UNVERIFIED =
            "{subject} is not a verified destination of {account}; if it is missing under"
                    + " Destination addresses, add it, Cloudflare then mails a link";
    private static final ErrorMeaning RATE_LIMITED = ErrorMeaning.of(
            Reason.RateLimited, TRANSIENT, "Cloudflare asks for fewer requests; nothing is sent for a while");

    /** The server failed. */
    static final ErrorMeaning UNAVAILABLE =
            ErrorMeaning.of(Reason.CloudflareUnavailable, TRANSIENT, "Cloudflare failed to {does}; it is tried again");

    /** The zone exists, and the token sees it after all. */
    static final ErrorMeaning EXISTS_AND_IS_SEEN = ErrorMeaning.of(
            Reason.ZoneExists, TRANSIENT, "{zone} came into being at the same time; the next look finds it");

    /** The zone exists, and the token sees it in another account. */
    static final ErrorMeaning EXISTS_ELSEWHERE = ErrorMeaning.of(
            Reason.ZoneInOtherAccount,
            FINAL,
            "{zone} exists in another account than {account}: name that account, or delete the zone there first");

    /** Not registrable, for a name below a suffix of the public suffix list's private section. */
    static final ErrorMeaning NOT_TAKEN_AS_APEX = ErrorMeaning.of(
            Reason.NotApex,
            FINAL,
            "Cloudflare does not take {domain} for a registrable domain, though the public suffix list does: put its"
                    + " addresses into the MailDomain of its parent, if that is yours");

    /** Whatever no row knows. */
    static final ErrorMeaning UNKNOWN =
            ErrorMeaning.of(Reason.RequestRefused, FINAL, "Cloudflare refuses to {does}: {quote}");

    /** A refusal without any error of Cloudflare's, where the status says nothing either. */
    static final ErrorMeaning WORDLESS = ErrorMeaning.of(
            Reason.RequestRefused,
            FINAL,
            "the call to {does} was refused without a word of Cloudflare's API: look for a proxy or login page on the way, and"
                    + " check --cloudflare-api-base-url");

    /** Of what the calls were about, whatever the token. */
    private static final List<RefusalEntry> OF_CALLS = List.of(
            // creating zones
            on(ZONE_EXISTS)
                    .means(
                            Reason.ZoneNotVisible,
                            FINAL,
                            "{domain} already is a zone at Cloudflare, but {token} does not see it: it belongs to another account,"
                                    + " or the token's scope does not cover it; extend the scope, or delete the zone there first"),
            on(DOMAIN_BANNED)
                    .means(
                            Reason.DomainRefused,
                            FINAL,
                            "Cloudflare does not accept {domain} as a zone (banned or reserved); only Cloudflare's support can"
                                    + " lift that"),
            on(DOMAIN_NOT_REGISTERED)
                    .means(
                            Reason.DomainNotRegistered,
                            FINAL,
                            "Cloudflare finds {domain} not registered: register it first, or correct its spelling"),
            on(NOT_REGISTRABLE)
                    .means(
                            Reason.DomainNotRegistered,
                            FINAL,
                            "Cloudflare cannot identify {domain} as a registered domain: name the registrable domain right below"
                                    + " the public suffix"),
            on(SUBDOMAIN_NOT_ALLOWED, WITHIN_ANOTHER_ZONE)
                    .means(
                            Reason.NotApex,
                            FINAL,
                            "{domain} is a subdomain, and Cloudflare creates zones only for registrable domains: put its addresses"
                                    + " into the MailDomain of its parent"),
            on(ZONE_ADDED_TOO_OFTEN)
                    .means(ErrorMeaning.of(
                                    Reason.ZoneAddedTooOften,
                                    WAITING,
                                    "{domain} was added to Cloudflare too many times; Cloudflare takes it again after three hours")
                            .after(Duration.ofHours(3))),
            on(REGISTRAR_LOOKUP_FAILED)
                    .means(
                            Reason.RegistrarLookupFailed,
                            TRANSIENT,
                            "Cloudflare could not look up the registrar of {domain}; it is tried again"),
            on(TOO_MANY_PENDING_ZONES)
                    .means(
                            Reason.TooManyPendingZones,
                            FINAL,
                            "{account} has as many pending zones as Cloudflare allows, and time does not lift that: activate"
                                    + " pending zones by setting their name servers, or delete some"),
            on(BAD_ACCOUNT, NO_SUCH_ACCOUNT)
                    .means(
                            Reason.AccountNotFound,
                            FINAL,
                            "Cloudflare does not know {account}: correct accountId or the key CLOUDFLARE_ACCOUNT_ID"),
            on(INVALID_DOMAIN)
                    .during(CREATE_ZONE)
                    .means(
                            Reason.DomainRefused,
                            FINAL,
                            "Cloudflare does not take {domain} for a valid domain: correct its spelling"),
            on(UNSPECIFIED_FAILURE).means(UNAVAILABLE),

            // Email Routing
            on(FOREIGN_MX_RECORDS)
                    .means(
                            Reason.ForeignRecords,
                            FINAL,
                            "{subject} has MX records of another mail service, and Cloudflare does not enable Email Routing"
                                    + " beside them: if mail is to go to Cloudflare from now on, remove them in its DNS"),
            on(DUPLICATE_RULE)
                    .means(
                            Reason.RuleExists,
                            TRANSIENT,
                            "Cloudflare has another routing rule for the same address; the next look decides between them"),
            on(DESTINATION_NOT_FOUND, DESTINATION_NOT_VERIFIED)
                    .means(Reason.DestinationUnverified, WAITING, UNVERIFIED),
            on(WORKER_NOT_FOUND, WORKER_NOT_ON_ACCOUNT, WORKER_ENVIRONMENT_NOT_FOUND)
                    .means(
                            Reason.WorkerMissing,
                            WAITING,
                            "the Worker {subject} does not exist in {account}: deploy it; one that was just deployed can take half"
                                    + " a minute to be seen"),
            on(INVALID_RULE_OPERATION)
                    .means(
                            Reason.RuleChanged,
                            TRANSIENT,
                            "Cloudflare does not allow this to be done to that rule (it may be the catch-all by now); the next look"
                                    + " decides"),
            on(ADDRESS_TOO_NEW)
                    .means(ErrorMeaning.of(
                                    Reason.AddressTooNew,
                                    WAITING,
                                    "a destination address can only be removed 15 minutes after it was added")
                            .after(Duration.ofMinutes(15))),
            on(INVALID_INPUT)
                    .means(
                            Reason.RequestInvalid,
                            FINAL,
                            "Cloudflare does not accept what is asked for {subject}: {quote}"),

            // the deploy surface
            on(DATABASE_NOT_FOUND, BUCKET_NOT_FOUND, PROJECT_NOT_FOUND)
                    .means(
                            Reason.NotFound,
                            FINAL,
                            "{account} has nothing of that name to {does}: create it, or correct the name; Cloudflare says"
                                    + " {quote}"),
            // What a migration is refused for is a value. A read of ours is never at fault.
            on(SQL_REFUSED)
                    .means(
                            Reason.CloudflareUnavailable,
                            TRANSIENT,
                            "D1 does not say what is in a database of {account}: {quote}; it is tried again"),

            // limits and the way there
            on(THROTTLED, CloudflareError.RATE_LIMITED).means(RATE_LIMITED),
            on().status(429).means(RATE_LIMITED),
            on(METHOD_NOT_ALLOWED, METHOD_NOT_ALLOWED_BY_SERVICE)
                    .means(
                            Reason.CallNotSupported,
                            FINAL,
                            "Cloudflare does not support the call to {does} any more: use a newer mail-domain-operator"),
            on(COULD_NOT_ROUTE, NO_ROUTE)
                    .during(CallSets.OF_RULE)
                    .means(Reason.NotFound, TRANSIENT, "the zone or the rule is gone; the next look decides"),
            on(COULD_NOT_ROUTE, NO_ROUTE)
                    .during(DELETE_WORKERS_ROUTE)
                    .means(Reason.NotFound, TRANSIENT, "the zone or the route is gone; the next look decides"),
            on(COULD_NOT_ROUTE, NO_ROUTE)
                    .during(CallSets.OF_ZONE)
                    .means(Reason.ZoneNotVisible, FINAL, TokenRefusals.NO_ZONE),
            on(COULD_NOT_ROUTE, NO_ROUTE)
                    .means(
                            Reason.NotFound,
                            FINAL,
                            "Cloudflare has nothing there to {does}: check {account} and --cloudflare-api-base-url"),
            on().status(404).during(CallSets.OF_ZONE_ITSELF).means(Reason.ZoneNotVisible, FINAL, TokenRefusals.NO_ZONE),
            on().status(404)
                    .during(CallSets.OF_RULE)
                    .means(Reason.NotFound, TRANSIENT, "the rule is gone; the next look decides"),
            on().status(404)
                    .during(LIST_RULES, GET_CATCH_ALL)
                    .means(
                            Reason.NotFound,
                            WAITING,
                            "Cloudflare shows no rules and no catch-all of {zone}, as while Email Routing is off; it is"
                                    + " looked at again"));

    static final List<RefusalEntry> ENTRIES = Stream.of(TokenRefusals.OF_PASS, TokenRefusals.ENTRIES, OF_CALLS)
            .flatMap(List::stream)
            .toList();

    /** Only by the status, where the answer holds no code. */
    static final List<RefusalEntry> BY_STATUS = List.of(
            on().status(401).means(Reason.TokenInvalid, FINAL, TokenRefusals.INVALID),
            on().status(403)
                    .means(
                            Reason.AccessBlocked,
                            FINAL,
                            "the call to {does} was forbidden without a word of Cloudflare's API: look for a proxy or firewall on"
                                    + " the way, and for IP filters of {token}"),
            on().status(407)
                    .means(
                            Reason.ProxyRefused,
                            FINAL,
                            "the proxy on the way to Cloudflare asks for credentials: let the operator pass"),
            on().status(408).means(UNAVAILABLE));

    private RefusalCatalogue() {}

    static ErrorMeaning meaning(CloudflareCall call, Failure.Refused refused) {
        return ENTRIES.stream()
                .filter(entry -> entry.pattern().matches(call, refused))
                .findFirst()
                .or(() -> byStatus(call, refused))
                .map(RefusalEntry::meaning)
                .orElseGet(() -> unlisted(refused));
    }

    private static ErrorMeaning unlisted(Failure.Refused refused) {
        if (refused.status() >= 500) {
            return UNAVAILABLE;
        }
        return refused.errors().isEmpty() ? WORDLESS : UNKNOWN;
    }

    /** A code says more than the status, even one that is not known. */
    private static Optional<RefusalEntry> byStatus(CloudflareCall call, Failure.Refused refused) {
        return BY_STATUS.stream()
                .filter(entry -> refused.errors().isEmpty())
                .filter(entry -> entry.pattern().matches(call, refused))
                .findFirst();
    }
}
