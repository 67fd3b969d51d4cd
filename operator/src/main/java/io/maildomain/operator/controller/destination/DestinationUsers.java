package io.maildomain.operator.controller.destination;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailRule;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.RuntimeCredentials;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.HostNames;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.status.ConditionType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The MailDomains, CatchAllRules and Mailboxes that forward to an address. They are gone over where one is deleted or was just verified,
 * which is not often.
 */
public final class DestinationUsers implements DestinationLists.Listener {

    private static final int NAMED = 5;

    /** A status can hold anything. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    /** Of these there is no rule: a namespace that was let in nowhere must not hold up what others delete. */
    private static final Set<MailboxState> WITHOUT_RULE = EnumSet.of(
            MailboxState.NotAttached, MailboxState.Expired, MailboxState.Conflict, MailboxState.TooManyRules);

    private final ResourceCache cluster;
    private final CredentialsResolver credentials;
    private final Consumer<HasMetadata> wake;

    /** @param wake reconciles the resource of that kind and name */
    public DestinationUsers(ResourceCache cluster, CredentialsResolver credentials, Consumer<HasMetadata> wake) {
        this.cluster = cluster;
        this.credentials = credentials;
        this.wake = wake;
    }

    /**
     * Those that forward to it, in a few words.
     *
     * @param accountId of the account that the address is in
     * @param namespace of the DestinationAddress: of others it is not told what is in them
     */
    List<String> named(String email, String accountId, String namespace) {
        List<String> all = using(forwardsTo(Set.of(email)), accountId)
                .filter(user -> !(user instanceof Mailbox mailbox) || hasRule(mailbox))
                .filter(user -> domainOf(user)
                        .filter(domain -> mayForward(domain, email))
                        .isPresent())
                .map(user -> namespace.equals(user.getMetadata().getNamespace())
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

    /** Other DestinationAddresses that are about the same address, perhaps of another account, and are to stay. */
    Stream<DestinationAddress> others(DestinationAddress going) {
        String uid = going.getMetadata().getUid();
        return about(Set.of(going.getSpec().email()))
                .filter(other -> !other.getMetadata().getUid().equals(uid))
                .filter(other -> !other.isMarkedForDeletion());
    }

    /** Has those look again that were waiting for the addresses, perhaps. */
    @Override
    public void verified(String accountId, Set<String> emails) {
        Stream<HasMetadata> users = using(forwardsTo(emails), accountId)
                .filter(user -> !isReady(user))
                .flatMap(user -> user instanceof Mailbox mailbox ? domainOf(mailbox).stream() : Stream.of(user));
        Stream<HasMetadata> destinations = about(emails)
                .filter(destination -> destination.getStatus() == null
                        || destination.getStatus().state() != DestinationState.Verified)
                .map(destination -> destination);
        Stream.concat(users, destinations).distinct().forEach(wake);
    }

    private Stream<DestinationAddress> about(Set<String> emails) {
        return cluster.destinationAddresses().stream()
                .filter(destination -> destination.getSpec() != null)
                .filter(destination -> isOneOf(emails, destination.getSpec().email()));
    }

    private static Predicate<Action> forwardsTo(Set<String> emails) {
        return action ->
                action.wantedForwardTo().filter(to -> isOneOf(emails, to)).isPresent();
    }

    private static boolean isOneOf(Set<String> emails, String email) {
        return emails.contains(email) || emails.stream().anyMatch(one -> HostNames.sameAddress(one, email));
    }

    private Stream<HasMetadata> using(Predicate<Action> forwards, String accountId) {
        Stream<HasMetadata> domains = cluster.mailDomains().stream()
                .filter(domain -> domain.getSpec() != null && mayBeIn(domain, accountId))
                .filter(domain ->
                        domain.getSpec().rules().stream().map(MailRule::action).anyMatch(forwards))
                .map(domain -> domain);
        Stream<HasMetadata> rules = cluster.catchAllRules().stream()
                .filter(rule ->
                        rule.getSpec() != null && forwards.test(rule.getSpec().action()))
                .filter(rule -> domainOf(rule)
                        .filter(domain -> mayBeIn(domain, accountId))
                        .isPresent())
                .map(rule -> rule);
        Stream<HasMetadata> mailboxes = cluster.mailboxes().stream()
                .filter(mailbox -> mailbox.getSpec() != null
                        && forwards.test(mailbox.getSpec().action()))
                .filter(mailbox -> domainOf(mailbox)
                        .filter(domain -> mayBeIn(domain, accountId))
                        .isPresent())
                .map(mailbox -> mailbox);
        return Stream.of(domains, rules, mailboxes).flatMap(users -> users);
    }

    private static boolean hasRule(Mailbox mailbox) {
        return mailbox.getStatus() != null
                && mailbox.getStatus()
                        .saidState()
                        .filter(state -> !WITHOUT_RULE.contains(state))
                        .isPresent();
    }

    /**
     * Else any namespace could hold up what others delete, by a rule that is never written: one of a MailDomain that has no zone, or may not
     * forward there. What such a one has left at Cloudflare is found there ({@link StandingForwards}).
     */
    private boolean mayForward(MailDomain domain, String email) {
        if (zoneOf(domain).isEmpty()) {
            return false;
        }
        RuntimeCredentials found = credentials.resolve(domain);
        return found instanceof Usable with
                ? with.grants().action(domain.getSpec().domain(), new MailAction.Forward(email))
                : !((Unusable) found).isDenied();
    }

    private static Optional<String> zoneOf(MailDomain domain) {
        return MailDomainStatus.notedZone(domain)
                .flatMap(ZoneOwnership::notedId)
                .filter(ID.asMatchPredicate());
    }

    private static boolean isReady(HasMetadata user) {
        Conditioned status = null;
        if (user instanceof MailDomain domain) {
            status = domain.getStatus();
        } else if (user instanceof CatchAllRule rule) {
            status = rule.getStatus();
        } else if (user instanceof Mailbox mailbox) {
            status = mailbox.getStatus();
        }
        return isReady(status);
    }

    private static boolean isReady(@Nullable Conditioned status) {
        return status != null
                && status.condition(ConditionType.READY.value())
                        .filter(ready -> ready.holds())
                        .isPresent();
    }

    private Optional<MailDomain> domainOf(HasMetadata user) {
        if (user instanceof Mailbox mailbox) {
            return domainOf(mailbox);
        }
        return user instanceof CatchAllRule rule ? domainOf(rule) : Optional.of((MailDomain) user);
    }

    private Optional<MailDomain> domainOf(Mailbox mailbox) {
        MailDomainName name = MailDomainName.of(mailbox);
        return cluster.mailDomain(name.namespace(), name.name());
    }

    private Optional<MailDomain> domainOf(CatchAllRule rule) {
        return cluster.mailDomain(
                rule.getMetadata().getNamespace(), rule.getSpec().domainRef().name());
    }

    /** One whose account is not known yet may be in it. */
    private static boolean mayBeIn(MailDomain domain, String accountId) {
        return MailDomainStatus.notedZone(domain)
                .flatMap(ZoneOwnership::notedAccountId)
                .map(accountId::equals)
                .orElse(true);
    }
}
