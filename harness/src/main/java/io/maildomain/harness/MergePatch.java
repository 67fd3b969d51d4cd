package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.Map;

/**
 * Changes to a resource as {@code kubectl annotate} and {@code kubectl patch} make them. They name no resource version, so none
 * is refused because the operator wrote the resource meanwhile: fabric8's {@code edit} would be.
 */
public final class MergePatch {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final String WITHOUT_FINALIZERS = "{\"metadata\": {\"finalizers\": null}}";

    private MergePatch() {}

    /** Merges this JSON or YAML document, given as maps, into the resource. @return the resource then */
    public static <T extends HasMetadata> T merge(Resource<T> resource, Map<String, ?> change) {
        return resource.patch(MERGE, Serialization.asJson(change));
    }

    /** Sets one annotation; all others stay. @return the resource then */
    public static <T extends HasMetadata> T annotate(Resource<T> resource, String name, String value) {
        return merge(resource, Map.of("metadata", Map.of("annotations", Map.of(name, value))));
    }

    /** Takes all finalizers off; nothing happens where the resource is gone already. */
    public static void takeFinalizersOff(Resource<? extends HasMetadata> resource) {
        try {
            resource.patch(MERGE, WITHOUT_FINALIZERS);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
