package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.MailDomainSpec;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.controller.maildomain.plan.KeptRule.Why;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one plan knows of Mailboxes: the rules that they ask for, and what becomes of rules that they asked for once and that none asks
 * for any more. Whose rule it was says its name at Cloudflare, so that none of it has to be remembered. Pure.
 *
 * @param attached each of an address that the spec does not name
 * @param there the Mailboxes that are there: a rule of theirs that they do not ask for is one that they are not to have
 * @param keeping those whose rules stay for now, as they are
 * @param room so many rules of Mailboxes that are gone may go with them; where there are more, all of these stay
 * @param kept rules, by their ids, that Mailboxes asked for which are not this MailDomain's to judge, and why
 */
public record MailboxRules(
        List<Attached> attached, Set<Owner> there, Set<Owner> keeping, int room, Map<String, Why> kept) {

    /** Where nothing is known of Mailboxes. */
    public static final MailboxRules NONE = new MailboxRules(List.of(), Set.of(), Set.of(), 0, Map.of());

    /** A rule that a Mailbox asks for. @param namespace of the Mailbox */
    public record Attached(String namespace, MailRule rule) {}

    /** Whose rule it is, as far as a rule's name and address tell. */
    public record Owner(String namespace, String address) {
        public Owner {
            address = address.toLowerCase(Locale.ROOT);
        }

        /** That of a rule which the Mailbox asks for. */
        public static Owner of(Mailbox mailbox) {
            return new Owner(
                    mailbox.getMetadata().getNamespace(), mailbox.getSpec().address());
        }

        /** Those of several. */
        public static Set<Owner> of(Collection<Mailbox> mailboxes) {
            return mailboxes.stream().map(Owner::of).collect(Collectors.toSet());
        }
    }

    public MailboxRules {
        attached = List.copyOf(attached);
        there = Set.copyOf(there);
        keeping = Set.copyOf(keeping);
        kept = Map.copyOf(kept);
    }

    /** The same where these rules are not this MailDomain's to judge. */
    MailboxRules keeping(Map<String, Why> rules) {
        return new MailboxRules(attached, there, keeping, room, rules);
    }

    List<MailRule> rules() {
        return attached.stream().map(Attached::rule).toList();
    }

    /** Why a rule that a Mailbox asked for stays, whatever else holds of it; empty where it need not. */
    Optional<Why> whyKept(LiveRule rule) {
        return Optional.ofNullable(kept.get(rule.id())).or(() -> Optional.of(Why.LABEL_LOST)
                .filter(why -> !keeping.isEmpty() && !Collections.disjoint(keeping, ownersOf(rule))));
    }

    /** Whether a Mailbox asked for the rule that is not there any more. */
    public boolean isOfGone(LiveRule rule) {
        return rule.mailbox().isPresent() && Collections.disjoint(there, ownersOf(rule));
    }

    /** The address whose rule catches mail for this one as well, as it has a detail; empty where it has none, or the spec switches that off. */
    public static Optional<String> base(MailDomainSpec spec, String address) {
        int at = address.lastIndexOf('@');
        int plus = address.indexOf('+');
        boolean switchedOff = spec.wantedSubaddressing().filter(on -> !on).isPresent();
        return switchedOff || plus < 1 || plus > at
                ? Optional.empty()
                : Optional.of(address.substring(0, plus) + address.substring(at));
    }

    /** Whose rule it may be; none where no Mailbox asked for it. */
    public static Set<Owner> ownersOf(LiveRule rule) {
        return rule.mailbox().stream()
                .flatMap(namespace -> rule.addresses().stream().map(address -> new Owner(namespace, address)))
                .collect(Collectors.toSet());
    }
}
