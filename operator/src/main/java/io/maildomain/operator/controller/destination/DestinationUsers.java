package io.maildomain.operator.controller.destination;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.RuntimeCredentials;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.HostNames;
import io.maildomain.operator.controller.ActionUsers;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.MailAction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The MailDomains, CatchAllRules and Mailboxes that forward to an address. They are gone over where one is deleted or was just verified,
 * which is not often.
 */
public final class DestinationUsers implements DestinationLists.Listener {

    /** A status can hold anything. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    /** Of these there is no rule: a namespace that was let in nowhere must not hold up what others delete. */
    private static final Set<MailboxState> WITHOUT_RULE = EnumSet.of(
            MailboxState.NotAttached, MailboxState.Expired, MailboxState.Conflict, MailboxState.TooManyRules);

    private final ResourceCache cluster;
    private final ActionUsers users;
    private final CredentialsResolver credentials;
    private final Consumer<HasMetadata> wake;

    /** @param wake reconciles the resource of that kind and name */
    public DestinationUsers(ResourceCache cluster, CredentialsResolver credentials, Consumer<HasMetadata> wake) {
        this.cluster = cluster;
        this.users = new ActionUsers(cluster);
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
        Stream<HasMetadata> holding = users.in(accountId, forwardsTo(Set.of(email)))
                .filter(user -> !(user instanceof Mailbox mailbox) || hasRule(mailbox))
                .filter(user -> users.domainOf(user)
                        .filter(domain -> mayForward(domain, email))
                        .isPresent());
        return ActionUsers.inWords(holding, namespace);
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
        Stream<HasMetadata> waiting = users.ofThoseNotReady(users.in(accountId, forwardsTo(emails)));
        Stream<HasMetadata> destinations = about(emails)
                .filter(destination -> destination.getStatus() == null
                        || destination.getStatus().state() != DestinationState.Verified)
                .map(destination -> destination);
        Stream.concat(waiting, destinations).distinct().forEach(wake);
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
        if (!hasZone(domain)) {
            return false;
        }
        RuntimeCredentials found = credentials.resolve(domain);
        return found instanceof Usable with
                ? with.grants().action(domain.getSpec().domain(), new MailAction.Forward(email))
                : !((Unusable) found).isDenied();
    }

    private static boolean hasZone(MailDomain domain) {
        return MailDomainStatus.notedZone(domain)
                .flatMap(ZoneOwnership::notedId)
                .filter(ID.asMatchPredicate())
                .isPresent();
    }
}
