package io.maildomain.operator.kubernetes.secrets;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The finalizer of this installation on Secrets. Each installation has one of its own, so that none takes off what another one needs. Written by JSON patches that name the object and the place that
 * they change and nothing else, so that no write of a user's is lost.
 */
public final class SecretFinalizer {

    /** What the finalizers of all installations begin with. */
    public static final String PREFIX = "maildomain.io/needed-by-";

    /** Kubernetes' limit for what comes after the slash, less {@code needed-by-}. */
    private static final int LONGEST_ID = 53;

    private static final int UNPROCESSABLE = 422;

    /** What the patch rests on is not so any more. */
    private static final Set<Integer> OUTRUN =
            Set.of(HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND, UNPROCESSABLE);

    private final KubernetesClient client;
    private final String name;

    /** @param ownerId of the installation */
    public SecretFinalizer(KubernetesClient client, String ownerId) {
        this.client = client;
        this.name = PREFIX
                + (ownerId.length() <= LONGEST_ID
                        ? ownerId
                        : UUID.nameUUIDFromBytes(ownerId.getBytes(StandardCharsets.UTF_8))
                                .toString());
    }

    /** As it stands in the Secret. */
    public String name() {
        return name;
    }

    /** The Secret as the API server has it; empty where there is none. */
    public Optional<Secret> read(SecretKey key) {
        return Optional.ofNullable(client.secrets()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get());
    }

    /** Whether the Secret, as it was read, has it. */
    public boolean isOn(Secret read) {
        return read.hasFinalizer(name);
    }

    /** Those of a name that have the finalizer, in all namespaces: by the name, so that no other Secret is read. */
    public Stream<SecretKey> everywhere(String secretName) {
        return client.secrets().inAnyNamespace().withField("metadata.name", secretName).list().getItems().stream()
                .filter(this::isOn)
                .map(secret -> new SecretKey(secret.getMetadata().getNamespace(), secretName));
    }

    /** @return false where the Secret has changed since it was read */
    public boolean putOn(Secret read) {
        boolean first = Optional.ofNullable(read.getMetadata().getFinalizers())
                .orElse(List.of())
                .isEmpty();
        String add = first
                ? "{\"op\": \"add\", \"path\": \"/metadata/finalizers\", \"value\": [\"%s\"]}".formatted(name)
                : "{\"op\": \"add\", \"path\": \"/metadata/finalizers/-\", \"value\": \"%s\"}".formatted(name);
        return patch(read, """
                [{"op": "test", "path": "/metadata/uid", "value": "%s"},
                 {"op": "test", "path": "/metadata/resourceVersion", "value": "%s"},
                 %s]
                """.formatted(
                        read.getMetadata().getUid(), read.getMetadata().getResourceVersion(), add));
    }

    /** @return false where the Secret has changed since it was read */
    public boolean takeOff(Secret read) {
        String place =
                "/metadata/finalizers/" + read.getMetadata().getFinalizers().indexOf(name);
        return patch(read, """
                [{"op": "test", "path": "/metadata/uid", "value": "%s"},
                 {"op": "test", "path": "%s", "value": "%s"},
                 {"op": "remove", "path": "%s"}]
                """.formatted(read.getMetadata().getUid(), place, name, place));
    }

    private boolean patch(Secret read, String patch) {
        try {
            client.secrets()
                    .inNamespace(read.getMetadata().getNamespace())
                    .withName(read.getMetadata().getName())
                    .patch(PatchContext.of(PatchType.JSON), patch);
            return true;
        } catch (KubernetesClientException refused) {
            if (OUTRUN.contains(refused.getCode())) {
                return false;
            }
            throw refused;
        }
    }
}
