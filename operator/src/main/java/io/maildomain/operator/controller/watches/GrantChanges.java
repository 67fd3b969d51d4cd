package io.maildomain.operator.controller.watches;

import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.kubernetes.informers.MailDomainIndex;
import io.maildomain.operator.kubernetes.informers.Pruning;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener;
import io.maildomain.operator.kubernetes.secrets.AccountSecrets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whose token or grants change with an account or a namespace: nothing else of them concerns a MailDomain. Pure. */
record GrantChanges(ResourceCache cluster, DependencyIndex references) {

    /** Those whose token or grants changed with the account, or whom an annotation of it concerns. */
    List<MailDomain> concernedByAccount(ResourceListener.Change<CloudflareAccount> change) {
        return references.mailDomainsOf(change.either()).stream()
                .filter(domain -> change.comesOrGoes()
                        || change.differs(
                                (before, after) -> !basis(domain, before).equals(basis(domain, after))))
                .toList();
    }

    private List<Object> basis(MailDomain domain, CloudflareAccount account) {
        if (account.getSpec() == null) {
            return List.of();
        }
        Map<String, String> annotations = new TreeMap<>(
                Optional.ofNullable(account.getMetadata().getAnnotations()).orElse(Map.of()));
        annotations.keySet().removeIf(name -> !name.startsWith(Pruning.OURS));
        return List.of(
                AccountSecrets.all(account),
                account.getSpec().wantedAccountId(),
                annotations,
                granted(account, cluster.labelsOf(domain.getMetadata().getNamespace())));
    }

    /** Those whose grants changed with the namespace's labels: a label that nothing depends on concerns none. */
    List<MailDomain> concernedByNamespace(ResourceListener.Change<Namespace> change) {
        Map<String, String> before = change.was().map(GrantChanges::labels).orElse(Map.of());
        Map<String, String> after = change.is().map(GrantChanges::labels).orElse(Map.of());
        return mailDomainsIn(change.either()).stream()
                .filter(domain -> references
                        .accountOf(domain)
                        .filter(account -> !granted(account, before).equals(granted(account, after)))
                        .isPresent())
                .toList();
    }

    private static Map<String, String> labels(Namespace namespace) {
        return Optional.ofNullable(namespace.getMetadata().getLabels()).orElse(Map.of());
    }

    private static List<AccessGrant> granted(CloudflareAccount account, Map<String, String> labels) {
        return account.getSpec() == null || labels.isEmpty()
                ? List.of()
                : account.getSpec().access().stream()
                        .filter(entry -> entry.namespaces().matches(labels))
                        .toList();
    }

    private List<MailDomain> mailDomainsIn(Namespace namespace) {
        return cluster.mailDomains(
                MailDomainIndex.NAMESPACE, namespace.getMetadata().getName());
    }
}
