package io.maildomain.operator.controller.source;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.maildomain.api.v1alpha1.ArtifactKind;
import io.maildomain.operator.sources.SourceException;
import io.maildomain.operator.sources.SourceException.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link SourceObjects} of a cluster. */
public final class ClusterSourceObjects implements SourceObjects {

    private static final int FORBIDDEN = 403;
    private static final String FLUX = "source.toolkit.fluxcd.io";

    private final KubernetesClient client;

    public ClusterSourceObjects(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
        return read("ConfigMap " + name, () -> client.configMaps()
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(ClusterSourceObjects::files);
    }

    /** What RBAC forbids and an API server that fails are findings about the source, like those of a registry. */
    private static <T> Optional<T> read(String what, Supplier<@Nullable T> get) {
        try {
            return Optional.ofNullable(get.get());
        } catch (KubernetesClientException e) {
            throw e.getCode() == FORBIDDEN
                    ? new SourceException(
                            Problem.ACCESS_DENIED, "the operator may not read " + what + ": give it the right to", e)
                    : new SourceException(Problem.UNAVAILABLE, what + " cannot be read from the API server", e);
        }
    }

    private static Map<String, byte[]> files(ConfigMap found) {
        Map<String, byte[]> files = new HashMap<>();
        Objects.requireNonNullElse(found.getData(), Map.<String, String>of())
                .forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
        Objects.requireNonNullElse(found.getBinaryData(), Map.<String, String>of())
                .forEach((name, base64) -> files.put(name, Base64.getDecoder().decode(base64)));
        return files;
    }

    @Override
    public Optional<Offer> artifact(String namespace, ArtifactKind kind, String name) {
        return read(kind + " " + name, () -> client.genericKubernetesResources(context(kind))
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(source -> new Offer(text(source, "url"), text(source, "digest"), text(source, "revision")));
    }

    private static ResourceDefinitionContext context(ArtifactKind kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(FLUX)
                .withVersion("v1")
                .withKind(kind.name())
                .withPlural(
                        kind == ArtifactKind.OCIRepository
                                ? "ocirepositories"
                                : kind == ArtifactKind.GitRepository
                                        ? "gitrepositories"
                                        : kind.name().toLowerCase(Locale.ROOT) + "s")
                .withNamespaced(true)
                .build();
    }

    private static String text(GenericKubernetesResource source, String field) {
        Object value = source.get("status", "artifact", field);
        return value instanceof String text ? text : "";
    }
}
