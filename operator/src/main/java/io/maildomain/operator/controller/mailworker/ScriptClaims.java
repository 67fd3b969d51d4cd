package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of several MailWorkers deploys a script: the oldest of those that may. One that is being deleted counts until it is gone, for it
 * may delete the script.
 */
record ScriptClaims(ResourceCache cluster, DeployCredentialsResolver credentials) {

    private static final Comparator<MailWorker> AGE = Comparator.<MailWorker, String>comparing(
                    worker -> String.valueOf(worker.getMetadata().getCreationTimestamp()))
            .thenComparing(worker -> worker.getMetadata().getUid());

    /** Why this one does not; empty where it does. */
    Optional<Blocked> lost(MailWorker live, Usable with) {
        return holder(live, with)
                .filter(holder ->
                        !holder.getMetadata().getUid().equals(live.getMetadata().getUid()))
                .map(holder -> Blocked.waiting(
                        ConditionType.TARGETS_READY,
                        Reason.DeployedByAnother,
                        "an older MailWorker deploys %s: %s. Delete one of the two, or choose another spec.script"
                                .formatted(live.getSpec().script(), name(holder, live))));
    }

    private Optional<MailWorker> holder(MailWorker live, Usable with) {
        Stream<MailWorker> others = cluster.mailWorkersOf(live.getSpec().script()).stream()
                .filter(other ->
                        !other.getMetadata().getUid().equals(live.getMetadata().getUid()))
                .filter(other -> deploysThere(other, with.accountId()));
        return Stream.concat(others, Stream.of(live)).min(AGE);
    }

    /** Who may not deploy it must not keep others from it. */
    private boolean deploysThere(MailWorker other, String accountId) {
        return credentials.resolve(
                                other.getMetadata().getNamespace(),
                                other.getSpec().accountRef().name())
                        instanceof Usable usable
                && usable.accountId().equals(accountId)
                && usable.grants().worker(other.getSpec().script());
    }

    private static String name(MailWorker holder, MailWorker live) {
        String namespace = holder.getMetadata().getNamespace();
        return namespace.equals(live.getMetadata().getNamespace())
                ? holder.getMetadata().getName()
                : "one of another namespace";
    }
}
