package io.maildomain.faults;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.harness.MergePatch;
import java.util.Map;

/**
 * A CloudflareAccount for one life: it lets the namespace in which the life begins do everything, and a neighbour everything
 * with the domains that are named to it, so that these may move there.
 *
 * @param yaml of the account
 * @param place uses it from now on, as {@code neighbour} does
 * @param namespace where its Secret is: the operator's own
 */
record Account(String yaml, Sandbox place, Sandbox neighbour, String namespace) {

    static Account of(Sandbox place, Sandbox neighbour, String namespace) {
        String access = """
                  - namespaces: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                    domains: ["*"]
                    createZones: true
                    workers: ["*"]
                    forwardTo: ["*"]
                  - namespaces: {matchLabels: {kubernetes.io/metadata.name: %2$s}}
                    domains: [fresh.example, settled.example]
                    createZones: true
                    workers: ["*"]
                    forwardTo: ["*"]
                """.formatted(place.namespace(), neighbour.namespace());
        return granting(access, place, neighbour, namespace);
    }

    /** One for a MailDomain to which the place and its neighbour attach Mailboxes: to these it says nothing. */
    static Account attaching(Sandbox place, String namespace) {
        String access = """
                  - namespaces: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                    domains: ["*"]
                    workers: ["*"]
                    forwardTo: ["*"]
                """.formatted(place.namespace());
        return granting(access, place, place, namespace);
    }

    /** One that lets two places forward wherever they want; their MailDomains have tokens of their own. */
    static Account forwarding(Sandbox place, Sandbox neighbour) {
        String access = """
                  - namespaces: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [%1$s, %2$s]}]}
                    domains: ["*"]
                    forwardTo: ["*"]
                """.formatted(place.namespace(), neighbour.namespace());
        return granting(access, place, neighbour, place.namespace());
    }

    /** One that lets the place deploy all that its life is about. */
    static Account deploying(Sandbox place, String namespace) {
        String access = """
                  - namespaces: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                    domains: ["*"]
                    deploy: {workers: ["life-*"], databases: ["life-*"], buckets: ["life-*"], pages: ["life-*"], hostnames: ["*.settled.example"]}
                """.formatted(place.namespace());
        return granting(access, place, place, namespace);
    }

    /** @param access the entries of its {@code spec.access} */
    private static Account granting(String access, Sandbox place, Sandbox neighbour, String namespace) {
        String yaml = """
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %1$s}
                spec:
                  secretRef: {namespace: %2$s, name: %1$s}
                  access:
                """.formatted(place.namespace(), namespace) + access;
        return new Account(place.names().here(yaml), place, neighbour, namespace);
    }

    /** It is there, and MailDomains do without it. */
    void create(KubernetesClient client) {
        apply(client, secret(namespace, place.namespace(), place.names().tokenValue()));
        apply(client, Serialization.unmarshal(yaml, GenericKubernetesResource.class));
    }

    void apply(KubernetesClient client) {
        create(client);
        place.useAccount(place.namespace());
        neighbour.useAccount(place.namespace());
    }

    /** It goes at once, as if an operator had finished it. */
    void remove(KubernetesClient client) {
        Resource<CloudflareAccount> account =
                client.resources(CloudflareAccount.class).withName(place.namespace());
        account.delete();
        MergePatch.takeFinalizersOff(account);
    }

    /** A Secret with what the operator needs to call Cloudflare. */
    static Secret secret(String namespace, String name, String token) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withStringData(Map.of("CLOUDFLARE_API_TOKEN", token, "CLOUDFLARE_ACCOUNT_ID", InitialState.ACCOUNT))
                .build();
    }

    /** As {@code kubectl apply --server-side} does. */
    static void apply(KubernetesClient client, HasMetadata resource) {
        client.resource(resource).fieldManager("test").forceConflicts().serverSideApply();
    }
}
