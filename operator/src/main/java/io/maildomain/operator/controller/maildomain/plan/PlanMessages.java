package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleDraft;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.ownership.OwnerMark;
import java.util.List;

/** What the planner says to people: each sentence tells what to do next. */
public final class PlanMessages {

    private PlanMessages() {}

    /** The status holds no longer ones ({@code docs/reference/maildomain.md}), and a write that holds one is refused as a whole. */
    public static String bounded(String message) {
        return message.length() <= 512 ? message : message.substring(0, 511) + "…";
    }

    static String actionNotGranted(MailAction action) {
        String grant = action instanceof MailAction.Worker ? "workers" : "forwardTo";
        return action.value() + " is not granted to this namespace: ask for an entry under " + grant
                + " in spec.access of the CloudflareAccount";
    }

    static String waitsForRecords(String host) {
        return "waits until " + host + " may get its mail records: see status.dns";
    }

    static String contested() {
        return "another user or tool keeps changing or deleting this rule (3 times within an hour), so it is left as it is for now:"
                + " find out who, or take the address out of this resource";
    }

    public static String comesBack(String address) {
        return "the rule for " + address
                + ", which nothing asks for any more, is there again whenever it was deleted (3 times"
                + " within an hour), so it is left as it is for now: find out who creates it again, or delete it in Cloudflare";
    }

    /** Of rules of Mailboxes whose namespaces are not seen. */
    public static String unseenMailboxes(int rules) {
        return rules + (rules == 1 ? " rule stays that Mailboxes" : " rules stay that Mailboxes")
                + " asked for which this installation does not see (status.pendingChanges names them): have it see them again"
                + " (--mailboxes, --watch-namespaces), or delete what is not needed in Cloudflare";
    }

    /** Of rules of Mailboxes that name a MailDomain which does not hold the domain any more. */
    public static String mailboxesOfAnotherName(int rules) {
        return rules + (rules == 1 ? " rule stays that a Mailbox" : " rules stay that Mailboxes")
                + " of another MailDomain asked for, which had this domain before (status.pendingChanges names them): have their owners"
                + " create them anew for this one, and delete the old ones";
    }

    static String alsoCaughtByOurs() {
        return "a user or tool gave another rule of this resource this address besides its own, and that rule may not be"
                + " changed now: take the address out of it in Cloudflare";
    }

    static String goesBack() {
        return "another user or tool had a rule for this address before, and it goes back to them";
    }

    static String ofUnseenMailbox() {
        return "a rule stands for this address that a Mailbox asked for which this installation does not see";
    }

    static String detailOfOthers(String base) {
        return "mail for this address follows the rule of another user or tool for " + base;
    }

    static String notExpressible() {
        return "a rule of another user or tool, with several addresses or actions, catches this address:"
                + " split or delete it in Cloudflare, then it can be managed here";
    }

    static String ruleConflict(LiveRule foreign, OwnerMark mark) {
        if (foreign.isWranglers()) {
            return "wrangler keeps a rule for this address: take it out of that Worker's configuration first";
        }
        if (mark.isForeignOn(foreign.rule().name())) {
            return "another installation of mail-domain-operator manages a rule for this address:"
                    + " take the address out of its resource first";
        }
        String goesTo = foreign.expressible().map(MailAction::describe).orElse("somewhere else");
        return "a rule of another user or tool sends this address to " + goesTo
                + ": delete it, or set spec.conflictPolicy: Adopt to take it over";
    }

    static String newerRule(LiveRule newer) {
        String goesTo = newer.expressible().map(MailAction::describe).orElse("somewhere else");
        return "besides the rule of this resource there is a newer one of another user or tool, and Cloudflare goes by that: mail goes to "
                + goesTo + ". Delete the newer rule in Cloudflare";
    }

    static String ruleKeptUnknown(String address) {
        return "the rule for " + address
                + " was there before this operator took it over, but its status does not say how it was: it is left as it"
                + " is; change or delete it in Cloudflare";
    }

    static String ruleKept(String address) {
        return "the rule for " + address
                + " was taken over, but nothing at Cloudflare confirms what the status says of how"
                + " it was before, and this namespace may not send mail there: it is left as it is; change it in Cloudflare";
    }

    public static String ruleOfOthersKept(List<String> addresses) {
        return bounded("rules without this operator's mark stay (" + String.join(", ", addresses)
                + "): another user created them, or another tool wrote over the operator's; delete them in Cloudflare if they"
                + " are not needed");
    }

