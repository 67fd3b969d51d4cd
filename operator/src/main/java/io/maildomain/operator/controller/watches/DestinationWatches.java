package io.maildomain.operator.controller.watches;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Which DestinationAddresses look again because a Secret, an account or a namespace changed. */
record DestinationWatches(ResourceCache cluster, Consumer<HasMetadata> trigger) {

    /** A Secret of an account was changed, lost, or came back. */
    void secretChanged(SecretKey secret) {
        cluster.accountsWith(secret)
                .forEach(account -> wake(of(account.getMetadata().getName())));
    }

    /** An account came, went, or grants something else. */
    void accountChanged(Change<CloudflareAccount> change) {
        if (change.comesOrGoes()
                || change.differs((before, after) -> !Objects.equals(before.getSpec(), after.getSpec()))) {
            wake(of(change.either().getMetadata().getName()));
        }
    }

    /** A namespace came, went, or has other labels, by which access is granted. */
    void namespaceChanged(Change<Namespace> change) {
        if (change.comesOrGoes()
                || change.differs((before, after) -> !Objects.equals(
                        before.getMetadata().getLabels(), after.getMetadata().getLabels()))) {
            String name = change.either().getMetadata().getName();
            wake(destination -> name.equals(destination.getMetadata().getNamespace()));
        }
    }

    private void wake(Predicate<DestinationAddress> concerned) {
        cluster.destinationAddresses().stream().filter(concerned).forEach(trigger);
    }

    private static Predicate<DestinationAddress> of(String account) {
        return destination -> destination.getSpec() != null
                && account.equals(destination.getSpec().accountRef().name());
    }
}
