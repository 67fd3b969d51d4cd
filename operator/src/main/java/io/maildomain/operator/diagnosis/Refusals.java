package io.maildomain.operator.diagnosis;

import static io.maildomain.operator.cloudflare.CloudflareCall.CREATE_ZONE;
import static io.maildomain.operator.cloudflare.CloudflareCall.GET_CATCH_ALL;
import static io.maildomain.operator.cloudflare.CloudflareCall.LIST_RULES;
import static io.maildomain.operator.diagnosis.Kind.FINAL;
import static io.maildomain.operator.diagnosis.Kind.TRANSIENT;
import static io.maildomain.operator.diagnosis.Kind.WAITING;
import static io.maildomain.operator.diagnosis.RefusalEntry.on;

import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Cloudflare's refusals mean. The first row that matches counts, so that the more special ones stand first. */
final class Refusals {
    private static final String UNVERIFIED =
            "{subject} is not a verified destination of {account}; if it is missing under"
                    + " Destination addresses, add it, Cloudflare then mails a link";
    private static final Meaning RATE_LIMITED =
            Meaning.of("RateLimited", TRANSIENT, "Cloudflare asks for fewer requests; nothing is sent for a while");

    /** The server failed. */
    static final Meaning UNAVAILABLE =
            Meaning.of("CloudflareUnavailable", TRANSIENT, "Cloudflare failed to {does}; it is tried again");

    /** 1061 where the token sees the zone after all. */
    static final Meaning EXISTS_AND_IS_SEEN =
            Meaning.of("ZoneExists", TRANSIENT, "{zone} came into being at the same time; the next look finds it");

    /** 1061 where the token sees the zone in another account. */
    static final Meaning EXISTS_ELSEWHERE = Meaning.of(
            "ZoneInOtherAccount",
            FINAL,
            "{zone} exists in another account than {account}: name that account, or delete the zone there first");

    /** 1099 for a name below a suffix of the public suffix list's private section. */
    static final Meaning NOT_TAKEN_AS_APEX = Meaning.of(
            "NotApex",
            FINAL,
            "Cloudflare does not take {domain} for a registrable domain, though the public suffix list does: put its"
                    + " addresses into the MailDomain of its parent, if that is yours");

    /** Whatever no row knows. */
    static final Meaning UNKNOWN = Meaning.of("RequestRefused", FINAL, "Cloudflare refuses to {does}: {quote}");

    /** A refusal without any error of Cloudflare's, where the status says nothing either. */
    static final Meaning WORDLESS = Meaning.of(
            "RequestRefused",
            FINAL,
            "the call to {does} was refused without a word of Cloudflare's API: look for a proxy or login page on the way, and"
                    + " check --cloudflare-api-base-url");

