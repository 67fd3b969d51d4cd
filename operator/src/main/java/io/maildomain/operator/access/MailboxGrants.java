package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.MailboxGrant;
import io.maildomain.operator.cloudflare.HostNames;
import io.maildomain.operator.ownership.MailAction;
import java.util.List;
import java.util.Map;

/**
 * Which Mailboxes a MailDomain lets attach: its {@code spec.mailboxes}. One entry has to allow all of a Mailbox, for its owner wrote
 * namespaces, addresses and actions of it for one another.
 */
public record MailboxGrants(List<MailboxGrant> entries) {

    public MailboxGrants {
        entries = List.copyOf(entries);
    }

    /**
     * The entries for a namespace.
     *
     * @param labels of the namespace; empty where they are not known, and then there are none: what a label forbids is not known either
     */
    public List<MailboxGrant> selecting(Map<String, String> labels) {
        return labels.isEmpty()
                ? List.of()
                : entries.stream()
                        .filter(entry -> entry.namespaces().matches(labels))
                        .toList();
    }

    /** Whether a Mailbox may have the address by this entry. */
    public static boolean covers(MailboxGrant entry, String address) {
        return anyMatches(entry.addresses(), address);
    }

    /** Whether a Mailbox may send its mail there by this entry; dropping it is always allowed. */
    public static boolean allows(MailboxGrant entry, MailAction action) {
        return action instanceof MailAction.Drop
                || anyMatches(
                        action instanceof MailAction.Worker ? entry.workers() : entry.forwardTo(), action.value());
    }

    private static boolean anyMatches(List<String> patterns, String text) {
        return patterns.stream()
                .anyMatch(pattern -> Glob.matches(HostNames.asciiAddress(pattern), HostNames.asciiAddress(text)));
    }
}
