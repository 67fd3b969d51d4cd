package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.kubernetes.informers.MailDomainIndex;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import java.util.stream.Stream;

/** Who names an account. */
final class AccountUsers {

    private AccountUsers() {}

    /** The MailDomains that do. */
    static Stream<MailDomain> of(CloudflareAccount account, ResourceCache cluster) {
        return cluster
                .mailDomains(MailDomainIndex.ACCOUNT, account.getMetadata().getName())
                .stream();
    }

    /** What is deployed with its token. */
    static Stream<DeployedResource> deployedWith(CloudflareAccount account, ResourceCache cluster) {
        return cluster.deployed().filter(deployed -> deployed.account()
                .equals(account.getMetadata().getName()));
    }
}
