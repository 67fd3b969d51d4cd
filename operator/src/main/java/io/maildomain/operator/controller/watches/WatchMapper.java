package io.maildomain.operator.controller.watches;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.controller.mailbox.MailboxWatches;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Hears what changes, and triggers a reconcile of what refers to it. */
public final class WatchMapper implements ResourceListener {

    private final TriggerEventSource<MailDomain> mailDomains = new TriggerEventSource<>(MailDomain.class);
    private final TriggerEventSource<CatchAllRule> catchAllRules = new TriggerEventSource<>(CatchAllRule.class);
    private final TriggerEventSource<CloudflareAccount> accounts = new TriggerEventSource<>(CloudflareAccount.class);
    private final TriggerEventSource<Mailbox> mailboxes = new TriggerEventSource<>(Mailbox.class);
    private final TriggerEventSource<MailWorker> mailWorkers = new TriggerEventSource<>(MailWorker.class);
    private final TriggerEventSource<MailSite> mailSites = new TriggerEventSource<>(MailSite.class);
    private final TriggerEventSource<DestinationAddress> destinations =
            new TriggerEventSource<>(DestinationAddress.class);
    private final TriggerEventSource<ConfigMap> departed = new TriggerEventSource<>(ConfigMap.class);
    private volatile @Nullable DependencyIndex references;
    private volatile @Nullable DeployWatches deployed;
    private volatile @Nullable MailboxWatches ofMailboxes;
    private volatile @Nullable DestinationWatches ofDestinations;
    private volatile Function<MailDomain, Optional<ConfigMap>> records = domain -> Optional.empty();

    /**
     * The cluster view needs its listener before it exists: it is handed in when it does.
     *
     * @param isGranted whether calls to Cloudflare may be made for a MailDomain at all
     */
    public void watch(ResourceCache cluster, Predicate<MailDomain> isGranted) {
        references = new DependencyIndex(cluster, isGranted);
        deployed = new DeployWatches(cluster, this::trigger);
        ofDestinations = new DestinationWatches(cluster, this::trigger);
    }

    /** From now on Mailboxes are heard of as well. */
    public void watch(MailboxWatches watches) {
        ofMailboxes = watches;
    }

    /** @param found the record of a MailDomain that is gone while nothing is undone yet, where there is one */
    public void recordsOfDeparted(Function<MailDomain, Optional<ConfigMap>> found) {
        records = found;
    }

    /** The event source of the controller of departed MailDomains. */
    public TriggerEventSource<ConfigMap> departed() {
        return departed;
    }

    /** The event source of the MailDomain controller. */
    public TriggerEventSource<MailDomain> mailDomains() {
        return mailDomains;
    }

    /** The event source of the CatchAllRule controller. */
    public TriggerEventSource<CatchAllRule> catchAllRules() {
        return catchAllRules;
    }

    /** The event source of the CloudflareAccount controller. */
    public TriggerEventSource<CloudflareAccount> accounts() {
        return accounts;
    }

    /** The event source of the Mailbox controller. */
    public TriggerEventSource<Mailbox> mailboxes() {
        return mailboxes;
    }

    /** The event source of the DestinationAddress controller. */
    public TriggerEventSource<DestinationAddress> destinations() {
        return destinations;
    }

    /** The event source of the MailWorker controller. */
    public TriggerEventSource<MailWorker> mailWorkers() {
        return mailWorkers;
    }

    /** The event source of the MailSite controller. */
    public TriggerEventSource<MailSite> mailSites() {
        return mailSites;
    }

    /**
     * The resource of that kind and name, if there is one.
     *
     * @throws IllegalArgumentException if no controller works on that kind
     */
    public void trigger(HasMetadata resource) {
        if (resource instanceof MailDomain) {
            mailDomains.trigger(resource);
        } else if (resource instanceof CatchAllRule) {
            catchAllRules.trigger(resource);
        } else if (resource instanceof CloudflareAccount) {
            accounts.trigger(resource);
        } else if (resource instanceof Mailbox) {
            mailboxes.trigger(resource);
        } else if (resource instanceof DestinationAddress) {
            destinations.trigger(resource);
        } else if (resource instanceof MailWorker) {
            mailWorkers.trigger(resource);
        } else if (resource instanceof MailSite) {
            mailSites.trigger(resource);
        } else {
            throw new IllegalArgumentException("no controller works on a " + resource.getKind());
        }
    }

    /** A Secret that a resource refers to was changed, lost, or came back. */
    public void secretChanged(SecretKey secret) {
        DependencyIndex known = references;
        if (known != null) {
            known.accountsOf(secret).forEach(accounts::trigger);
            known.mailDomainsOf(secret).forEach(domain -> withCatchAll(known, domain));
        }
        ofDeployed(watches -> watches.secretChanged(secret));
        ofDestinations(watches -> watches.secretChanged(secret));
    }

