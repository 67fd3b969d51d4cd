package io.maildomain.operator.kubernetes.informers;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.operator.kubernetes.secrets.AccountSecrets;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.List;

/** By what each kind is found in its informer's index, MailDomains apart ({@link MailDomainIndex}). A spec can be missing. */
final class IndexKeys {

    private IndexKeys() {}

    static List<String> domainRefOf(CatchAllRule rule) {
        return rule.getSpec() == null
                ? List.of()
                : List.of(rule.getMetadata().getNamespace() + "/"
                        + rule.getSpec().domainRef().name());
    }

    static List<String> mailDomainOf(Mailbox mailbox) {
        return mailbox.getSpec() == null
                ? List.of()
                : List.of(MailDomainName.of(mailbox).toString());
    }

    static List<String> namespaceOf(Mailbox mailbox) {
        return List.of(mailbox.getMetadata().getNamespace());
    }

    static List<String> scriptOf(MailWorker worker) {
        return worker.getSpec() == null || worker.getSpec().script() == null
                ? List.of()
                : List.of(worker.getSpec().script());
    }

    static List<String> projectOf(MailSite site) {
        return site.getSpec() == null || site.getSpec().project() == null
                ? List.of()
                : List.of(site.getSpec().project());
    }

    static List<String> secretsOf(CloudflareAccount account) {
        return account.getSpec() == null
                ? List.of()
                : AccountSecrets.all(account).stream().map(SecretKey::toString).toList();
    }
}