    /** Records that must go before Email Routing's can stand there. */
    static String foreignRecords(HostDns host) {
        return host.name() + " has " + found(host) + ": mail goes elsewhere today. Remove these records, or set"
                + " spec.dns.existingRecords: Replace to let Email Routing take the place of those that it can";
    }

    /** Records beside Email Routing's own, which stand. */
    static String recordsTooMany(HostDns host) {
        String remedy = host.foreignMx()
                ? ": some mail goes elsewhere. Remove these records in Cloudflare"
                : ": receivers reject two sender policies for one host. Remove this one in Cloudflare; if it names senders"
                        + " that you need, unlock Email Routing's records there and write one policy that names them all";
        return host.name() + " has " + found(host) + " beside Email Routing's own records" + remedy;
    }

    private static String found(HostDns host) {
        return host.foreignRecords().isEmpty()
                ? "mail records that Email Routing did not create"
                : host.foreignRecords();
    }

    static String recordsUnknown(String host) {
        return "it cannot be seen whether another provider's MX or SPF records stand at " + host
                + ", so nothing is changed: Cloudflare lists only what Email Routing needs, the token may not read DNS"
                + " records, and the zone's name servers gave no answer. Look at the DNS records in Cloudflare; then allow"
                + " the token Zone: DNS: Read, or set spec.dns.existingRecords: Replace, or add " + host
                + " to Email Routing by hand";
    }

    static String recordsMisconfigured(String host) {
        return "Cloudflare calls the mail records of " + host
                + " misconfigured/locked and does not list what is wrong: look at its MX and SPF records there, or allow the"
                + " token Zone: DNS: Read to have it said here";
    }

    static String movedAway(String host) {
        return "Email Routing of " + host + " was switched off and other MX records stand there now:"
                + " it is left off; remove these records, or delete this resource";
    }

    static String tooManyHosts(String host) {
        return "Cloudflare routes mail for at most " + HostPlanner.MOST_SUBDOMAINS + " subdomains of a domain: " + host
                + " is one too many; take others out of spec.subdomains and spec.rules first";
    }

    public static String notEnabled(String domain, RoutingSettings settings) {
        return "Cloudflare confirmed that it enabled Email Routing for " + domain
                + ", and its settings go on saying enabled: "
                + settings.enabled() + ", status: " + statusOf(settings)
                + ". That is not asked again for an hour: look at Email Routing in Cloudflare's dashboard; if it is on there,"
                + " mail flows, and this clears once the settings say so";
    }

    static String notAdded(HostDns host, RoutingSettings settings) {
        String which = host.missingRecords().isEmpty() ? "" : " (" + host.missingRecords() + ")";
        return "Cloudflare confirmed that it added the mail records of " + host.name() + ", and some are still missing"
                + which
                + "; its settings say status: " + statusOf(settings)
                + ". They are not asked for again for an hour: look at the domain's DNS records in Cloudflare";
    }

    private static String statusOf(RoutingSettings settings) {
        return settings.status().isEmpty() ? "none" : settings.status();
    }

    static String unverified(RuleDraft draft) {
        String target = MailAction.of(draft.actions()).map(MailAction::describe).orElse("the destination");
        return target
                + " is not a verified destination of the Cloudflare account; if it is missing under Destination addresses, add it,"
                + " Cloudflare then mails a link";
    }

    static String ruleNotTaken(MailAction action) {
        String why = action instanceof MailAction.Forward
                ? action.describe()
                        + " is not a verified destination, it seems: if it is missing under Destination addresses in"
                        + " Cloudflare, add it, Cloudflare then mails a link"
                : "look at it in Cloudflare";
        return "Cloudflare took the rule and keeps it disabled: " + why
                + ". The rule is not written again for an hour; this clears once Cloudflare enables it";
    }

    public static String subaddressingNotTaken(String words) {
        return words + ": Cloudflare confirmed it, and its settings do not show it. It is not asked again: change"
                + " it in Cloudflare, or take spec.subaddressing out";
    }

    static String unlocked(String host) {
        return "a user unlocked the mail records of " + host + ": they are left as they are";
    }

    static String recordsMissing(HostDns host) {
        String which = host.missingRecords().isEmpty() ? "" : ": " + host.missingRecords();
        return "mail records of " + host.name() + " are missing" + which;
    }
}
