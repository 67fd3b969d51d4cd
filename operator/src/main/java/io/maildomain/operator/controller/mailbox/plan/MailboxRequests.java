package io.maildomain.operator.controller.mailbox.plan;

import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.access.Grants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Mailboxes that name one MailDomain, and all that decides about them.
 *
 * @param namespace of the MailDomain
 * @param name of the MailDomain
 * @param grants what the account grants the MailDomain's own namespace: no Mailbox gets more
 * @param mailboxes in any order
 * @param labels of each of their namespaces; one whose labels are not known is left out
 * @param lost namespaces that have just lost a label which let them in
 * @param mostRules so many rules a zone can have, those of the spec among them
 * @param now the time that decides what has expired
 */
public record MailboxRequests(
        String namespace,
        String name,
        MailDomainSpec spec,
        Grants grants,
        List<Mailbox> mailboxes,
        Map<String, Map<String, String>> labels,
        Map<String, LostLabel> lost,
        int mostRules,
        Instant now) {

    public MailboxRequests {
        mailboxes = List.copyOf(mailboxes);
        labels = Map.copyOf(labels);
        lost = Map.copyOf(lost);
    }

    /** What people know the MailDomain by. */
    String domainName() {
        return namespace + "/" + name;
    }

    /** What the Mailbox's namespace has just lost. */
    Optional<LostLabel> lostBy(Mailbox mailbox) {
        return Optional.ofNullable(lost.get(mailbox.getMetadata().getNamespace()));
    }

    Map<String, String> labelsOf(Mailbox mailbox) {
        return labels.getOrDefault(mailbox.getMetadata().getNamespace(), Map.of());
    }
}
