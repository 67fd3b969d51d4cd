package io.maildomain.operator.controller.mailbox.plan;

import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxGrant;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.operator.access.MailboxGrants;
import io.maildomain.operator.controller.mailbox.plan.Verdict.Attached;
import io.maildomain.operator.controller.mailbox.plan.Verdict.TurnedAway;
import io.maildomain.operator.controller.maildomain.plan.DesiredState;
import io.maildomain.operator.ownership.MailAction;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which Mailboxes attach to a MailDomain ({@code docs/adr/0053-let-namespaces-attach-mailboxes.md}). A Mailbox gets what one entry of {@code spec.mailboxes} allows it,
 * and no more; what the account does not allow the MailDomain's own namespace attaches and is not written. It depends on older Mailboxes and on none that came after it. Pure.
 */
public final class MailboxPlanner {

    private final MailboxRequests requests;
    private final AddressHolders holders;
    private final Set<String> routed;
    /** How many have a rule by an entry that allows where their mail goes. */
    private final Places places;

    private int rules;

    private MailboxPlanner(MailboxRequests requests) {
        this.requests = requests;
        this.holders = AddressHolders.of(requests);
        this.routed = routedHosts(requests);
        this.places = new Places(requests.spec().mailboxes());
        this.rules = requests.spec().rules().size();
    }

    /** What becomes of all of them. */
    public static MailboxPlan plan(MailboxRequests requests) {
        MailboxPlanner planner = new MailboxPlanner(requests);
        List<Mailbox> inOrder = requests.mailboxes().stream()
                .filter(mailbox -> !mailbox.isMarkedForDeletion())
                .sorted(MailboxAge.ORDER)
                .toList();
        Optional<Instant> next = inOrder.stream()
                .flatMap(mailbox -> MailboxAge.expiry(mailbox).stream())
                .filter(requests.now()::isBefore)
                .min(Comparator.naturalOrder());
        return new MailboxPlan(inOrder.stream().map(planner::verdict).toList(), next.orElse(null));
    }

    private Verdict verdict(Mailbox mailbox) {
        Verdict verdict = decide(mailbox);
        boolean keeps = verdict instanceof TurnedAway away
                && away.standing().state() == MailboxState.NotAttached
                && holders.hadByLostLabel(mailbox);
        return keeps ? keeping(mailbox, requests.lostBy(mailbox).orElseThrow()) : verdict;
    }

    private TurnedAway keeping(Mailbox mailbox, LostLabel lost) {
        String message = MailboxMessages.labelLost(requests.domainName(), lost.until());
        return new TurnedAway(mailbox, new Standing(MailboxState.NotAttached, message), true);
    }

    private Verdict decide(Mailbox mailbox) {
        if (MailboxAge.isOver(mailbox, requests.now())) {
            return turnedAway(
                    mailbox,
                    MailboxState.Expired,
                    MailboxMessages.expired(MailboxAge.expiry(mailbox).orElseThrow()));
        }
        String namespace = mailbox.getMetadata().getNamespace();
        String address = AddressHolders.addressOf(mailbox);
        String domain = requests.spec().domain();
        List<MailboxGrant> selecting =
                new MailboxGrants(requests.spec().mailboxes()).selecting(requests.labelsOf(mailbox));
        if (selecting.isEmpty()) {
            return notAttached(mailbox, MailboxMessages.notLetIn(requests.domainName(), namespace));
        }
        if (!AddressHolders.isWithin(domain, mailbox.getSpec().host())) {
            return notAttached(mailbox, MailboxMessages.ofAnotherDomain(domain));
        }
        List<MailboxGrant> covering = selecting.stream()
                .filter(entry -> MailboxGrants.covers(entry, address))
                .toList();
        if (covering.isEmpty()) {
            return notAttached(mailbox, MailboxMessages.addressNotGranted(requests.domainName(), selecting));
        }
        Optional<String> conflict = holders.conflict(mailbox);
        if (conflict.isPresent()) {
            return turnedAway(mailbox, MailboxState.Conflict, conflict.get());
        }
        return holders.has(mailbox)
                ? decideOnAction(mailbox, covering)
                : turnedAway(
                        mailbox, MailboxState.TooManyRules, MailboxMessages.tooManyOfNamespace(requests.domainName()));
    }

    /** It has its address; whether it gets a rule is up to where its mail is to go, and to the room that there is. */
    private Verdict decideOnAction(Mailbox mailbox, List<MailboxGrant> covering) {
        String host = mailbox.getSpec().host().toLowerCase(Locale.ROOT);
        MailRule rule = new MailRule(
                AddressHolders.addressOf(mailbox),
                mailbox.getSpec().action(),
                mailbox.getSpec().enabled(),
                null);
        MailAction action = MailAction.of(rule.action());
        if (!routed.contains(host)) {
            return notAttached(mailbox, MailboxMessages.hostNotRouted(requests.domainName(), host));
        }
        if (isLoop(action)) {
            return notAttached(
                    mailbox,
                    MailboxMessages.loop(action.value(), requests.spec().domain()));
        }
        List<MailboxGrant> allowing = covering.stream()
                .filter(entry -> MailboxGrants.allows(entry, action))
                .toList();
        if (allowing.isEmpty()) {
            return notAttached(mailbox, MailboxMessages.actionNotGranted(requests.domainName(), action));
        }
        if (!places.take(allowing, mailbox)) {
            return turnedAway(
                    mailbox, MailboxState.TooManyRules, MailboxMessages.tooManyOfNamespace(requests.domainName()));
        }
        if (!requests.grants().action(requests.spec().domain(), action)) {
            // As with a rule of the spec none is written, and one that stands is left as it is: the account may have
            // lost a grant by a slip.
            return new Attached(mailbox, rule);
        }
        if (rules >= requests.mostRules()) {
            return turnedAway(mailbox, MailboxState.TooManyRules, MailboxMessages.tooManyRules(requests.mostRules()));
        }
        rules++;
        return new Attached(mailbox, rule);
    }

    private boolean isLoop(MailAction action) {
        String to = action.value();
        return action instanceof MailAction.Forward
                && AddressHolders.isWithin(requests.spec().domain(), DesiredState.hostOf(to));
    }

    /** A Mailbox adds no host: mail records are the MailDomain's, and a zone can have few of them. */
    private static Set<String> routedHosts(MailboxRequests requests) {
        String domain = requests.spec().domain();
        Set<String> hosts = new HashSet<>(Set.of(domain));
        requests.spec().subdomains().forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT) + "." + domain));
        requests.spec().rules().forEach(rule -> hosts.add(rule.host().toLowerCase(Locale.ROOT)));
        return hosts;
    }

    private static Verdict notAttached(Mailbox mailbox, String message) {
        return turnedAway(mailbox, MailboxState.NotAttached, message);
    }

    private static Verdict turnedAway(Mailbox mailbox, MailboxState state, String message) {
        return new TurnedAway(mailbox, new Standing(state, message));
    }
}
