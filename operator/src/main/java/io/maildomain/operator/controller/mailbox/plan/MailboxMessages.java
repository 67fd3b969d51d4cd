package io.maildomain.operator.controller.mailbox.plan;

import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxGrant;
import io.maildomain.operator.ownership.MailAction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What is said of Mailboxes: each sentence tells what to do next, and to whom to turn. */
public final class MailboxMessages {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** So many patterns are named; the status has room for some 500 characters. */
    private static final int NAMED = 3;

    private MailboxMessages() {}

    /** A time as {@code kubectl get} shows it. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** The same of a MailDomain that is not there and of one that knows nothing of the namespace: it learns no more than that. */
    public static String notLetIn(String domainName, String namespace) {
        return "there is no MailDomain " + domainName + ", or no entry of its spec.mailboxes is for namespace "
                + namespace + ": ask its owner for one";
    }

    /** @param reason that the MailDomain gives */
    public static String domainNotReady(String domainName, String reason) {
        return "waits for MailDomain " + domainName + ", which is not ready for rules (" + reason + ")";
    }

    /** Of a Mailbox that is let in. */
    public static String notPlannedYet(String domainName) {
        return "MailDomain " + domainName + " has not looked at it yet";
    }

    static String labelLost(String domainName, Instant until) {
        return "its namespace has lost the label by which MailDomain " + domainName
                + " let it in: its rule stays until " + time(until)
                + ", as it is; have the label set again, or ask the owner of the MailDomain";
    }

    static String ofAnotherDomain(String domain) {
        return "the address is neither in " + domain
                + " nor in a subdomain of it: delete this Mailbox and create one for an"
                + " address there, or for another MailDomain";
    }

    static String addressNotGranted(String domainName, List<MailboxGrant> selecting) {
        List<String> granted = selecting.stream()
                .flatMap(entry -> entry.addresses().stream())
                .distinct()
                .toList();
        String first = String.join(" ", granted.subList(0, Math.min(NAMED, granted.size())));
        String more = granted.size() > NAMED ? " +" + (granted.size() - NAMED) : "";
        return "MailDomain " + domainName + " does not let this namespace have the address (it may have: " + first
                + more + "): ask its owner for an entry in spec.mailboxes";
    }

    static String hostNotRouted(String domainName, String host) {
        return "MailDomain " + domainName + " routes no mail for " + host
                + ", and a Mailbox adds no host: ask its owner to add it to spec.subdomains";
    }

    static String loop(String to, String domain) {
        return "mail that is forwarded to " + to + " would loop, for it is an address of " + domain
                + ": name the mailbox where the mail is read, such as team@corp.example";
    }

    static String actionNotGranted(String domainName, MailAction action) {
        return "MailDomain " + domainName + " does not let this namespace send mail for the address to "
                + action.describe() + ": ask its owner for it under " + field(action)
                + " of an entry in spec.mailboxes that"
                + " covers the address";
    }

    static String notGrantedByAccount(MailRule rule) {
        MailAction action = MailAction.of(rule.action());
        return "the CloudflareAccount does not grant " + action.describe()
                + " to the MailDomain's own namespace: its owner has to ask for an entry under " + field(action)
                + " in spec.access of the account";
    }

    static String takenBySpec(String domainName) {
        return "MailDomain " + domainName + " has a rule of its own for the address: choose another address";
    }

    static String takenByMailbox(Mailbox holder, Mailbox loser) {
        String namespace = loser.getMetadata().getNamespace();
        boolean own = holder.getMetadata().getNamespace().equals(namespace);
        return own
                ? "Mailbox " + holder.getMetadata().getName()
                        + ", which is older, has the address: delete one of the two"
                : "an older Mailbox of another namespace has the address: choose another address";
    }

    static String detailOf(String base) {
        return "mail for the address follows the rule of " + base
                + ", which is not of this namespace: choose an address without a +, or another one";
    }

    static String tooManyOfNamespace(String domainName) {
        return "this namespace has as many Mailboxes as MailDomain " + domainName
                + " lets it have, those that have expired among them: delete one, or ask its owner for more (max in spec.mailboxes)";
    }

    static String tooManyRules(int most) {
        return "the domain has " + most
                + " rules, and Cloudflare takes no more: it gets its rule once others are deleted";
    }

    /** Its time is over. */
    public static String expired(Instant at) {
        return "it expired at " + time(at) + ", and its rule is gone: delete it, or give it more time";
    }

    /** Its time is over, and of its rule nothing is known. */
    public static String over(Instant at) {
        return "it expired at " + time(at) + ": delete it, or give it more time";
    }

    static String expiredAndStillThere(Instant at) {
        return "it expired at " + time(at) + ", and its rule is being deleted; mail goes on until it is";
    }

    /** It says {@code afterExpiry: Delete}, and the installation deletes none. */
    public static String expiredAndKept(Instant at) {
        return expired(at) + "; afterExpiry: Delete is not heeded by this installation (--delete-expired-mailboxes)";
    }

    /** It says {@code afterExpiry: Delete}. */
    public static String expiredAndGoing(Instant at) {
        return "it expired at " + time(at) + ", its rule is gone, and it is deleted an hour after that";
    }

    static String synced(MailRule rule) {
        String goesTo = MailAction.of(rule.action()).describe();
        return rule.enabled()
                ? "mail goes to " + goesTo
                : "the rule is switched off, as the spec says: mail goes to the catch-all";
    }

    static String matched(MailRule rule) {
        return synced(rule) + ", by a rule of another user or tool, which stays when this Mailbox goes";
    }

    static String pending() {
        return "the rule is not written yet";
    }

    static String failed() {
        return "Cloudflare refused the rule, which is tried again: if that goes on, ask the owner of the MailDomain";
    }

    static String foreignRule() {
        return "a rule of another user or tool at Cloudflare has the address: choose another address, or ask the owner of the"
                + " MailDomain to delete it";
    }

    static String contested() {
        return "another user or tool keeps changing the rule at Cloudflare, so it is left as it is for now: ask the owner of the"
                + " MailDomain who that is";
    }

    static String drifted() {
        return "another user or tool changed or deleted the rule at Cloudflare, and the MailDomain only reports such (drift: Report):"
                + " ask its owner";
    }

    static String unverified(MailRule rule) {
        return MailAction.of(rule.action()).describe()
                + " is not a verified destination address of the Cloudflare account: the owner of the MailDomain has to add it"
                + " there, Cloudflare then mails a link";
    }

    static String workerMissing(MailRule rule) {
        return "there is no " + MailAction.of(rule.action()).describe()
                + " in the Cloudflare account yet: it gets its rule once that is deployed";
    }

    private static String field(MailAction action) {
        return action instanceof MailAction.Worker ? "workers" : "forwardTo";
    }
}
