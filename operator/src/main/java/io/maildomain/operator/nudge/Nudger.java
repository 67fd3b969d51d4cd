package io.maildomain.operator.nudge;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.cluster.ClusterListener;
import io.maildomain.operator.secrets.SecretKey;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/** Hears what changes and nudges who refers to it. */
public final class Nudger implements ClusterListener {

    private final Nudges<MailDomain> mailDomains = new Nudges<>(MailDomain.class);
    private final Nudges<CatchAllRule> catchAllRules = new Nudges<>(CatchAllRule.class);
    private final Nudges<CloudflareAccount> accounts = new Nudges<>(CloudflareAccount.class);
    private final Nudges<ConfigMap> departed = new Nudges<>(ConfigMap.class);
    private final AtomicReference<References> references = new AtomicReference<>();
    private final AtomicReference<Function<MailDomain, Optional<ConfigMap>>> records =
            new AtomicReference<>(domain -> Optional.empty());

    /**
     * The cluster view needs its listener before it exists: it is handed in when it does.
     *
     * @param isGranted whether calls to Cloudflare may be made for a MailDomain at all
     */
    public void watch(Cluster cluster, Predicate<MailDomain> isGranted) {
        references.set(new References(cluster, isGranted));
    }

    /** @param found the record of a MailDomain that is gone while nothing is undone yet, where there is one */
    public void recordsOfDeparted(Function<MailDomain, Optional<ConfigMap>> found) {
        records.set(found);
    }

    /** The event source of the controller of departed MailDomains. */
    public Nudges<ConfigMap> departed() {
        return departed;
    }

    /** The event source of the MailDomain controller. */
    public Nudges<MailDomain> mailDomains() {
        return mailDomains;
    }

    /** The event source of the CatchAllRule controller. */
    public Nudges<CatchAllRule> catchAllRules() {
        return catchAllRules;
    }

    /** The event source of the CloudflareAccount controller. */
    public Nudges<CloudflareAccount> accounts() {
        return accounts;
    }

    /** Whoever is of the resource's kind and bears its name, if there is one. */
    public void nudge(HasMetadata resource) {
        if (resource instanceof MailDomain) {
            mailDomains.nudge(resource);
        } else if (resource instanceof CatchAllRule) {
            catchAllRules.nudge(resource);
        } else {
            accounts.nudge(resource);
        }
    }

    /** A Secret that somebody refers to was changed, lost, or came back. */
    public void secretChanged(SecretKey secret) {
        References known = references.get();
        if (known != null) {
            known.accountsOf(secret).forEach(accounts::nudge);
            known.mailDomainsOf(secret).forEach(this::withCatchAll);
        }
    }

    @Override
    public void mailDomainChanged(Change<MailDomain> change) {
        References known = references.get();
        MailDomain domain = change.either();
        if (known == null) {
            return;
        }
        boolean addedOrGone = change.was().isEmpty() || change.is().isEmpty();
        if (addedOrGone || References.mattersToCatchAll(change.before(), change.after())) {
            known.catchAllRulesOf(domain).forEach(catchAllRules::nudge);
        }
        if (!known.isOutsider(domain, change.was())) {
            known.rivalsToWake(change).forEach(this::wake);
            known.goingThatMayHaveASuccessor(change).forEach(this::wake);
        }
        if (addedOrGone || References.movedToAnotherAccount(change.before(), change.after())) {
            change.was().flatMap(known::accountOf).ifPresent(accounts::nudge);
            change.is().flatMap(known::accountOf).ifPresent(accounts::nudge);
            change.was().stream()
                    .flatMap(gone -> known.crowdedOutBy(gone).stream())
                    .forEach(this::wake);
        }
    }

    @Override
    public void catchAllRuleChanged(Change<CatchAllRule> change) {
        References known = references.get();
        if (known == null) {
            return;
        }
        known.mailDomainOf(change.either())
                .filter(MailDomain::isMarkedForDeletion)
                .ifPresent(this::wake);
        new Siblings(known.cluster()).toWake(change).forEach(catchAllRules::nudge);
    }

    @Override
    public void accountChanged(Change<CloudflareAccount> change) {
        References known = references.get();
        if (known != null) {
            new GrantChanges(known.cluster(), known).concernedByAccount(change).forEach(this::withCatchAll);
        }
    }

    @Override
    public void namespaceChanged(Change<Namespace> change) {
        References known = references.get();
        if (known != null) {
            new GrantChanges(known.cluster(), known)
                    .concernedByNamespace(change)
                    .forEach(this::withCatchAll);
        }
    }

    /** Whichever controller sees to it. */
    private void wake(MailDomain domain) {
        mailDomains.nudge(domain);
        records.get().apply(domain).ifPresent(departed::nudge);
    }

    private void withCatchAll(MailDomain domain) {
        wake(domain);
        references.get().catchAllRulesOf(domain).forEach(catchAllRules::nudge);
    }
}
