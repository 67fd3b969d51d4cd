package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.kubernetes.informers.MailDomainIndex;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import java.util.stream.Stream;

/** The MailDomains that name an account. */
final class AccountUsers {

    private AccountUsers() {}

    static Stream<MailDomain> of(CloudflareAccount account, ResourceCache cluster) {
        return cluster
                .mailDomains(MailDomainIndex.ACCOUNT, account.getMetadata().getName())
                .stream();
    }
}
