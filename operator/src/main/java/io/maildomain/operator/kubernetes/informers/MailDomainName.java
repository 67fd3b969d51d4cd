package io.maildomain.operator.kubernetes.informers;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mailbox;

/** What a Mailbox knows its MailDomain by. There may be none of that name. */
public record MailDomainName(String namespace, String name) {

    /** The MailDomain that the Mailbox names. */
    public static MailDomainName of(Mailbox mailbox) {
        return new MailDomainName(
                mailbox.getSpec()
                        .domainRef()
                        .wantedNamespace()
                        .orElse(mailbox.getMetadata().getNamespace()),
                mailbox.getSpec().domainRef().name());
    }

    /** That of a MailDomain. */
    public static MailDomainName of(MailDomain domain) {
        return new MailDomainName(
                domain.getMetadata().getNamespace(), domain.getMetadata().getName());
    }

    /** What people write, {@code namespace/name}. */
    public static MailDomainName parse(String text) {
        int slash = text.indexOf('/');
        return new MailDomainName(text.substring(0, slash), text.substring(slash + 1));
    }

    /** As people write it. */
    @Override
    public String toString() {
        return MailDomainIndex.key(namespace, name);
    }
}
