package io.maildomain.operator.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The {@link StatusStore} in the API server: everything is written by server-side apply; a ledger that somebody else wrote
 * into is replaced as a whole.
 *
 * @param <R> the kind
 * @param <S> its status
 */
public final class ResourceStore<R extends CustomResource<?, S>, S> implements StatusStore<R, S> {

    /** Keeps a resource until what was done for it at Cloudflare is undone; the same on each of our kinds. */
    public static final String FINALIZER = "maildomain.io/finalizer";

    /** Owns {@code status.ownership} and nothing else. */
    static final String LEDGER_MANAGER = "mail-domain-operator-ledger";

    /** Owns everything in the status but the ledger. */
    static final String STATUS_MANAGER = "mail-domain-operator";

    /** A status that loses so many races in a row is said by the next reconcile, which those changes cause. */
    private static final int ATTEMPTS = 5;

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    private static final int TRIES = 5;

    /** Invalid by the schema or by a policy, or too large. */
    private static final Set<Integer> REFUSALS = Set.of(400, 403, 413, UNPROCESSABLE);

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
            R written = apply(body, LEDGER_MANAGER);
            return isSameLedger(written, body) ? written : replaceLedger(written, ledgerOf(body));
        } catch (KubernetesClientException e) {
            if (e.getCode() == UNPROCESSABLE) {
                return replaceLedger(live, ledgerOf(body));
            }
            throw outrun(live, e);
        }
    }

    /** Fields that somebody else has written too stay through an apply; what we have to say replaces them. */
    private R replaceLedger(R live, JsonNode ledger) {
        String version = live.getMetadata().getResourceVersion();
        String change = ledger.isMissingNode()
                ? "{\"op\": \"remove\", \"path\": \"/status/ownership\"}"
                : "{\"op\": \"add\", \"path\": \"/status/ownership\", \"value\": " + ledger + "}";
        String patch = "[{\"op\": \"test\", \"path\": \"/metadata/resourceVersion\", \"value\": \"" + version + "\"}, "
                + change + "]";
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(LEDGER_MANAGER)
                .build();
        try {
            return client.resource(live).subresource("status").patch(context, patch);
        } catch (KubernetesClientException e) {
            throw outrun(live, e);
        }
    }

    private RuntimeException outrun(R live, KubernetesClientException e) {
        boolean outrun = Set.of(CONFLICT, NOT_FOUND, UNPROCESSABLE).contains(e.getCode());
        return outrun ? new LedgerConflict(name(live), e) : e;
    }

    private boolean isSameLedger(CustomResource<?, ?> one, CustomResource<?, ?> other) {
        return ledgerOf(one).equals(ledgerOf(other));
    }

    private JsonNode ledgerOf(CustomResource<?, ?> resource) {
        JsonNode status = client.getKubernetesSerialization().convertValue(resource.getStatus(), JsonNode.class);
        JsonNode ledger = status.path("ownership");
        return ledger.isNull() ? MissingNode.getInstance() : ledger;
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

    /**
     * The SDK's own way of taking a finalizer off fails for good once the status was written during the clean-up (it
     * diffs against what it read before), so this is one JSON patch that tests what it changes.
     */
    @Override
    public void release(R known) {
        boolean released = false;
        for (int tries = 1; !released; tries++) {
            released = releasedNow(known, tries == TRIES);
        }
    }

    /** False where somebody was faster and it is worth another try. */
    private boolean releasedNow(R known, boolean lastTry) {
        Optional<GenericKubernetesResource> live = asItIs(known).filter(resource -> resource.hasFinalizer(FINALIZER));
        if (live.isEmpty()) {
            return true;
        }
        try {
            client.resource(known).patch(PatchContext.of(PatchType.JSON), withoutFinalizer(live.get()));
            return true;
        } catch (KubernetesClientException e) {
            boolean outrun = e.getCode() == CONFLICT || e.getCode() == UNPROCESSABLE;
            if (e.getCode() != NOT_FOUND && (lastTry || !outrun)) {
                throw e;
            }
            return e.getCode() == NOT_FOUND;
        }
    }

    /** Unlike {@link #live}, with the finalizers of others: the patch names ours by its place among them. */
    private Optional<GenericKubernetesResource> asItIs(R known) {
        GenericKubernetesResource named = new GenericKubernetesResource();
        named.setMetadata(new ObjectMetaBuilder()
                .withName(known.getMetadata().getName())
                .withNamespace(known.getMetadata().getNamespace())
                .build());
        return Optional.ofNullable(
                        client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(known.getClass()))
                                .resource(named)
                                .get())
                .filter(resource -> resource.getMetadata()
                        .getUid()
                        .equals(known.getMetadata().getUid()));
    }

    private static String withoutFinalizer(HasMetadata live) {
        String path =
                "/metadata/finalizers/" + live.getMetadata().getFinalizers().indexOf(FINALIZER);
        return """
                [{"op": "test", "path": "/metadata/uid", "value": "%s"},
                 {"op": "test", "path": "%s", "value": "%s"},
                 {"op": "remove", "path": "%s"}]
                """.formatted(live.getMetadata().getUid(), path, FINALIZER, path);
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
            throw REFUSALS.contains(e.getCode()) ? new StatusRefused(name(now), e) : e;
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
