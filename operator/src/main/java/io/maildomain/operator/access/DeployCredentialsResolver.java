package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials.Unusable;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.credentials.AccountId;
import io.maildomain.operator.credentials.SecretData;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.credentials.TokenResolution;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.secrets.AccountSecrets;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the deploy token, the account id and the grants of what a namespace deploys. Always from a CloudflareAccount: a token of the
 * deploy surface may change all that the account holds, so there is no Secret of a namespace's own.
 */
public final class DeployCredentialsResolver {

    private final Scope scope;
    private final ResourceCache cluster;
    private final CredentialsResolver.Secrets secrets;

    /** Reads only what it is given: no call leaves this class. */
    public DeployCredentialsResolver(Scope scope, ResourceCache cluster, CredentialsResolver.Secrets secrets) {
        this.scope = scope;
        this.cluster = cluster;
        this.secrets = secrets;
    }

    /** What resources of the namespace are deployed with that name that account, from what is known by now. */
    public DeployCredentials resolve(String namespace, String accountName) {
        if (!scope.accounts()) {
            return Unusable.stalled(
                    Reason.AccountsDisabled,
                    "this installation runs without CloudflareAccounts (--accounts=false), and nothing is deployed without one");
        }
        return account(accountName)
                .map(account -> resolve(namespace, account))
                .orElseGet(() -> Unusable.waiting(
                        Reason.AccountNotFound,
                        "there is no CloudflareAccount " + accountName + ": create it, or name another one in"
                                + " spec.accountRef"));
    }

    /**
     * Whether a resource of the namespace can be deployed to Cloudflare's account of that id.
     *
     * @param granted what its namespace has to be granted
     * @return with what; {@code Unusable} where that cannot be known now, which is not the same as no; empty: it cannot
     */
    public Optional<DeployCredentials> deploying(
            String namespace, String accountName, String accountId, Predicate<DeployGrants> granted) {
        DeployCredentials with = resolve(namespace, accountName);
        if (with instanceof Unusable unusable) {
            return Optional.of(with)
                    .filter(unknown -> unusable.isUnknown()
                            && account(accountName)
                                    .filter(account -> account.getSpec()
                                            .wantedAccountId()
                                            .map(accountId::equals)
                                            .orElse(true))
                                    .filter(account -> granted.test(grantsOf(namespace, account)))
                                    .isPresent());
        }
        return Optional.of(with)
                .filter(found -> found instanceof Usable usable
                        && usable.accountId().equals(accountId)
                        && granted.test(usable.grants()));
    }

    /** From now on these Secrets are followed for the resource, and those of its account for all that use it. */
    public void follow(String uid, String accountName, Set<SecretKey> own) {
        secrets.retain(uid, own);
        account(accountName)
                .ifPresent(account -> secrets.retainFirst(account.getMetadata().getUid(), AccountSecrets.all(account)));
    }

    /** The resource is gone: a Secret that only it referenced is followed no more. */
    public void forget(String uid) {
        secrets.retain(uid, Set.of());
    }

    /** Whether Secrets of namespaces other than the operator's are read at all. */
    public boolean readsLocalSecrets() {
        return scope.localSecrets();
    }

    /** What is known of a Secret that is followed. */
    public SecretState secret(SecretKey key) {
        return secrets.get(key);
    }

    /** What the account grants the namespace to deploy; everything to the operator's own. */
    public DeployGrants grantsOf(String namespace, CloudflareAccount account) {
        if (namespace.equals(scope.operatorNamespace())) {
            return DeployGrants.everything();
        }
        Map<String, String> labels = cluster.labelsOf(namespace);
        return labels.isEmpty()
                ? DeployGrants.of(List.of())
                : DeployGrants.of(account.getSpec().access().stream()
                        .filter(entry -> entry.namespaces().matches(labels))
                        .toList());
    }

    /** Credentials of an earlier time with what is granted now; those of an account that is gone or not seen yet as they were. */
    public Usable withPresentGrants(String namespace, Usable earlier) {
        return account(earlier.accountName())
                .map(account -> earlier.with(grantsOf(namespace, account)))
                .orElse(earlier);
    }

    private Optional<CloudflareAccount> account(String name) {
        return cluster.account(name).filter(account -> account.getSpec() != null);
    }

    private DeployCredentials resolve(String namespace, CloudflareAccount account) {
        SecretKey key = AccountSecrets.of(account, Surface.DEPLOY);
        SecretState state = secrets.get(key);
        Optional<SecretState.Unknown> unread = AccountSecrets.all(account).stream()
                .map(secrets::get)
                .filter(SecretState.Unknown.class::isInstance)
                .map(SecretState.Unknown.class::cast)
                // That of the runtime surface holds no more than the account's id, perhaps.
                .filter(unknown -> unknown.equals(state) || unknown.cause() == SecretState.Cause.NOT_SYNCED)
                .findFirst();
        if (unread.isPresent()) {
            return new Unusable(
                    RuntimeCredentials.Unusable.unknown(unread.get()).blocked());
        }
        if (!(state instanceof SecretState.Present present)) {
            return Unusable.waiting(
                    Reason.SecretMissing,
                    "there is no Secret " + key + ": create it with a token under " + Surface.DEPLOY.splitKey() + " or "
                            + Surface.SHARED_KEY);
        }
        TokenResolution resolution = TokenResolution.resolve(Surface.DEPLOY, SecretData.ofBytes(present.data()));
        if (resolution instanceof TokenResolution.Malformed refused) {
            return Unusable.stalled(
                    Reason.TokenMalformed,
                    "key " + refused.key() + " of Secret " + key + " holds no usable token: " + refused.reason());
        }
        if (!(resolution instanceof TokenResolution.Found found)) {
            return Unusable.stalled(
                    Reason.NotConfigured,
                    "Secret " + key + " holds no deploy token: add it under " + Surface.DEPLOY.splitKey() + " or "
                            + Surface.SHARED_KEY);
        }
        AccountId id = accountId(account);
        if (id instanceof AccountId.Malformed refused) {
            return Unusable.stalled(
                    Reason.AccountIdMalformed,
                    "key " + AccountId.KEY + " of the Secret of CloudflareAccount "
                            + account.getMetadata().getName() + " is not usable: " + refused.reason());
        }
        if (!(id instanceof AccountId.Found known)) {
            return Unusable.stalled(
                    Reason.AccountIdMissing,
                    "nothing can be deployed without the account's id: set spec.accountId of CloudflareAccount "
                            + account.getMetadata().getName() + ", or " + AccountId.KEY + " in Secret " + key);
        }
        return new Usable(
                found.token(),
                found.key(),
                "Secret " + key,
                known.id(),
                account.getMetadata().getName(),
                grantsOf(namespace, account));
    }

    /** The spec's, else that beside the deploy token, else that beside the runtime token. */
    private AccountId accountId(CloudflareAccount account) {
        Optional<String> named = account.getSpec().wantedAccountId();
        if (named.isPresent()) {
            return new AccountId.Found(named.get());
        }
        AccountId beside = accountIdIn(AccountSecrets.of(account, Surface.DEPLOY));
        return beside instanceof AccountId.Absent ? accountIdIn(AccountSecrets.of(account, Surface.RUNTIME)) : beside;
    }

    private AccountId accountIdIn(SecretKey key) {
        return secrets.get(key) instanceof SecretState.Present present
                ? AccountId.resolve(SecretData.ofBytes(present.data()))
                : new AccountId.Absent();
    }
}
