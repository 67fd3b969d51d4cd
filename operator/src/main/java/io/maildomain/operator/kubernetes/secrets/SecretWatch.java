package io.maildomain.operator.kubernetes.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * One informer on one Secret, by a {@code metadata.name} field selector: RBAC that names this very Secret suffices. It tries again, with fabric8's back-off (1 s doubling to 32 s),
 * whatever the failure is.
 */
final class SecretWatch implements AutoCloseable {

    /** Called on threads of the client. */
    interface Listener {

        void present(SecretWatch from, Secret secret);

        void absent(SecretWatch from);

        void failed(SecretWatch from, Throwable failure);
    }

    private final SecretKey key;
    private final Listener listener;
    private final SharedIndexInformer<Secret> informer;

    SecretWatch(KubernetesClient client, SecretKey key, Listener listener) {
        this.key = key;
        this.listener = listener;
        informer = client.secrets()
                .inNamespace(key.namespace())
                .withName(key.name())
                .runnableInformer(0);
    }

    SecretKey key() {
        return key;
    }

    /** Does not wait for the first reading. */
    void start() {
        informer.exceptionHandler((started, failure) -> {
            listener.failed(this, failure);
            return true;
        });
        informer.addEventHandler(new Readings());
        informer.start();
    }

    boolean isEstablished() {
        return informer.isWatching();
    }

    @Override
    public void close() {
        informer.stop();
    }

    private final class Readings implements ResourceEventHandler<Secret> {

        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            // After an outage nothing may have changed, so that no other call tells that we know again.
            informer.getStore().list().stream()
                    .findFirst()
                    .ifPresentOrElse(
                            secret -> listener.present(SecretWatch.this, secret),
                            () -> listener.absent(SecretWatch.this));
        }

        @Override
        public void onAdd(Secret secret) {
            listener.present(SecretWatch.this, secret);
        }

        @Override
        public void onUpdate(Secret before, Secret secret) {
            listener.present(SecretWatch.this, secret);
        }

        @Override
        public void onDelete(Secret secret, boolean finalStateUnknown) {
            listener.absent(SecretWatch.this);
        }
    }
}
