package io.maildomain.operator.controller.secrets;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.ReferencedSecrets;
import io.maildomain.operator.controller.secrets.plan.Need;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.secrets.AccountSecrets;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.ownership.ResourceWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which MailDomains need which Secret: those that have something to undo, by their finalizer or by the record that they left. One that its account denies needs none, nor is the deploy token
 * needed for anything.
 */
public final class SecretNeeds {

    private final ResourceCache cluster;
    private final CredentialsResolver credentials;
    private final Predicate<String> departed;

    /** Reads nothing yet.
     *
     * @param departed whether a MailDomain of that UID is gone and has left a record */
    public SecretNeeds(ResourceCache cluster, CredentialsResolver credentials, Predicate<String> departed) {
        this.cluster = cluster;
        this.credentials = credentials;
        this.departed = departed;
    }

    Map<SecretKey, List<Need>> all() {
        Map<SecretKey, List<Need>> needs = new TreeMap<>();
        cluster.mailDomains().stream().filter(this::hasSomethingToUndo).forEach(domain -> {
            Need need = new Need(
                    domain.getMetadata().getNamespace() + "/"
                            + domain.getMetadata().getName(),
                    isGoing(domain));
            secrets(domain).forEach(key -> needs.computeIfAbsent(key, none -> new ArrayList<>())
                    .add(need));
        });
        return needs;
    }

    private boolean hasSomethingToUndo(MailDomain domain) {
        return domain.getSpec() != null
                && (domain.hasFinalizer(ResourceWriter.FINALIZER)
                        || departed.test(domain.getMetadata().getUid()));
    }

    private boolean isGoing(MailDomain domain) {
        return domain.isMarkedForDeletion()
                || cluster
                        .catchAllRulesOf(
                                domain.getMetadata().getNamespace(),
                                domain.getMetadata().getName())
                        .stream()
                        .anyMatch(SecretNeeds::isUndone);
    }

    private static boolean isUndone(CatchAllRule rule) {
        return rule.isMarkedForDeletion() && rule.hasFinalizer(ResourceWriter.FINALIZER);
    }

    private Stream<SecretKey> secrets(MailDomain domain) {
        ReferencedSecrets references = credentials.references(domain);
        if (references.accountUid().isEmpty()) {
            return references.own().stream();
        }
        return cluster.account(domain.getSpec().credentials().accountRef().name()).stream()
                .map(account -> AccountSecrets.of(account, Surface.RUNTIME));
    }
}
