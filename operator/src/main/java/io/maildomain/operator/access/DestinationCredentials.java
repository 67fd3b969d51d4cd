package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.secrets.AccountSecrets;
import java.util.Optional;

/**
 * Finds the token by which a namespace's destination addresses are seen to: always the operator's token of a CloudflareAccount, for an
 * address is of the account, and only where the account lets the namespace forward to it.
 */
public final class DestinationCredentials {

    private final Scope scope;
    private final ResourceCache cluster;
    private final CredentialsResolver credentials;
    private final CredentialsResolver.Secrets secrets;

    /** Reads only what it is given: no call leaves this class. */
    public DestinationCredentials(
            Scope scope, ResourceCache cluster, CredentialsResolver credentials, CredentialsResolver.Secrets secrets) {
        this.scope = scope;
        this.cluster = cluster;
        this.credentials = credentials;
        this.secrets = secrets;
    }

    /** With what the address is seen to, from what is known by now. */
    public RuntimeCredentials resolve(String namespace, String accountName, String email) {
        if (!scope.accounts()) {
            return Unusable.stalled(
                    Reason.AccountsDisabled,
                    "this installation runs without CloudflareAccounts (--accounts=false), and a destination address is of one");
        }
        return account(accountName)
                .map(account -> resolve(namespace, account, email))
                .orElseGet(() -> Unusable.waiting(
                        Reason.AccountNotFound,
                        "there is no CloudflareAccount " + accountName + ": create it, or name another one in"
                                + " spec.accountRef"));
    }

    /** From now on the Secrets of the account are followed. */
    public void follow(String accountName) {
        account(accountName)
                .ifPresent(account -> secrets.retainFirst(account.getMetadata().getUid(), AccountSecrets.all(account)));
    }

    private RuntimeCredentials resolve(String namespace, CloudflareAccount account, String email) {
        boolean known = namespace.equals(scope.operatorNamespace())
                || !cluster.labelsOf(namespace).isEmpty();
        if (!known) {
            return Unusable.ofUnknown(namespace);
        }
        String name = account.getMetadata().getName();
        Grants grants = credentials.grantsOf(namespace, account);
        if (!grants.destination(email)) {
            return Unusable.stalled(
                    Reason.AccessDenied,
                    "CloudflareAccount " + name + " does not let namespace " + namespace + " forward to " + email
                            + ": ask for it in forwardTo of an entry of its spec.access");
        }
        String accountId = account.getSpec().wantedAccountId().orElse("");
        RuntimeCredentials found = CredentialsResolver.read(
                secrets.get(AccountSecrets.of(account, Surface.RUNTIME)),
                AccountSecrets.of(account, Surface.RUNTIME),
                accountId,
                name,
                grants);
        return found instanceof Usable usable && usable.accountId().isEmpty()
                ? Unusable.stalled(
                        Reason.AccountIdMissing,
                        "a destination address needs the account's id: set spec.accountId of CloudflareAccount " + name
                                + ", or CLOUDFLARE_ACCOUNT_ID in " + usable.tokenSource())
                : found;
    }

    private Optional<CloudflareAccount> account(String name) {
        return cluster.account(name).filter(account -> account.getSpec() != null);
    }
}