    /**
     * There is news of a token.
     *
     * @param holders the Secrets that hold it
     * @param concerned of the MailDomains that reference these those that work with it
     * @param deploying the same of what is deployed
     */
    public void tokenChanged(
            Set<SecretKey> holders, Predicate<MailDomain> concerned, Predicate<DeployedResource> deploying) {
        DependencyIndex known = references;
        if (known != null) {
            holders.stream()
                    .flatMap(secret -> known.mailDomainsOf(secret).stream())
                    .filter(concerned)
                    .forEach(domain -> withCatchAll(known, domain));
        }
        ofDeployed(watches -> watches.tokenChanged(holders, deploying));
    }

    private void ofDeployed(Consumer<DeployWatches> heard) {
        DeployWatches known = deployed;
        if (known != null) {
            heard.accept(known);
        }
    }

    private void ofMailboxes(Consumer<MailboxWatches> heard) {
        MailboxWatches known = ofMailboxes;
        if (known != null) {
            heard.accept(known);
        }
    }

    private void ofDestinations(Consumer<DestinationWatches> heard) {
        DestinationWatches known = ofDestinations;
        if (known != null) {
            heard.accept(known);
        }
    }

    @Override
    public void destinationAddressChanged(Change<DestinationAddress> change) {
        // Nothing else depends on it: which addresses are verified is told by the account's list.
    }

    @Override
    public void mailboxChanged(Change<Mailbox> change) {
        ofDeployed(watches -> watches.mailboxChanged(change));
        ofMailboxes(watches -> watches.mailboxChanged(change));
    }

    @Override
    public void mailWorkerChanged(Change<MailWorker> change) {
        ofDeployed(watches -> watches.mailWorkerChanged(change));
    }

    @Override
    public void mailSiteChanged(Change<MailSite> change) {
        ofDeployed(watches -> watches.mailSiteChanged(change));
    }

    @Override
    public void mailDomainChanged(Change<MailDomain> change) {
        DependencyIndex known = references;
        MailDomain domain = change.either();
        if (known == null) {
            return;
        }
        if (change.comesOrGoes() || change.differs(DependencyIndex::mattersToCatchAll)) {
            known.catchAllRulesOf(domain).forEach(catchAllRules::trigger);
        }
        if (!known.isOutsider(domain, change.was())) {
            known.rivalsToWake(change).forEach(this::wake);
            known.goingThatMayHaveASuccessor(change).forEach(this::wake);
        }
        if (change.comesOrGoes() || change.differs(DependencyIndex::movedToAnotherAccount)) {
            change.was().flatMap(known::accountOf).ifPresent(accounts::trigger);
            change.is().flatMap(known::accountOf).ifPresent(accounts::trigger);
            change.was().stream()
                    .flatMap(gone -> known.crowdedOutBy(gone).stream())
                    .forEach(this::wake);
        }
        ofDeployed(watches -> watches.mailDomainChanged(change));
        ofMailboxes(watches -> watches.mailDomainChanged(change));
    }

    @Override
    public void catchAllRuleChanged(Change<CatchAllRule> change) {
        DependencyIndex known = references;
        if (known == null) {
            return;
        }
        Optional<MailDomain> going = known.mailDomainOf(change.either()).filter(MailDomain::isMarkedForDeletion);
        going.ifPresent(this::wake);
        // The watches of two kinds are not in step: a rule that ours shows only now was not there to be woken by that
        // deletion.
        change.is().filter(comes -> change.was().isEmpty() && going.isPresent()).ifPresent(catchAllRules::trigger);
        new Siblings(known.cluster()).toWake(change).forEach(catchAllRules::trigger);
        ofDeployed(watches -> watches.catchAllRuleChanged(change));
    }

    @Override
    public void accountChanged(Change<CloudflareAccount> change) {
        DependencyIndex known = references;
        if (known != null) {
            new GrantChanges(known.cluster(), known)
                    .concernedByAccount(change)
                    .forEach(domain -> withCatchAll(known, domain));
        }
        ofDeployed(watches -> watches.accountChanged(change));
        ofDestinations(watches -> watches.accountChanged(change));
    }

    @Override
    public void namespaceChanged(Change<Namespace> change) {
        DependencyIndex known = references;
        if (known != null) {
            new GrantChanges(known.cluster(), known)
                    .concernedByNamespace(change)
                    .forEach(domain -> withCatchAll(known, domain));
        }
        ofDeployed(watches -> watches.namespaceChanged(change));
        ofMailboxes(watches -> watches.namespaceChanged(change));
        ofDestinations(watches -> watches.namespaceChanged(change));
    }

    /** Whichever controller sees to it. */
    private void wake(MailDomain domain) {
        mailDomains.trigger(domain);
        records.apply(domain).ifPresent(departed::trigger);
    }

    private void withCatchAll(DependencyIndex known, MailDomain domain) {
        wake(domain);
        known.catchAllRulesOf(domain).forEach(catchAllRules::trigger);
    }
}
