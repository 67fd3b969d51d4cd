package io.maildomain.operator.controller.mailbox.plan;

import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxGrant;
import io.maildomain.operator.access.MailboxGrants;
import io.maildomain.operator.controller.maildomain.plan.MailboxRules;
import io.maildomain.operator.ownership.MailAction;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who has which address of a domain: the rules of the spec first, then the oldest Mailbox that may have it. What a user can change of a
 * Mailbox has no say in it, so that no mail changes hands by an edit: one that has expired, or whose action is not granted, keeps its
 * address from those after it until it is deleted. Pure.
 */
final class AddressHolders {

    private final MailboxRequests requests;
    private final MailboxGrants grants;
    private final Set<String> ofSpec;
    private final Map<String, Mailbox> byAddress = new HashMap<>();
    /** How many have an address by an entry, wherever their mail is to go. */
    private final Places places;

    private AddressHolders(MailboxRequests requests) {
        this.requests = requests;
        this.grants = new MailboxGrants(requests.spec().mailboxes());
        this.places = new Places(requests.spec().mailboxes());
        this.ofSpec = requests.spec().rules().stream()
                .map(rule -> rule.address().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    static AddressHolders of(MailboxRequests requests) {
        AddressHolders holders = new AddressHolders(requests);
        requests.mailboxes().stream()
                .filter(mailbox -> !mailbox.isMarkedForDeletion())
                .sorted(MailboxAge.ORDER)
                .filter(holders::isEntitled)
                .filter(mailbox -> holders.conflict(mailbox).isEmpty())
                .filter(holders::takesRoom)
                .forEach(mailbox -> holders.byAddress.put(addressOf(mailbox), mailbox));
        return holders;
    }

    /** Whether the MailDomain lets its namespace have its address. */
    private boolean isEntitled(Mailbox mailbox) {
        return isWithin(requests.spec().domain(), mailbox.getSpec().host())
                && covering(mailbox).findAny().isPresent();
    }

    private Stream<MailboxGrant> covering(Mailbox mailbox) {
        return selecting(mailbox).distinct().filter(entry -> MailboxGrants.covers(entry, addressOf(mailbox)));
    }

    /** Also what selects a namespace by a label that it has just lost. */
    private Stream<MailboxGrant> selecting(Mailbox mailbox) {
        Map<String, String> before =
                requests.lostBy(mailbox).map(LostLabel::labels).orElse(Map.of());
        return Stream.concat(grants.selecting(requests.labelsOf(mailbox)).stream(), grants.selecting(before).stream());
    }

    /** Whether it would have had its rule by a label that its namespace has just lost. */
    boolean hadByLostLabel(Mailbox mailbox) {
        MailAction action = MailAction.of(mailbox.getSpec().action());
        return has(mailbox)
                && requests.lostBy(mailbox)
                        .filter(lost -> grants.selecting(lost.labels()).stream()
                                .anyMatch(entry -> MailboxGrants.covers(entry, addressOf(mailbox))
                                        && MailboxGrants.allows(entry, action)))
                        .isPresent();
    }

    /** Takes one of the places that an entry gives the namespace: else it could have all addresses, by Mailboxes without a rule. */
    private boolean takesRoom(Mailbox mailbox) {
        return places.take(covering(mailbox).toList(), mailbox);
    }

    /** Whether the Mailbox has its address. */
    boolean has(Mailbox mailbox) {
        return byAddress.get(addressOf(mailbox)) == mailbox;
    }

    /** Why the Mailbox does not get its address, in a sentence; empty where it has it, or nothing stands against it. */
    Optional<String> conflict(Mailbox mailbox) {
        String address = addressOf(mailbox);
        if (isOfSpec(address)) {
            return Optional.of(MailboxMessages.takenBySpec(requests.domainName()));
        }
        Optional<String> base =
                MailboxRules.base(requests.spec(), address).filter(other -> belongsToOthers(other, mailbox));
        Mailbox holder = byAddress.get(address);
        return base.map(MailboxMessages::detailOf).or(() -> Optional.ofNullable(holder)
                // A younger one may have what an older one has no room for.
                .filter(other -> MailboxAge.ORDER.compare(other, mailbox) < 0)
                .map(other -> MailboxMessages.takenByMailbox(other, mailbox)));
    }

    /** Mail for {@code user+detail@} follows the rule of {@code user@}: a rule of its own would take it away from there. */
    private boolean belongsToOthers(String base, Mailbox mailbox) {
        String namespace = mailbox.getMetadata().getNamespace();
        if (isOfSpec(base)) {
            return !namespace.equals(requests.namespace());
        }
        Mailbox holder = byAddress.get(base);
        return holder != null
                && MailboxAge.ORDER.compare(holder, mailbox) < 0
                && !holder.getMetadata().getNamespace().equals(namespace);
    }

    private boolean isOfSpec(String address) {
        return ofSpec.contains(address);
    }

    static String addressOf(Mailbox mailbox) {
        return mailbox.getSpec().address().toLowerCase(Locale.ROOT);
    }

    /** Whether the host is the domain or lies below it. */
    static boolean isWithin(String domain, String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals(domain) || name.endsWith("." + domain);
    }
}
