package io.maildomain.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The MailDomains, CatchAllRules and Mailboxes whose specs send mail to a place: a Worker, or a destination address. They are gone over where such
 * a place comes or goes, which is not often.
 */
public final class ActionUsers {

    private static final int NAMED = 5;

    private final ResourceCache cluster;

    /** Reads only what is known of the cluster. */
    public ActionUsers(ResourceCache cluster) {
        this.cluster = cluster;
    }

    /**
     * Those that may be in the account, and of whose actions one leads there.
     *
     * @param accountId of Cloudflare's account; a MailDomain whose account is not known yet may be in it
     * @param leadsThere whether an action does
     */
    public Stream<HasMetadata> in(String accountId, Predicate<Action> leadsThere) {
        Stream<HasMetadata> domains = cluster.mailDomains().stream()
                .filter(domain -> domain.getSpec() != null)
                .filter(domain ->
                        domain.getSpec().rules().stream().map(MailRule::action).anyMatch(leadsThere))
                .map(domain -> domain);
        Stream<HasMetadata> rules = cluster.catchAllRules().stream()
                .filter(rule ->
                        rule.getSpec() != null && leadsThere.test(rule.getSpec().action()))
                .map(rule -> rule);
        Stream<HasMetadata> mailboxes = cluster.mailboxes().stream()
                .filter(mailbox -> mailbox.getSpec() != null
                        && leadsThere.test(mailbox.getSpec().action()))
                .map(mailbox -> mailbox);
        return Stream.of(domains, rules, mailboxes).flatMap(users -> users).filter(user -> domainOf(user)
                .filter(domain -> mayBeIn(domain, accountId))
                .isPresent());
    }

    /** The MailDomain that a user is, or that it names; empty where there is none. */
    public Optional<MailDomain> domainOf(HasMetadata user) {
        if (user instanceof Mailbox mailbox) {
            MailDomainName name = MailDomainName.of(mailbox);
            return cluster.mailDomain(name.namespace(), name.name());
        }
        return user instanceof CatchAllRule rule
                ? cluster.mailDomain(
                        rule.getMetadata().getNamespace(),
                        rule.getSpec().domainRef().name())
                : Optional.of((MailDomain) user);
    }

    /** Whom to reconcile so that those of them that are not ready look again: of a Mailbox its MailDomain. */
    public Stream<HasMetadata> ofThoseNotReady(Stream<HasMetadata> users) {
        return users.filter(user -> !isReady(user))
                .flatMap(user -> user instanceof Mailbox ? domainOf(user).stream() : Stream.of(user));
    }

    /**
     * They in a few words.
     *
     * @param namespace whose users are named: of others it is not told what is in them
     */
    public static List<String> inWords(Stream<HasMetadata> users, String namespace) {
        List<String> all = users.map(user -> namespace.equals(user.getMetadata().getNamespace())
                        ? user.getKind() + " " + user.getMetadata().getName()
                        : "a " + user.getKind() + " of another namespace")
                .distinct()
                .sorted()
                .toList();
        return all.size() <= NAMED
                ? all
                : Stream.concat(all.stream().limit(NAMED), Stream.of("+" + (all.size() - NAMED)))
                        .toList();
    }

    private static boolean isReady(HasMetadata user) {
        return user instanceof CustomResource<?, ?> ours
                && ours.getStatus() instanceof Conditioned status
                && status.condition(ConditionType.READY.value())
                        .filter(ready -> ready.holds())
                        .isPresent();
    }

    private static boolean mayBeIn(MailDomain domain, String accountId) {
        return MailDomainStatus.notedZone(domain)
                .flatMap(ZoneOwnership::notedAccountId)
                .map(accountId::equals)
                .orElse(true);
    }
}
