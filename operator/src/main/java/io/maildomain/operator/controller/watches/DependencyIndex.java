package io.maildomain.operator.controller.watches;

import io.maildomain.api.v1alpha1.AccountRef;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.kubernetes.informers.MailDomainIndex;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who refers to what. Pure over what the cluster shows. */
final class DependencyIndex {

    private static final Set<Reason> REFUSALS =
            Set.of(Reason.AccessDenied, Reason.LocalSecretsDisabled, Reason.AccountsDisabled);

    private final ResourceCache cluster;
    private final Predicate<MailDomain> isGranted;

    /** @param isGranted whether calls to Cloudflare may be made for a MailDomain at all */
    DependencyIndex(ResourceCache cluster, Predicate<MailDomain> isGranted) {
        this.cluster = cluster;
        this.isGranted = isGranted;
    }

    ResourceCache cluster() {
        return cluster;
    }

    /**
     * Whether the MailDomain may not have its domain and, as far as is known, never could: then its coming and going must
     * not make those look who may, for each look costs calls.
     */
    boolean isOutsider(MailDomain domain, Optional<MailDomain> before) {
        return !isGranted.test(domain)
                && before.flatMap(known -> ClaimChange.condition(known, ConditionType.READY))
                        .map(ready ->
                                ready.knownReason().filter(REFUSALS::contains).isPresent())
                        .orElse(true);
    }

    /** The accounts that name the Secret. */
    List<CloudflareAccount> accountsOf(SecretKey secret) {
        return cluster.accountsWith(secret);
    }

    /** The MailDomains whose token the Secret holds, by way of an account or themselves. */
    List<MailDomain> mailDomainsOf(SecretKey secret) {
        Stream<MailDomain> byAccount = accountsOf(secret).stream().flatMap(account -> mailDomainsOf(account).stream());
        Stream<MailDomain> own = cluster.mailDomains(MailDomainIndex.OWN_SECRET, secret.toString()).stream();
        return Stream.concat(byAccount, own).toList();
    }

    /** The MailDomains that use the account. */
    List<MailDomain> mailDomainsOf(CloudflareAccount account) {
        return cluster.mailDomains(
                MailDomainIndex.ACCOUNT, account.getMetadata().getName());
    }

    /**
     * The other MailDomains for the same domain that a change of this one concerns. A zone that was noted, or is no more,
     * concerns all of them; anything else only those that have no zone yet for the sake of another claim. A new one concerns
     * none: it is younger. So two hundred that lose to one do not wake each other.
     */
    List<MailDomain> rivalsToWake(ResourceListener.Change<MailDomain> change) {
        Optional<String> before = change.was().map(ClaimChange::zoneOf).filter(zone -> !zone.isEmpty());
        Optional<String> after = change.is().map(ClaimChange::zoneOf).filter(zone -> !zone.isEmpty());
        if (!before.equals(after)) {
            return rivalsOf(change.either());
        }
        boolean matters = change.is().isEmpty()
                ? ClaimChange.mayHaveCounted(change.either())
                : change.differs(ClaimChange::mattersToRivals);
        return matters
                ? rivalsOf(change.either()).stream()
                        .filter(ClaimChange::isInAnothersShadow)
                        .toList()
                : List.of();
    }

    /** Those that go, and have not undone anything yet: one that comes, or could not manage the domain before, may be next. */
    List<MailDomain> goingThatMayHaveASuccessor(ResourceListener.Change<MailDomain> change) {
        boolean mayBeNext = change.is()
                .filter(after -> !after.isMarkedForDeletion())
                .filter(after -> change.was().isEmpty() || change.differs(ClaimChange::mattersToRivals))
                .isPresent();
        return mayBeNext
                ? rivalsOf(change.either()).stream()
                        .filter(MailDomain::isMarkedForDeletion)
                        .toList()
                : List.of();
    }

    private List<MailDomain> rivalsOf(MailDomain domain) {
        if (domain.getSpec() == null) {
            return List.of();
        }
        return cluster.mailDomainsFor(domain.getSpec().domain()).stream()
                .filter(other -> !other.getMetadata()
                        .getUid()
                        .equals(domain.getMetadata().getUid()))
                .toList();
    }

    /** The CatchAllRules that belong to the MailDomain. */
    List<CatchAllRule> catchAllRulesOf(MailDomain domain) {
        return cluster.catchAllRulesOf(
                domain.getMetadata().getNamespace(), domain.getMetadata().getName());
    }

    /** The MailDomain that the CatchAllRule names. */
    Optional<MailDomain> mailDomainOf(CatchAllRule rule) {
        return rule.getSpec() == null
                ? Optional.empty()
                : cluster.mailDomain(
                        rule.getMetadata().getNamespace(),
                        rule.getSpec().domainRef().name());
    }

    /** The account that the MailDomain uses, if there is one. */
    Optional<CloudflareAccount> accountOf(MailDomain domain) {
        return domain.getSpec() == null ? Optional.empty() : accountName(domain).flatMap(cluster::account);
    }

    /** The MailDomains that were denied access, perhaps only because this one took the last place (maxDomains). */
    List<MailDomain> crowdedOutBy(MailDomain domain) {
        String namespace = domain.getMetadata().getNamespace();
        return Optional.ofNullable(domain.getSpec())
                .flatMap(spec -> accountName(domain))
                .map(account ->
                        cluster.mailDomains(MailDomainIndex.DENIED, MailDomainIndex.key(namespace, account)).stream()
                                .filter(DependencyIndex::isDenied)
                                .toList())
                .orElse(List.of());
    }

    private static boolean isDenied(MailDomain domain) {
        return ClaimChange.condition(domain, ConditionType.READY)
                .filter(ready -> ready.says(Reason.AccessDenied))
                .isPresent();
    }

    /** Whether a change of a MailDomain's spec takes it from one account to another, or to a Secret of its own. */
    static boolean movedToAnotherAccount(MailDomain before, MailDomain after) {
        return before.getSpec() != null
                && after.getSpec() != null
                && !accountName(before).equals(accountName(after));
    }

    /** Whether a change of a MailDomain can matter to its catch-all: not each word of its status costs a call. */
    static boolean mattersToCatchAll(MailDomain before, MailDomain after) {
        return !Objects.equals(
                        before.getMetadata().getGeneration(),
                        after.getMetadata().getGeneration())
                || ClaimChange.mattersToRivals(before, after)
                || !ClaimChange.zoneReadyReason(before).equals(ClaimChange.zoneReadyReason(after))
                || !ClaimChange.readyReason(before).equals(ClaimChange.readyReason(after))
                || isRouted(before) != isRouted(after);
    }

    private static boolean isRouted(MailDomain domain) {
        return Optional.ofNullable(domain.getStatus())
                .filter(status -> Conditions.isTrue(status.conditions(), ConditionType.ROUTING_ENABLED))
                .isPresent();
    }

    private static Optional<String> accountName(MailDomain domain) {
        return domain.getSpec().credentials().wantedAccount().map(AccountRef::name);
    }
}
