package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;

/** What a test leaves in the API server that later ones share. */
final class Leftovers {

    private static final String API_VERSION = "maildomain.io/v1alpha1";
    private static final List<String> KINDS = List.of(
            "CatchAllRule",
            "Mailbox",
            "MailDomain",
            "DestinationAddress",
            "MailWorker",
            "MailSite",
            "CloudflareAccount");

    private Leftovers() {}

    /** Takes away our resources of these namespaces, and this account: no operator will finish them any more. */
    static void remove(KubernetesClient client, Set<String> namespaces, String account) {
        KINDS.stream()
                .flatMap(kind ->
                        client
                                .genericKubernetesResources(API_VERSION, kind)
                                .inAnyNamespace()
                                .list()
                                .getItems()
                                .stream())
                .filter(resource -> isOf(resource, namespaces, account))
                .forEach(resource -> remove(client, resource));
    }

    private static boolean isOf(GenericKubernetesResource resource, Set<String> namespaces, String account) {
        String home = resource.getMetadata().getNamespace();
        return home == null ? account.equals(resource.getMetadata().getName()) : namespaces.contains(home);
    }

    private static void remove(KubernetesClient client, GenericKubernetesResource resource) {
        MergePatch.takeFinalizersOff(client.resource(resource));
        client.resource(resource).delete();
    }
}
