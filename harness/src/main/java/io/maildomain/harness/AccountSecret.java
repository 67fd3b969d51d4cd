package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The Secret that a rig's CloudflareAccount points to. */
record AccountSecret(KubernetesClient client, String namespace) {

    private static final String NAME = "cloudflare-tokens";

    /** Writes it: what it held before is gone. */
    void put(Map<String, String> data) {
        // By stringData, server-side apply would leave the keys of before in it.
        Map<String, String> encoded = new TreeMap<>();
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withData(encoded)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    void remove() {
        client.secrets().inNamespace(namespace).withName(NAME).delete();
    }
}
