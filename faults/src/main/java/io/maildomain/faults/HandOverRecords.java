package io.maildomain.faults;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.Closeable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the operator notes in its own namespace: of MailDomains that are gone, and of the age of zones that were handed over. */
final class HandOverRecords implements Closeable {

    private static final String DEPARTED = "maildomain-departed-";
    private static final String ORIGIN = "maildomain-zone-origin-";

    private final KubernetesClient client;
    private final SharedIndexInformer<ConfigMap> maps;

    private HandOverRecords(KubernetesClient client, SharedIndexInformer<ConfigMap> maps) {
        this.client = client;
        this.maps = maps;
    }

    /** Nothing is noted. */
    static HandOverRecords none() {
        return new HandOverRecords(null, null);
    }

    /** @param namespace the operator's own */
    static HandOverRecords watch(KubernetesClient client, String namespace) {
        return new HandOverRecords(
                client, client.configMaps().inNamespace(namespace).inform());
    }

    private Stream<ConfigMap> of(Collection<String> namespaces) {
        return Optional.ofNullable(maps).stream()
                .flatMap(known -> known.getStore().list().stream())
                .filter(map -> isOurs(map.getMetadata().getName()))
                .filter(map -> namespaces.contains(namespace(map)));
    }

    private static boolean isOurs(String name) {
        return name.startsWith(DEPARTED) || name.startsWith(ORIGIN);
    }

    private static boolean isDeparted(ConfigMap map) {
        return map.getMetadata().getName().startsWith(DEPARTED);
    }

    private static String namespace(ConfigMap map) {
        Map<String, String> data = map.getData();
        return isDeparted(map) ? data.getOrDefault("resource", "").replaceFirst("/.*", "") : data.get("namespace");
    }

    /** A line for each that is about one of these namespaces. */
    List<String> lines(Collection<String> namespaces) {
        return of(namespaces)
                .map(map -> isDeparted(map)
                        ? "departed: " + map.getData().get("resource")
                        : "took a zone over: MailDomain " + map.getData().get("name") + " that of "
                                + map.getData().get("domain"))
                .toList();
    }

    /** Whether a MailDomain of these namespaces is gone and none has come in its place yet. */
    boolean isAnybodyAwaited(Collection<String> namespaces) {
        return of(namespaces).anyMatch(HandOverRecords::isDeparted);
    }

    /** A number that changes whenever one of these namespaces' changes. */
    long activity(Collection<String> namespaces) {
        return of(namespaces)
                .mapToLong(map -> Long.parseLong(map.getMetadata().getResourceVersion()))
                .sum();
    }

    /** Takes away what is about one of these namespaces. */
    void clear(Collection<String> namespaces) {
        of(namespaces).forEach(map -> client.resource(map).delete());
        Waiting.until(
                "the operator's records to be gone", () -> lines(namespaces).isEmpty());
    }

    @Override
    public void close() {
        Optional.ofNullable(maps).ifPresent(SharedIndexInformer::close);
    }
}
