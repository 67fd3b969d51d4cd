package io.maildomain.operator.controller.watches;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.WorkerDatabase;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.kubernetes.informers.MailboxWorker;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which MailWorkers and MailSites a change concerns. Hears what {@link WatchMapper} does, and triggers a reconcile of these. */
final class DeployWatches {

    private final ResourceCache cluster;
    private final Consumer<HasMetadata> trigger;

    /** @param trigger reconciles the resource of that kind and name */
    DeployWatches(ResourceCache cluster, Consumer<HasMetadata> trigger) {
        this.cluster = cluster;
        this.trigger = trigger;
    }

    /** One that goes leaves its script and its databases to another one, and its account is used by one less. */
    void mailWorkerChanged(Change<MailWorker> change) {
        changed(change, DeployedResource::of, cluster::mailWorkersOf);
        Optional<MailWorkerSpec> now = change.is().map(MailWorker::getSpec);
        List<WorkerDatabase> left = change.was().map(MailWorker::getSpec).stream()
                .flatMap(before -> before.databases().stream())
                .filter(database ->
                        now.filter(spec -> spec.migratesAs(database)).isEmpty())
                .toList();
        String uid = change.either().getMetadata().getUid();
        if (!left.isEmpty()) {
            cluster.mailWorkers().stream()
                    .filter(other -> other.getSpec() != null
                            && left.stream().anyMatch(other.getSpec()::migratesAs)
                            && !other.getMetadata().getUid().equals(uid))
                    .forEach(trigger);
        }
    }

    /** The same of a project. */
    void mailSiteChanged(Change<MailSite> change) {
        changed(change, DeployedResource::of, cluster::mailSitesOf);
    }

    private <R extends HasMetadata> void changed(
            Change<R> change, Function<R, Optional<DeployedResource>> view, Function<String, List<R>> ofTarget) {
        Optional<DeployedResource> either = view.apply(change.either());
        if (change.comesOrGoes()) {
            either.flatMap(deployed -> cluster.account(deployed.account())).ifPresent(trigger);
        }
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> before.isMarkedForDeletion() != after.isMarkedForDeletion()
                        || !view.apply(before)
                                .map(DeployedResource::mode)
                                .equals(view.apply(after).map(DeployedResource::mode)));
        if (concerns) {
            String uid = change.either().getMetadata().getUid();
            either.stream()
                    .flatMap(deployed -> ofTarget.apply(deployed.target()).stream())
                    .filter(other -> !other.getMetadata().getUid().equals(uid))
                    .forEach(trigger);
        }
    }

    /** A Secret that one of them or its account refers to was changed, lost, or came back. */
    void secretChanged(SecretKey secret) {
        Set<String> accounts = accountsWith(secret);
        trigger(deployed -> accounts.contains(deployed.account())
                || deployed.namespace().equals(secret.namespace())
                        && deployed.secrets().contains(secret.name()));
    }

    /**
     * There is news of a token.
     *
     * @param holders the Secrets that hold it
     * @param concerned of those of accounts with these those that work with it
     */
    void tokenChanged(Set<SecretKey> holders, Predicate<DeployedResource> concerned) {
        Set<String> accounts = holders.stream()
                .flatMap(secret -> accountsWith(secret).stream())
                .collect(Collectors.toSet());
        trigger(deployed -> accounts.contains(deployed.account()) && concerned.test(deployed));
    }

    private Set<String> accountsWith(SecretKey secret) {
        return cluster.accountsWith(secret).stream()
                .map(account -> account.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    void accountChanged(Change<CloudflareAccount> change) {
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> !Objects.equals(before.getSpec(), after.getSpec()));
        if (concerns) {
            String name = change.either().getMetadata().getName();
            trigger(deployed -> deployed.account().equals(name));
        }
    }

    void namespaceChanged(Change<Namespace> change) {
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> !Objects.equals(
                        before.getMetadata().getLabels(), after.getMetadata().getLabels()));
        if (concerns) {
            String name = change.either().getMetadata().getName();
            trigger(deployed -> deployed.namespace().equals(name));
        }
    }

    /** A MailWorker that goes waits until no rule names its Worker. */
    void mailDomainChanged(Change<MailDomain> change) {
        List<String> left = change.was().map(DeployWatches::workersOf).orElse(List.of());
        List<String> now = change.is().map(DeployWatches::workersOf).orElse(List.of());
        freed(left.stream().filter(script -> !now.contains(script)));
    }

    void catchAllRuleChanged(Change<CatchAllRule> change) {
        Stream<String> left = change.was().stream().flatMap(DeployWatches::workerOf);
        List<String> now = change.is().stream().flatMap(DeployWatches::workerOf).toList();
        freed(left.filter(script -> !now.contains(script)));
    }

    /** Nor until no Mailbox does. */
    void mailboxChanged(Change<Mailbox> change) {
        Stream<String> left = change.was().stream().flatMap(before -> MailboxWorker.of(before).stream());
        Optional<String> now = change.is().flatMap(MailboxWorker::of);
        freed(left.filter(script -> now.filter(script::equals).isEmpty()));
    }

    private void freed(Stream<String> scripts) {
        scripts.distinct()
                .flatMap(script -> cluster.mailWorkersOf(script).stream())
                .filter(MailWorker::isMarkedForDeletion)
                .forEach(trigger);
    }

    private static List<String> workersOf(MailDomain domain) {
        return domain.getSpec() == null
                ? List.of()
                : domain.getSpec().rules().stream()
                        .flatMap(rule -> rule.action().wantedWorker().stream())
                        .distinct()
                        .toList();
    }

    private static Stream<String> workerOf(CatchAllRule rule) {
        return rule.getSpec() == null ? Stream.empty() : rule.getSpec().action().wantedWorker().stream();
    }

    /** They are few, and what concerns them this way is rare. */
    private void trigger(Predicate<DeployedResource> concerned) {
        cluster.deployed().filter(concerned).map(DeployedResource::resource).forEach(trigger);
    }
}
