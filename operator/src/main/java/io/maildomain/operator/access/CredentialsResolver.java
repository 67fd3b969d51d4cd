package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.Credentials;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.credentials.AccountId;
import io.maildomain.operator.credentials.SecretData;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.credentials.TokenResolution;
import io.maildomain.operator.kubernetes.informers.MailDomainIndex;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.secrets.AccountSecrets;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Finds the token and the grants of a MailDomain: from its account, or from a Secret of its own namespace. */
public final class CredentialsResolver {

    private final Scope scope;
    private final ResourceCache cluster;
    private final Secrets secrets;

    /** Where Secrets are read and followed; {@code SecretWatches} in life. */
    public interface Secrets extends KnownSecrets {
        /** Says which Secrets a user references, so that they are followed. */
        void retain(Object user, Set<SecretKey> keys);

        /** The same for an account, on which many depend: where there are too few watches for all, its Secrets come first. */
        default void retainFirst(Object user, Set<SecretKey> keys) {
            retain(user, keys);
        }
    }

    /** Reads only what it is given: no call leaves this class. */
    public CredentialsResolver(Scope scope, ResourceCache cluster, Secrets secrets) {
        this.scope = scope;
        this.cluster = cluster;
        this.secrets = secrets;
    }

    /**
     * What the MailDomain works with, from what is known by now. Only reads: a Secret that is not followed is not known
     * ({@link #follow}).
     */
    public RuntimeCredentials resolve(MailDomain domain) {
        return domain.getSpec()
                .credentials()
                .wantedSecret()
                .map(ref -> fromLocalSecret(domain, ref))
                .orElseGet(() -> fromAccount(domain));
    }

    /** The Secrets that the MailDomain's credentials come from; none where the installation or the account denies them. */
    public ReferencedSecrets references(MailDomain domain) {
        Optional<LocalSecretRef> local = domain.getSpec().credentials().wantedSecret();
        if (local.isPresent()) {
            return scope.localSecrets()
                    ? ReferencedSecrets.own(new SecretKey(
                            domain.getMetadata().getNamespace(), local.get().name()))
                    : ReferencedSecrets.NONE;
        }
        return Optional.of(domain)
                .filter(this::isGranted)
                .flatMap(granted -> cluster.account(
                        granted.getSpec().credentials().accountRef().name()))
                .map(ReferencedSecrets::of)
                .orElse(ReferencedSecrets.NONE);
    }

    /** From now on the Secrets that the MailDomain references are followed for it, and no others. */
    public void follow(MailDomain domain) {
        boolean ofAccount = domain.getSpec().credentials().wantedSecret().isEmpty();
        if (ofAccount && !isKnown(domain.getMetadata().getNamespace())) {
            return;
        }
        ReferencedSecrets references = references(domain);
        secrets.retain(domain.getMetadata().getUid(), references.own());
        if (!references.accountUid().isEmpty()) {
            secrets.retainFirst(references.accountUid(), references.ofAccount());
        }
    }

    private RuntimeCredentials fromLocalSecret(MailDomain domain, LocalSecretRef ref) {
        if (!scope.localSecrets()) {
            return Unusable.stalled(
                    Reason.LocalSecretsDisabled,
                    "this installation does not read Secrets of this namespace: name a CloudflareAccount in"
                            + " spec.credentials.accountRef, or ask for the chart's localSecrets: true");
        }
        SecretKey key = new SecretKey(domain.getMetadata().getNamespace(), ref.name());
        return read(secrets.get(key), key, "", "", Grants.everything());
    }

    private RuntimeCredentials fromAccount(MailDomain domain) {
        if (!scope.accounts()) {
            return Unusable.stalled(
                    Reason.AccountsDisabled,
                    "this installation runs without CloudflareAccounts (--accounts=false): name a Secret of this"
                            + " namespace in spec.credentials.secretRef");
        }
        String name = domain.getSpec().credentials().accountRef().name();
        return cluster.account(name)
                .filter(account -> account.getSpec() != null)
                .map(account -> fromAccount(domain, account))
                .orElseGet(() -> Unusable.waiting(
                        Reason.AccountNotFound,
                        "there is no CloudflareAccount " + name + ": create it, or name another one in"
                                + " spec.credentials.accountRef"));
    }

