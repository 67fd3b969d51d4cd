package io.maildomain.operator.controller.secrets;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.access.ReferencedSecrets;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.secrets.plan.Need;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
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
 * Which resources need which Secret: MailDomains that have something to undo, by their finalizer or by the record that they left, need that of the runtime token; MailWorkers and MailSites whose
 * Worker or project is to be deleted with them, that of the deploy token. One that its account denies needs none.
 */
public final class SecretNeeds {

    private final ResourceCache cluster;
    private final CredentialsResolver credentials;
    private final DeployCredentialsResolver deploying;
    private final Predicate<String> departed;

    /** Reads nothing yet.
     *
     * @param departed whether a MailDomain of that UID is gone and has left a record */
    public SecretNeeds(
            ResourceCache cluster,
            CredentialsResolver credentials,
            DeployCredentialsResolver deploying,
            Predicate<String> departed) {
        this.cluster = cluster;
        this.credentials = credentials;
        this.deploying = deploying;
        this.departed = departed;
    }

    Map<SecretKey, List<Need>> all() {
        Map<SecretKey, List<Need>> needs = new TreeMap<>();
        cluster.mailDomains().stream().filter(this::hasSomethingToUndo).forEach(domain -> {
            Need need = new Need(ChangeLog.nameOf(domain), isGoing(domain));
            secrets(domain).forEach(key -> needs.computeIfAbsent(key, none -> new ArrayList<>())
                    .add(need));
        });
        cluster.deployed().filter(SecretNeeds::isUndone).forEach(deployed -> {
            Need need = new Need(
                    ChangeLog.nameOf(deployed.resource()), deployed.resource().isMarkedForDeletion());
            secrets(deployed).forEach(key -> needs.computeIfAbsent(key, none -> new ArrayList<>())
                    .add(need));
        });
        return needs;
    }

    /** With the other policy nothing is undone, and no token needed. */
    private static boolean isUndone(DeployedResource deployed) {
        return deployed.deletionPolicy() == DeletionPolicy.Delete
                && deployed.resource().hasFinalizer(ResourceWriter.FINALIZER);
    }

    /** That of the runtime token may hold the account's id, without which nothing can be deleted. */
    private Stream<SecretKey> secrets(DeployedResource deployed) {
        return cluster.account(deployed.account()).stream()
                .filter(account -> account.getSpec() != null)
                .filter(account ->
                        deploying.grantsOf(deployed.namespace(), account).target(deployed))
                .flatMap(account -> account.getSpec().wantedAccountId().isPresent()
                        ? Stream.of(AccountSecrets.of(account, Surface.DEPLOY))
                        : AccountSecrets.all(account).stream());
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
