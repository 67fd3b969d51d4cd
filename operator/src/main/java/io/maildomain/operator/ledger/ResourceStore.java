package io.maildomain.operator.ledger;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The {@link StatusStore} in the API server: everything is written by server-side apply.
 *
 * @param <R> the kind
 * @param <S> its status
 */
public final class ResourceStore<R extends CustomResource<?, S>, S> implements StatusStore<R, S> {

    /** Owns {@code status.ownership} and nothing else. */
    static final String LEDGER_MANAGER = "mail-domain-operator-ledger";

    /** Owns everything in the status but the ledger. */
    static final String STATUS_MANAGER = "mail-domain-operator";

    /** A status that loses so many races in a row is said by the next reconcile, which those changes cause. */
    private static final int ATTEMPTS = 5;

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final Supplier<R> empty;

    /** @param empty makes an object of the kind without any field set */
    public ResourceStore(KubernetesClient client, Supplier<R> empty) {
        this.client = client;
        this.empty = empty;
    }

    @Override
    public Optional<R> live(R known) {
        R found = client.resource(known).get();
        return Optional.ofNullable(found)
                .filter(resource -> resource.getMetadata()
                        .getUid()
                        .equals(known.getMetadata().getUid()))
                .filter(resource -> resource.getSpec() != null);
    }

    @Override
    public R writeLedger(R live, S ledger) {
        R body = body(live, ledger);
        body.getMetadata().setResourceVersion(live.getMetadata().getResourceVersion());
        try {
            return apply(body, LEDGER_MANAGER);
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT || e.getCode() == NOT_FOUND) {
                throw new LedgerConflict(name(live), e);
            }
            throw e;
        }
    }

    @Override
    public void writeStatus(R live, S status) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // Read anew: the API server does not compare the UID of a status, so another resource of the name would get
            // it.
            Optional<R> now = live(live);
            if (now.isEmpty() || applied(now.get(), status)) {
                return;
            }
        }
    }

    private boolean applied(R now, S status) {
        R body = body(now, status);
        body.getMetadata().setResourceVersion(now.getMetadata().getResourceVersion());
        try {
            apply(body, STATUS_MANAGER);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND || e.getCode() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private R apply(R body, String manager) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(true)
                .build();
        return client.resource(body).subresource("status").patch(context);
    }

    /** A fresh object: the one that was read would make us owner of all its fields. */
    private R body(R live, S status) {
        R body = empty.get();
        body.setMetadata(new ObjectMetaBuilder()
                .withName(live.getMetadata().getName())
                .withNamespace(live.getMetadata().getNamespace())
                .withUid(live.getMetadata().getUid())
                .build());
        body.setStatus(status);
        return body;
    }

    private static String name(CustomResource<?, ?> resource) {
        return resource.getKind() + " " + resource.getMetadata().getName();
    }
}
