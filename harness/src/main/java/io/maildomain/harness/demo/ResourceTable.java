package io.maildomain.harness.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.stream.Stream;

/**
 * All resources of our API at one moment.
 *
 * @param resources accounts, then domains, then catch-alls, then Workers and sites
 */
record ResourceTable(List<GenericKubernetesResource> resources) {

    static final String API_VERSION = "maildomain.io/v1alpha1";
    static final String MAIL_DOMAIN = "MailDomain";
    static final String CATCH_ALL_RULE = "CatchAllRule";
    static final String CLOUDFLARE_ACCOUNT = "CloudflareAccount";
    static final String MAIL_WORKER = "MailWorker";
    static final String MAIL_SITE = "MailSite";

    private static final String WORKER_MISSING = "WorkerMissing";

    static ResourceTable read(KubernetesClient client) {
        return new ResourceTable(Stream.of(CLOUDFLARE_ACCOUNT, MAIL_DOMAIN, CATCH_ALL_RULE, MAIL_WORKER, MAIL_SITE)
                .flatMap(kind ->
                        client
                                .genericKubernetesResources(API_VERSION, kind)
                                .inAnyNamespace()
                                .list()
                                .getItems()
                                .stream())
                .toList());
    }

    List<Row> rows() {
        return resources.stream().map(Row::of).toList();
    }

    /** Whether there is something, and all of it is Ready in its newest form. */
    boolean isAllReady() {
        return !resources.isEmpty() && rows().stream().allMatch(Row::isReady);
    }

    /** Whether a domain and a catch-all wait for their Worker, and all else is Ready. */
    boolean onlyTheWorkerIsMissing() {
        return rows().stream()
                                .filter(row -> row.reason().equals(WORKER_MISSING))
                                .count()
                        == 2
                && rows().stream().allMatch(row -> row.isReady() || row.reason().equals(WORKER_MISSING));
    }

    boolean isEmpty() {
        return resources.isEmpty();
    }

    Stream<GenericKubernetesResource> ofKind(String kind) {
        return resources.stream().filter(resource -> resource.getKind().equals(kind));
    }
}
