package io.maildomain.operator.kubernetes.secrets;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.SecretRef;
import io.maildomain.operator.credentials.Surface;
import java.util.List;
import java.util.Set;

/** The Secrets that an account names. */
public final class AccountSecrets {

    private AccountSecrets() {}

    /** The Secret of one surface. */
    public static SecretKey of(CloudflareAccount account, Surface surface) {
        SecretRef ref = surface == Surface.RUNTIME
                ? account.getSpec().secretRef()
                : account.getSpec().deploySecret();
        return new SecretKey(ref.namespace(), ref.name());
    }

    /** The Secrets of both surfaces; often one and the same. */
    public static Set<SecretKey> all(CloudflareAccount account) {
        return Set.copyOf(List.of(of(account, Surface.RUNTIME), of(account, Surface.DEPLOY)));
    }
}
