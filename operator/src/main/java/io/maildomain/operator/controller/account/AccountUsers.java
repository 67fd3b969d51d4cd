package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailWorker;
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

    /** The MailWorkers that do. */
    static Stream<MailWorker> deployedWith(CloudflareAccount account, ResourceCache cluster) {
        return cluster.mailWorkers().stream()
                .filter(worker -> worker.getSpec() != null
                        && worker.getSpec()
                                .accountRef()
                                .name()
                                .equals(account.getMetadata().getName()));
    }
}
