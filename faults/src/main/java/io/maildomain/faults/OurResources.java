package io.maildomain.faults;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.maildomain.harness.MergePatch;
import java.io.Closeable;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The resources of a life in one namespace, as watches show them. */
final class OurResources implements Closeable {

    private final KubernetesClient client;
    private final String namespace;
    private final Map<Class<? extends HasMetadata>, SharedIndexInformer<? extends HasMetadata>> watches =
            new LinkedHashMap<>();

    OurResources(KubernetesClient client, String namespace, Kinds kinds) {
        this.client = client;
        this.namespace = namespace;
        for (Class<? extends HasMetadata> type : kinds.types()) {
            watches.put(type, client.resources(type).inNamespace(namespace).inform());
        }
    }

    /** All of them, kind by kind. */
    List<HasMetadata> all() {
        List<HasMetadata> all = new ArrayList<>();
        watches.values().forEach(watch -> all.addAll(watch.getStore().list()));
        return all;
    }

    /** Those of a kind; none where it is no kind of this life. */
    <R extends HasMetadata> List<R> all(Class<R> type) {
        return all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    <R extends HasMetadata> Optional<R> named(Class<R> type, String name) {
        return Optional.ofNullable(watches.get(type))
                .map(watch -> (HasMetadata) watch.getStore().getByKey(namespace + "/" + name))
                .map(type::cast);
    }

    /** Takes all of them away, finalizers or not. */
    void clear() {
        List<Class<? extends HasMetadata>> last = new ArrayList<>(watches.keySet());
        Collections.reverse(last);
        for (Class<? extends HasMetadata> type : last) {
            client.resources(type).inNamespace(namespace).list().getItems().forEach(this::remove);
        }
        Waiting.until("the namespace to be empty", () -> all().isEmpty());
    }

    private void remove(HasMetadata resource) {
        client.resource(resource).delete();
        if (!resource.getMetadata().getFinalizers().isEmpty()) {
            MergePatch.takeFinalizersOff(client.resource(resource));
        }
    }

    /** Asks for a look at each at once, by annotation. */
    void nudge(String when) {
        all().forEach(resource -> annotate(resource, when));
    }

    private void annotate(HasMetadata resource, String when) {
        String annotation = "{\"metadata\": {\"annotations\": {\"maildomain.io/reconcile-requested-at\": \"%s\"}}}";
        try {
            client.resource(resource).patch(PatchContext.of(PatchType.JSON_MERGE), annotation.formatted(when));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Deletes each, and does not wait. */
    void deleteAll() {
        watches.keySet()
                .forEach(type -> client.resources(type).inNamespace(namespace).delete());
    }

    <R extends HasMetadata> void delete(Class<R> type, String name) {
        client.resources(type).inNamespace(namespace).withName(name).delete();
    }

    /** A number that changes whenever a change of one was seen. */
    long versions() {
        return all().stream()
                .mapToLong(resource -> Long.parseLong(resource.getMetadata().getResourceVersion()))
                .sum();
    }

    @Override
    public void close() {
        watches.values().forEach(SharedIndexInformer::close);
    }
}
