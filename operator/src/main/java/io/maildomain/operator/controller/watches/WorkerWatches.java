package io.maildomain.operator.controller.watches;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.OciSource;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which MailWorkers a change concerns. Hears what {@link WatchMapper} does, and triggers a reconcile of these. */
final class WorkerWatches {

    private final ResourceCache cluster;
    private final Consumer<HasMetadata> trigger;

    /** @param trigger reconciles the resource of that kind and name */
    WorkerWatches(ResourceCache cluster, Consumer<HasMetadata> trigger) {
        this.cluster = cluster;
        this.trigger = trigger;
    }

    /** One that goes leaves its script to another one, and its account is used by one less. */
    void mailWorkerChanged(Change<MailWorker> change) {
        MailWorker either = change.either();
        if (change.comesOrGoes()) {
            accountOf(either).ifPresent(trigger);
        }
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> before.isMarkedForDeletion() != after.isMarkedForDeletion());
        if (concerns && either.getSpec() != null) {
            cluster.mailWorkersOf(either.getSpec().script()).stream()
                    .filter(other -> !other.getMetadata()
                            .getUid()
                            .equals(either.getMetadata().getUid()))
                    .forEach(trigger);
        }
    }

    private Optional<CloudflareAccount> accountOf(MailWorker worker) {
        return worker.getSpec() == null
                ? Optional.empty()
                : cluster.account(worker.getSpec().accountRef().name());
    }

    /** A Secret that a MailWorker or its account refers to was changed, lost, or came back. */
    void secretChanged(SecretKey secret) {
        Set<String> accounts = accountsWith(secret);
        trigger(worker -> accounts.contains(worker.getSpec().accountRef().name())
                || worker.getMetadata().getNamespace().equals(secret.namespace())
                        && ownSecrets(worker.getSpec()).anyMatch(secret.name()::equals));
    }

    /**
     * There is news of a token.
     *
     * @param holders the Secrets that hold it
     * @param concerned of the MailWorkers of accounts with these those that work with it
     */
    void tokenChanged(Set<SecretKey> holders, Predicate<MailWorker> concerned) {
        Set<String> accounts = holders.stream()
                .flatMap(secret -> accountsWith(secret).stream())
                .collect(Collectors.toSet());
        trigger(worker -> accounts.contains(worker.getSpec().accountRef().name()) && concerned.test(worker));
    }

    private Set<String> accountsWith(SecretKey secret) {
        return cluster.accountsWith(secret).stream()
                .map(account -> account.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static Stream<String> ownSecrets(MailWorkerSpec spec) {
        return Stream.concat(
                spec.secrets().stream().map(secret -> secret.valueFrom().name()),
                spec.source().wantedOci().flatMap(OciSource::wantedPullSecret).map(LocalSecretRef::name).stream());
    }

    void accountChanged(Change<CloudflareAccount> change) {
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> !Objects.equals(before.getSpec(), after.getSpec()));
        if (concerns) {
            String name = change.either().getMetadata().getName();
            trigger(worker -> worker.getSpec().accountRef().name().equals(name));
        }
    }

    void namespaceChanged(Change<Namespace> change) {
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> !Objects.equals(
                        before.getMetadata().getLabels(), after.getMetadata().getLabels()));
        if (concerns) {
            String name = change.either().getMetadata().getName();
            trigger(worker -> worker.getMetadata().getNamespace().equals(name));
        }
    }

    /** One that goes waits until no rule names its Worker. */
    void mailDomainChanged(Change<MailDomain> change) {
        List<String> left = change.was().map(WorkerWatches::workersOf).orElse(List.of());
        List<String> now = change.is().map(WorkerWatches::workersOf).orElse(List.of());
        freed(left.stream().filter(script -> !now.contains(script)));
    }

    void catchAllRuleChanged(Change<CatchAllRule> change) {
        Stream<String> left = change.was().stream().flatMap(WorkerWatches::workerOf);
        List<String> now = change.is().stream().flatMap(WorkerWatches::workerOf).toList();
        freed(left.filter(script -> !now.contains(script)));
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

    /** MailWorkers are few, and what concerns them this way is rare. */
    private void trigger(Predicate<MailWorker> concerned) {
        cluster.mailWorkers().stream()
                .filter(worker -> worker.getSpec() != null)
                .filter(concerned)
                .forEach(trigger);
    }
}