    /**
     * Whether calls to Cloudflare may be made for the MailDomain at all: what others may not do is no concern of those who
     * may.
     */
    public boolean isGranted(MailDomain domain) {
        if (domain.getSpec() == null) {
            return false;
        }
        Credentials credentials = domain.getSpec().credentials();
        if (credentials.wantedSecret().isPresent()) {
            return scope.localSecrets();
        }
        return cluster.account(credentials.accountRef().name())
                .filter(account -> account.getSpec() != null)
                .filter(account -> grantsOf(domain.getMetadata().getNamespace(), account)
                        .domain(domain.getSpec().domain()))
                .isPresent();
    }

    /** Whether what was granted at the start of a reconcile is granted still, no more and no less. */
    public boolean stillGrants(MailDomain domain, Usable with) {
        boolean denied = resolve(domain) instanceof Unusable unusable && unusable.isDenied();
        return !denied
                && withPresentGrants(domain, with)
                        .filter(now -> now.grants().equals(with.grants()))
                        .isPresent();
    }

    /** Credentials of an earlier time with what is granted now; empty where the domain is not any more. */
    Optional<Usable> withPresentGrants(MailDomain domain, Usable earlier) {
        if (earlier.accountName().isEmpty()) {
            return scope.localSecrets() ? Optional.of(earlier) : Optional.empty();
        }
        return cluster.account(earlier.accountName())
                .filter(account -> account.getSpec() != null)
                .filter(account -> isKnown(domain.getMetadata().getNamespace()))
                .map(account -> earlier.with(grantsOf(domain.getMetadata().getNamespace(), account)))
                // One that is gone, or not seen yet, takes nothing back; nor does a namespace.
                .or(() -> Optional.of(earlier))
                .filter(now -> now.grants().domain(domain.getSpec().domain()));
    }

    private RuntimeCredentials fromAccount(MailDomain domain, CloudflareAccount account) {
        if (!isKnown(domain.getMetadata().getNamespace())) {
            return Unusable.ofUnknown(domain.getMetadata().getNamespace());
        }
        Grants grants = grantsOf(domain.getMetadata().getNamespace(), account);
        String wanted = domain.getSpec().domain();
        if (!grants.domain(wanted)) {
            return Unusable.stalled(
                    Reason.AccessDenied,
                    "CloudflareAccount " + account.getMetadata().getName() + " does not grant " + wanted
                            + " to namespace " + domain.getMetadata().getNamespace()
                            + ": ask for an entry in its spec.access (granted there: " + grants.describeDomains()
                            + ")");
        }
        OptionalInt limit = grants.maxDomains(wanted);
        if (limit.isPresent() && rank(domain, account, grants) >= limit.getAsInt()) {
            return Unusable.stalled(
                    Reason.AccessDenied,
                    "CloudflareAccount " + account.getMetadata().getName() + " grants namespace "
                            + domain.getMetadata().getNamespace() + " at most " + limit.getAsInt()
                            + " domains (maxDomains in spec.access), and older MailDomains use them all");
        }
        SecretKey key = AccountSecrets.of(account, Surface.RUNTIME);
        String accountId = account.getSpec().wantedAccountId().orElse("");
        return read(secrets.get(key), key, accountId, account.getMetadata().getName(), grants);
    }

    /** Each namespace has the label of its name: of one without any nothing is known yet, or it is gone. */
    private boolean isKnown(String namespace) {
        return namespace.equals(scope.operatorNamespace())
                || !cluster.labelsOf(namespace).isEmpty();
    }

