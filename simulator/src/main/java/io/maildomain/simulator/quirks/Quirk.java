package io.maildomain.simulator.quirks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One disputed behaviour, its possible readings (the first is the default) and what they mean. */
public enum Quirk {
    RULE_WRITES_WHILE_OFF(
            "rule-writes-while-off",
            "writing rules of a zone whose Email Routing is off: accepted, or refused with 409/2020",
            "accepted",
            "refused"),
    CATCH_ALL_BEFORE_ENABLING(
            "catch-all-before-enabling",
            "the catch-all of a zone whose Email Routing is off: it exists, or is not there (404)",
            "exists",
            "404"),
    DNS_DELETE_IGNORES_BODY(
            "dns-delete-ignores-body",
            "DELETE …/email/routing/dns with a subdomain's name: disables that, or ignores it and disables the apex",
            "no",
            "yes"),
    SUBDOMAIN_FOREIGN_MX(
            "subdomain-foreign-mx",
            "foreign MX records on a subdomain that is enabled: refused with 409/2008, or not looked at",
            "refused",
            "ignored"),
    ENABLE_WITH_FOREIGN_MX(
            "enable-with-foreign-mx",
            "foreign MX records on the zone's own name: enabling is refused with 409/2008, or replaces them",
            "refused",
            "replaced"),
    NO_ROUTE_STATUS("no-route-status", "the HTTP status of error 7003 (malformed id, unknown route)", "400", "404"),
    UNKNOWN_ZONE(
            "unknown-zone",
            "a well-formed zone id that does not exist: 400/9109 'Invalid zone identifier', or 7003, or 9109 on /zones"
                    + " calls and 403/10000 on the others",
            "9109",
            "7003",
            "10000"),
    ACCOUNT_TOKENS(
            "account-tokens-for-email-routing",
            "account-owned tokens (cfat_…) on Email Routing calls: as others, or refused with 403/10000",
            "yes",
            "no"),
    DEPRECATED_CALLS(
            "deprecated-calls-gone",
            "POST …/email/routing/enable, disable and unlock: still there, or gone with that status",
            "no",
            "404",
            "405",
            "410"),
    DNS_FORM(
            "dns-form",
            "GET …/email/routing/dns: an array of records when all is well and else the object with errors (auto), or"
                    + " always one of the two",
            "auto",
            "array",
            "object"),
    UNVERIFIED_DESTINATION(
            "unverified-destination",
            "a rule that forwards to an unverified destination: refused with 400/2054, or written but disabled until"
                    + " its owner verifies it",
            "refused",
            "disabled"),
    ADDRESS_DELETION(
            "address-deletion",
            "deleting a destination address: at once, or refused with 400/2032 for its first 15 minutes",
            "at-once",
            "delayed"),
    ZONE_NAMES(
            "zone-names",
            "names with letters beyond ASCII: zones answered as A-labels (xn--…), or as U-labels however they were asked"
                    + " for; or those of DNS records, rules and addresses as well",
            "ascii",
            "unicode",
            "unicode-everywhere"),
    MERGED_SPF(
            "enable-with-merged-spf",
            "an SPF record that names Email Routing and other senders: enabling keeps it, or replaces it by Email"
                    + " Routing's own",
            "kept",
            "replaced"),
    ZONES_LIST_NEEDS(
            "zones-list-needs",
            "GET /zones: needs Zone: Read, or any right of a zone, such as only Workers Routes",
            "zone-read",
            "any-zone-right"),
    WORKER_SEEN_AFTER(
            "worker-seen-after",
            "a rule that names a Worker which was created just now: taken at once, or refused with 400/2016 for so long",
            "0s",
            "3s"),
    SETTINGS_ENABLED(
            "settings-enabled",
            "the settings of a zone that routes mail: enabled, or 'enabled: false, status: ready' (seen after a subdomain was"
                    + " removed)",
            "true",
            "false"),
    ENABLING_ADDS_RECORDS(
            "enabling-adds-records",
            "enabling a host answers with success and adds its MX records at once, or does not (yet)",
            "at-once",
            "no"),
    ACCOUNT_RULES_LIST(
            "account-rules-list",
            "GET /accounts/…/email/routing/rules: for each token with the right, only for those whose scope is all zones,"
                    + " or refused to all with 403/10000",
            "allowed",
            "all-zones",
            "refused"),
    ACCOUNT_RULES_CATCH_ALL(
            "account-rules-catch-all",
            "GET /accounts/…/email/routing/rules: lists the zones' catch-alls as their own lists do, or leaves them out",
            "listed",
            "left-out"),
    ACCOUNT_ZONES_LIST(
            "account-zones-list",
            "GET /accounts/…/email/routing/zones, which is in no schema: for each token with the right, only for those"
                    + " whose scope is all zones, refused to all with 403/10000, or not there (7003)",
            "allowed",
            "all-zones",
            "refused",
            "gone"),
    ACCOUNT_ZONES_PER_PAGE(
            "account-zones-per-page", "the largest page of GET /accounts/…/email/routing/zones", "50", "20");

    private final String label;
    private final String meaning;
    private final List<String> values;

    Quirk(String label, String meaning, String... values) {
        this.label = label;
        this.meaning = meaning;
        this.values = List.of(values);
    }

    /** Its name on the command line and in the control plane. */
    public String label() {
        return label;
    }

    /** One line about the readings. */
    public String meaning() {
        return meaning;
    }

    /** The readings there are; the first one is the default. */
    public List<String> readings() {
        return values;
    }

    /** The reading that holds unless a user says otherwise. */
    public String defaultValue() {
        return values.get(0);
    }

    /** The quirk of that name. */
    public static Optional<Quirk> find(String label) {
        return Arrays.stream(values())
                .filter(quirk -> quirk.label.equals(label))
                .findFirst();
    }
}
