package io.maildomain.operator.controller.source;

import io.maildomain.api.v1alpha1.ArtifactKind;
import java.util.Map;
import java.util.Optional;

/** The objects of a namespace that files come from, as the API server has them now. */
public interface SourceObjects {

    /** What a ConfigMap holds, texts and bytes, by key; empty where there is none of that name. */
    Optional<Map<String, byte[]>> configMap(String namespace, String name);

    /** What a source of Flux offers; empty where there is no such source, or it is not known in this cluster. */
    Optional<Offer> artifact(String namespace, ArtifactKind kind, String name);

    /**
     * What stands in {@code status.artifact}.
     *
     * @param url empty where it offers nothing yet
     */
    record Offer(String url, String digest, String revision) {}
}