    /** What the account grants the namespace; everything to the operator's own. */
    public Grants grantsOf(String namespace, CloudflareAccount account) {
        if (namespace.equals(scope.operatorNamespace())) {
            return Grants.everything();
        }
        Map<String, String> labels = cluster.labelsOf(namespace);
        if (labels.isEmpty()) {
            // What a label forbids is not known either.
            return Grants.of(List.of());
        }
        return Grants.of(account.getSpec().access().stream()
                .filter(entry -> entry.namespaces().matches(labels))
                .toList());
    }

    /** The MailDomain is gone: a Secret that only it referenced is followed no more. */
    public void forget(MailDomain domain) {
        forget(domain.getMetadata().getUid());
    }

    /** The same, known by its UID. */
    public void forget(String uid) {
        secrets.retain(uid, Set.of());
    }

    /**
     * How many other domains the namespace has had for longer. Kubernetes tells ages by the second: of one second those that
     * have their zone come first, so that none loses a place.
     */
    private long rank(MailDomain domain, CloudflareAccount account, Grants grants) {
        Comparator<MailDomain> age = Comparator.<MailDomain, String>comparing(
                        other -> other.getMetadata().getCreationTimestamp())
                .thenComparing(other -> !hasZone(other))
                .thenComparing(other -> other.getMetadata().getUid());
        String wanted = domain.getSpec().domain();
        List<MailDomain> users =
                cluster
                        .mailDomains(
                                MailDomainIndex.NAMESPACE, domain.getMetadata().getNamespace())
                        .stream()
                        .filter(other -> other.getSpec()
                                .credentials()
                                .wantedAccount()
                                .filter(ref ->
                                        ref.name().equals(account.getMetadata().getName()))
                                .isPresent())
                        .filter(other -> grants.domain(other.getSpec().domain()))
                        .toList();
        // One that is to take another one's place, under a new name perhaps, is no further domain.
        MailDomain oldest = users.stream()
                .filter(other -> other.getSpec().domain().equals(wanted))
                .min(age)
                .orElse(domain);
        return users.stream()
                .filter(other -> !other.getSpec().domain().equals(wanted))
                .filter(other -> age.compare(other, oldest) < 0)
                .map(other -> other.getSpec().domain())
                .distinct()
                .count();
    }

    private static boolean hasZone(MailDomain domain) {
        return MailDomainStatus.notedZone(domain).isPresent();
    }

    static RuntimeCredentials read(
            SecretState state, SecretKey key, String accountId, String accountName, Grants grants) {
        if (state instanceof SecretState.Unknown unknown) {
            return Unusable.unknown(unknown);
        }
        if (!(state instanceof SecretState.Present present)) {
            return Unusable.waiting(
                    Reason.SecretMissing,
                    "there is no Secret " + key + ": create it with a token under " + Surface.RUNTIME.splitKey()
                            + " or " + Surface.SHARED_KEY);
        }
        SecretData data = SecretData.ofBytes(present.data());
        TokenResolution resolution = TokenResolution.resolve(Surface.RUNTIME, data);
        if (resolution instanceof TokenResolution.Malformed refused) {
            return Unusable.stalled(
                    Reason.TokenMalformed,
                    "key " + refused.key() + " of Secret " + key + " holds no usable token: " + refused.reason());
        }
        if (!(resolution instanceof TokenResolution.Found found)) {
            return Unusable.stalled(
                    Reason.TokenMissing,
                    "Secret " + key + " holds no runtime token: add it under " + Surface.RUNTIME.splitKey() + " or "
                            + Surface.SHARED_KEY);
        }
        AccountId inSecret = AccountId.resolve(data);
        if (accountId.isEmpty() && inSecret instanceof AccountId.Malformed refused) {
            return Unusable.stalled(
                    Reason.AccountIdMalformed,
                    "key " + AccountId.KEY + " of Secret " + key + " is not usable: " + refused.reason());
        }
        String id = accountId.isEmpty() && inSecret instanceof AccountId.Found known ? known.id() : accountId;
        return new Usable(found.token(), found.key(), "Secret " + key, id, accountName, grants);
    }
}
