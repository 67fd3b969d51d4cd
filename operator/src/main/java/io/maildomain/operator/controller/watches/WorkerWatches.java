package io.maildomain.operator.controller.watches;

import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.OciSource;
import io.maildomain.operator.kubernetes.informers.MailWorkerCache;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hears what changes, and triggers a reconcile of the MailWorkers that it concerns. */
public final class WorkerWatches implements ResourceListener {

    private final TriggerEventSource<MailWorker> mailWorkers = new TriggerEventSource<>(MailWorker.class);
    private final MailWorkerCache workers;
    private final ResourceCache cluster;

    /** @param cluster tells which accounts name a Secret */
    public WorkerWatches(MailWorkerCache workers, ResourceCache cluster) {
        this.workers = workers;
        this.cluster = cluster;
    }

    /** The event source of the MailWorker controller. */
    public TriggerEventSource<MailWorker> mailWorkers() {
        return mailWorkers;
    }

    /** One that goes, or leaves its script, leaves it to another one. */
    public void mailWorkerChanged(Change<MailWorker> change) {
        MailWorker either = change.either();
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> before.isMarkedForDeletion() != after.isMarkedForDeletion());
        if (concerns && either.getSpec() != null) {
            workers.ofScript(either.getSpec().script()).stream()
                    .filter(other -> !other.getMetadata()
                            .getUid()
                            .equals(either.getMetadata().getUid()))
                    .forEach(mailWorkers::trigger);
        }
    }

    /** A Secret that a MailWorker or its account refers to was changed, lost, or came back. */
    public void secretChanged(SecretKey secret) {
        Set<String> accounts = cluster.accountsWith(secret).stream()
                .map(account -> account.getMetadata().getName())
                .collect(Collectors.toSet());
        trigger(worker -> accounts.contains(worker.getSpec().accountRef().name())
                || worker.getMetadata().getNamespace().equals(secret.namespace())
                        && ownSecrets(worker.getSpec()).anyMatch(secret.name()::equals));
    }

    private static Stream<String> ownSecrets(MailWorkerSpec spec) {
        return Stream.concat(
                spec.secrets().stream().map(secret -> secret.valueFrom().name()),
                spec.source().wantedOci().flatMap(OciSource::wantedPullSecret).map(LocalSecretRef::name).stream());
    }

    @Override
    public void accountChanged(Change<CloudflareAccount> change) {
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> !Objects.equals(before.getSpec(), after.getSpec()));
        if (concerns) {
            String name = change.either().getMetadata().getName();
            trigger(worker -> worker.getSpec().accountRef().name().equals(name));
        }
    }

    @Override
    public void namespaceChanged(Change<Namespace> change) {
        boolean concerns = change.comesOrGoes()
                || change.differs((before, after) -> !Objects.equals(
                        before.getMetadata().getLabels(), after.getMetadata().getLabels()));
        if (concerns) {
            String name = change.either().getMetadata().getName();
            trigger(worker -> worker.getMetadata().getNamespace().equals(name));
        }
    }

    /** One that goes waits until no rule names its Worker. */
    @Override
    public void mailDomainChanged(Change<MailDomain> change) {
        List<String> left = change.was().map(WorkerWatches::workersOf).orElse(List.of());
        List<String> now = change.is().map(WorkerWatches::workersOf).orElse(List.of());
        freed(left.stream().filter(script -> !now.contains(script)));
    }

    @Override
    public void catchAllRuleChanged(Change<CatchAllRule> change) {
        Stream<String> left = change.was().stream().flatMap(WorkerWatches::workerOf);
        List<String> now = change.is().stream().flatMap(WorkerWatches::workerOf).toList();
        freed(left.filter(script -> !now.contains(script)));
    }

    private void freed(Stream<String> scripts) {
        scripts.distinct()
                .flatMap(script -> workers.ofScript(script).stream())
                .filter(MailWorker::isMarkedForDeletion)
                .forEach(mailWorkers::trigger);
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
        workers.mailWorkers().stream()
                .filter(worker -> worker.getSpec() != null)
                .filter(concerned)
                .forEach(mailWorkers::trigger);
    }
}
