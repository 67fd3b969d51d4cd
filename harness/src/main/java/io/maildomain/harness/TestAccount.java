package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The CloudflareAccount that a test's MailDomains may use, and the Secret that it points to.
 *
 * @param namespace the operator's; the account has its name
 */
public record TestAccount(KubernetesClient client, String namespace) {

    private static final String SECRET = "cloudflare-tokens";

    /** The account's name. */
    public String name() {
        return namespace;
    }

    /** A manifest that lets one namespace do everything. */
    public String yaml(String grantee) {
        return """
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %s}
                spec:
                  secretRef: {namespace: %s, name: %s}
                  access:
                  - namespaces: {matchLabels: {kubernetes.io/metadata.name: %s}}
                    domains: ["*"]
                    createZones: true
                    workers: ["*"]
                    forwardTo: ["*"]
                """.formatted(name(), namespace, SECRET, grantee);
    }

    /** Writes the Secret: what it held before is gone. */
    public void putSecret(Map<String, String> data) {
        // By stringData, server-side apply would leave the keys of before in it.
        Map<String, String> encoded = new TreeMap<>();
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(SECRET)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withData(encoded)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    void removeSecret() {
        client.secrets().inNamespace(namespace).withName(SECRET).delete();
    }
}
