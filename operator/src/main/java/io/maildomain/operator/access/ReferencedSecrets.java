package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.operator.kubernetes.secrets.AccountSecrets;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.Set;

/**
 * The Secrets that a MailDomain's credentials come from.
 *
 * @param own a Secret of its own namespace, followed under the MailDomain; none where it names an account
 * @param accountUid the account that it names, under which {@code ofAccount} are followed for all its users; empty where it
 *     names a Secret
 * @param ofAccount the account's Secrets
 */
public record ReferencedSecrets(Set<SecretKey> own, String accountUid, Set<SecretKey> ofAccount) {

    static final ReferencedSecrets NONE = new ReferencedSecrets(Set.of(), "", Set.of());

    public ReferencedSecrets {
        own = Set.copyOf(own);
        ofAccount = Set.copyOf(ofAccount);
    }

    static ReferencedSecrets own(SecretKey key) {
        return new ReferencedSecrets(Set.of(key), "", Set.of());
    }

    static ReferencedSecrets of(CloudflareAccount account) {
        return new ReferencedSecrets(Set.of(), account.getMetadata().getUid(), AccountSecrets.all(account));
    }
}