    /** Of what the calls were about, whatever the token. */
    private static final List<RefusalEntry> OF_CALLS = List.of(
            // creating zones
            on(1061).means(
                            "ZoneNotVisible",
                            FINAL,
                            "{domain} already is a zone at Cloudflare, but {token} does not see it: it belongs to another account,"
                                    + " or the token's scope does not cover it; extend the scope, or delete the zone there first"),
            on(1097).means(
                            "DomainRefused",
                            FINAL,
                            "Cloudflare does not accept {domain} as a zone (banned or reserved); only Cloudflare's support can"
                                    + " lift that"),
            on(1049).means(
                            "DomainNotRegistered",
                            FINAL,
                            "Cloudflare finds {domain} not registered: register it first, or correct its spelling"),
            on(1099).means(
                            "DomainNotRegistered",
                            FINAL,
                            "Cloudflare cannot identify {domain} as a registered domain: name the registrable domain right below"
                                    + " the public suffix"),
            on(1116, 1093)
                    .means(
                            "NotApex",
                            FINAL,
                            "{domain} is a subdomain, and Cloudflare creates zones for registrable domains alone: put its addresses"
                                    + " into the MailDomain of its parent"),
            on(1105).means(Meaning.of(
                            "ZoneAddedTooOften",
                            WAITING,
                            "{domain} was added to Cloudflare too many times; Cloudflare takes it again after three hours")
                    .after(Duration.ofHours(3))),
            on(1110).means(
                            "RegistrarLookupFailed",
                            TRANSIENT,
                            "Cloudflare could not look up the registrar of {domain}; it is tried again"),
            on(1118).means(
                            "TooManyPendingZones",
                            FINAL,
                            "{account} has as many pending zones as Cloudflare allows, and time does not lift that: activate"
                                    + " pending zones by setting their name servers, or delete some"),
            on(1067, 1069)
                    .means(
                            "AccountNotFound",
                            FINAL,
                            "Cloudflare does not know {account}: correct accountId or the key CLOUDFLARE_ACCOUNT_ID"),
            on(1002).during(CREATE_ZONE)
                    .means(
                            "DomainRefused",
                            FINAL,
                            "Cloudflare does not take {domain} for a valid domain: correct its spelling"),
            on(1052).means(UNAVAILABLE),

            // Email Routing
            on(2008).means(
                            "ForeignRecords",
                            FINAL,
                            "{subject} has MX records of another mail service, and Cloudflare does not enable Email Routing"
                                    + " beside them: if mail is to go to Cloudflare from now on, remove them in its DNS"),
            on(2014).means(
                            "RuleExists",
                            TRANSIENT,
                            "another routing rule for the same address came into being meanwhile; the next look decides"),
            on(2015, 2054).means("DestinationUnverified", WAITING, UNVERIFIED),
            on(2016, 10007, 10090)
                    .means(
                            "WorkerMissing",
                            WAITING,
                            "the Worker {subject} does not exist in {account}: deploy it; one that was just deployed can take half"
                                    + " a minute to be seen"),
            on(2020).means(
                            "RuleChanged",
                            TRANSIENT,
                            "Cloudflare does not allow this to be done to that rule (it may be the catch-all by now); the next look"
                                    + " decides"),
            on(2032).means(Meaning.of(
                            "AddressTooNew",
                            WAITING,
                            "a destination address can only be removed 15 minutes after it was added")
                    .after(Duration.ofMinutes(15))),
            on(2007).means("RequestInvalid", FINAL, "Cloudflare does not accept what is asked for {subject}: {quote}"),

            // limits and the way there
            on(971, 10429).means(RATE_LIMITED),
            on().status(429).means(RATE_LIMITED),
            on(7001, 10405)
                    .means(
                            "CallNotSupported",
                            FINAL,
                            "Cloudflare does not support the call to {does} any more: use a newer mail-domain-operator"),
            on(7003, 7000)
                    .during(CallSets.OF_RULE)
                    .means("NotFound", TRANSIENT, "the zone or the rule is gone; the next look decides"),
            on(7003, 7000).during(CallSets.OF_ZONE).means("ZoneNotVisible", FINAL, TokenRefusals.NO_ZONE),
            on(7003, 7000)
                    .means(
                            "NotFound",
                            FINAL,
                            "Cloudflare has nothing there to {does}: check {account} and --cloudflare-api-base-url"),
            on().status(404).during(CallSets.OF_ZONE_ITSELF).means("ZoneNotVisible", FINAL, TokenRefusals.NO_ZONE),
            on().status(404)
                    .during(CallSets.OF_RULE)
                    .means("NotFound", TRANSIENT, "the rule is gone; the next look decides"),
            on().status(404)
                    .during(LIST_RULES, GET_CATCH_ALL)
                    .means(
                            "NotFound",
                            WAITING,
                            "Cloudflare shows no rules and no catch-all of {zone}, as while Email Routing is off; it is"
                                    + " looked at again"));

    static final List<RefusalEntry> ENTRIES =
            Stream.concat(TokenRefusals.ENTRIES.stream(), OF_CALLS.stream()).toList();

    /** By the status alone, where the answer holds no code. */
    static final List<RefusalEntry> BY_STATUS = List.of(
            on().status(401).means("TokenInvalid", FINAL, TokenRefusals.INVALID),
            on().status(403)
                    .means(
                            "AccessBlocked",
                            FINAL,
                            "the call to {does} was forbidden without a word of Cloudflare's API: look for a proxy or firewall on"
                                    + " the way, and for IP filters of {token}"),
            on().status(407)
                    .means(
                            "ProxyRefused",
                            FINAL,
                            "the proxy on the way to Cloudflare asks for credentials: let the operator pass"),
            on().status(408).means(UNAVAILABLE));

    private Refusals() {}

    static Meaning meaning(CloudflareCall call, Failure.Refused refused) {
        return ENTRIES.stream()
                .filter(entry -> entry.matches(call, refused))
                .findFirst()
                .or(() -> byStatus(call, refused))
                .map(RefusalEntry::meaning)
                .orElseGet(() -> unlisted(refused));
    }

    private static Meaning unlisted(Failure.Refused refused) {
        if (refused.status() >= 500) {
            return UNAVAILABLE;
        }
        return refused.errors().isEmpty() ? WORDLESS : UNKNOWN;
    }

    /** A code says more than the status, even one that is not known. */
    private static Optional<RefusalEntry> byStatus(CloudflareCall call, Failure.Refused refused) {
        return BY_STATUS.stream()
                .filter(entry -> refused.errors().isEmpty())
                .filter(entry -> entry.matches(call, refused))
                .findFirst();
    }
}
