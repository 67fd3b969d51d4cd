package io.maildomain.operator.ownership;

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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@link StatusWriter} in the API server. All is written by JSON patches that test what they rest on, which the API server
 * applies to the resource as it is then: a user who changes a label at the same time stops nothing.
 *
 * @param <R> the kind
 * @param <S> its status
 */
public final class ResourceWriter<R extends CustomResource<?, S>, S> implements StatusWriter<R, S> {

    /** Keeps a resource until what was done for it at Cloudflare is undone; the same on each of our kinds. */
    public static final String FINALIZER = "maildomain.io/finalizer";

    /** Owns {@code status.ownership} and nothing else. */
    static final String OWNERSHIP_MANAGER = "mail-domain-operator-ledger";

    /** Owns everything in the status but the ownership record. */
    static final String STATUS_MANAGER = "mail-domain-operator";

    private static final String ANNOTATIONS = "maildomain.io/";

    /** Who loses so many races in a row leaves it to the next reconcile, which those changes cause. */
    private static final int TRIES = 5;

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    /** What a patch rests on is not so any more; of these only 422 can mean something else. */
    private static final Set<Integer> OUTRUN = Set.of(CONFLICT, NOT_FOUND, UNPROCESSABLE);

    /** Refused by a policy, or too large. */
    private static final Set<Integer> REFUSALS = Set.of(400, 403, 413);

    private final KubernetesClient client;
    private final Class<R> kind;

    /** @param kind whose resources it writes */
    public ResourceWriter(KubernetesClient client, Class<R> kind) {
        this.client = client;
        this.kind = kind;
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
    public List<R> liveIn(String namespace) {
        return client.resources(kind).inNamespace(namespace).list().getItems().stream()
                .filter(resource -> resource.getSpec() != null)
                .toList();
    }

    @Override
    public R writeOwnership(R live, S ownership) {
        JsonNode next = statusOf(ownership).path(StatusPatch.OWNERSHIP);
        boolean differs = false;
        for (int tries = 1; ; tries++) {
            JsonNode now = asItIs(live)
                    .map(this::asJson)
                    .filter(found -> isAsRead(found, live))
                    .orElseThrow(() -> new OwnershipConflict(name(live), null));
            // Refused although all is as it was read: the API server encodes the record otherwise than we do.
            String patch = differs ? StatusPatch.ownershipOfVersion(now, next) : StatusPatch.ownership(now, next);
            try {
                return unlessAnnotated(live, patch(live, patch, OWNERSHIP_MANAGER));
            } catch (KubernetesClientException e) {
                if (!OUTRUN.contains(e.getCode())) {
                    throw e;
                }
                if (tries == TRIES) {
                    throw new OwnershipConflict(name(live), e);
                }
                differs = e.getCode() == UNPROCESSABLE;
            }
        }
    }

    /**
     * The patch tests no annotation: one of ours that came just before it ends the reconcile here. The record is written
     * then and no call is made, which the next reconcile understands as it understands a kill.
     */
    private R unlessAnnotated(R read, R written) {
        if (!annotationsOfOurs(written).equals(annotationsOfOurs(read))) {
            throw new OwnershipConflict(name(read), null);
        }
        return written;
    }

    /** What was decided rests on the spec, on whether it is to be deleted, on our annotations and on the ownership record. */
    private boolean isAsRead(JsonNode found, R read) {
        R now = client.getKubernetesSerialization().convertValue(found, kind);
        return Objects.equals(
                        now.getMetadata().getGeneration(), read.getMetadata().getGeneration())
                && now.isMarkedForDeletion() == read.isMarkedForDeletion()
                && annotationsOfOurs(now).equals(annotationsOfOurs(read))
                && statusOf(now.getStatus())
                        .path(StatusPatch.OWNERSHIP)
                        .equals(statusOf(read.getStatus()).path(StatusPatch.OWNERSHIP));
    }

    private static Map<String, String> annotationsOfOurs(HasMetadata resource) {
        Map<String, String> ours = new TreeMap<>();
        Optional.ofNullable(resource.getMetadata().getAnnotations())
                .orElse(Map.of())
                .forEach((name, value) -> {
                    if (name.startsWith(ANNOTATIONS)) {
                        ours.put(name, value);
                    }
                });
        return ours;
    }

    @Override
    public void writeStatus(R live, S status) {
        JsonNode tried = MissingNode.getInstance();
        KubernetesClientException refusal = null;
        for (int tries = 1; tries <= TRIES; tries++) {
            Optional<JsonNode> now = asItIs(live).map(this::asJson);
            if (now.isEmpty()) {
                return;
            }
            if (refusal != null && now.get().path("status").equals(tried)) {
                throw new StatusRefused(name(live), refusal);
            }
            try {
                patch(live, StatusPatch.status(now.get(), statusOf(status)), STATUS_MANAGER);
                return;
            } catch (KubernetesClientException e) {
                if (REFUSALS.contains(e.getCode())) {
                    throw new StatusRefused(name(live), e);
                }
                if (!OUTRUN.contains(e.getCode())) {
                    throw e;
                }
                // The same code says that the patch met another status, and that the schema will not have ours.
                refusal = e.getCode() == UNPROCESSABLE ? e : null;
                tried = now.get().path("status");
            }
        }
    }

    private R patch(R live, String patch, String manager) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(manager)
                .build();
        return client.resource(live).subresource("status").patch(context, patch);
    }

    private JsonNode statusOf(@Nullable S status) {
        return status == null ? MissingNode.getInstance() : asJson((Object) status);
    }

    private JsonNode asJson(Object value) {
        return client.getKubernetesSerialization().convertValue(value, JsonNode.class);
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

    /** False where another writer was faster and it is worth another try. */
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

    /** Unlike {@link #live}, with all that others wrote into it: a patch tests values as they stand and names places in lists. */
    private Optional<GenericKubernetesResource> asItIs(R known) {
        GenericKubernetesResource named = new GenericKubernetesResource();
        named.setMetadata(new ObjectMetaBuilder()
                .withName(known.getMetadata().getName())
                .withNamespace(known.getMetadata().getNamespace())
                .build());
        return Optional.ofNullable(client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(kind))
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

    private static String name(CustomResource<?, ?> resource) {
        return resource.getKind() + " " + resource.getMetadata().getName();
    }
}
