package io.maildomain.harness.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.maildomain.harness.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Manifests of a folder.
 *
 * @param resources in the order in which {@code kubectl apply -f} takes them
 */
record Examples(List<HasMetadata> resources) {

    /** Those of {@code examples/}, without its folders. */
    static Examples read(Path folder, KubernetesClient client) {
        try (Stream<Path> files = Files.list(folder)) {
            return of(files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList(), client);
        } catch (IOException e) {
            throw new HarnessException("the examples in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Those of {@code examples/deploy/} that need no registry. */
    static Examples deployed(Path folder, KubernetesClient client) {
        return of(
                Stream.of("00-account.yaml", "10-mailbox-worker.yaml", "15-mailbox-site.yaml")
                        .map(folder.resolve("deploy")::resolve)
                        .toList(),
                client);
    }

    private static Examples of(List<Path> files, KubernetesClient client) {
        List<HasMetadata> resources = new ArrayList<>();
        for (Path file : files) {
            try (InputStream yaml = Files.newInputStream(file)) {
                resources.addAll(client.load(yaml).items());
            } catch (IOException e) {
                throw new HarnessException("the example " + file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return new Examples(resources);
    }

    /** These and then those. */
    Examples with(Examples others) {
        return new Examples(
                Stream.concat(resources.stream(), others.resources.stream()).toList());
    }

    /**
     * Applies them as {@code kubectl apply --server-side} does.
     *
     * @throws HarnessException naming the first that is refused
     */
    void apply(KubernetesClient client) {
        for (HasMetadata resource : resources) {
            try {
                client.resource(resource).fieldManager("kubectl").serverSideApply();
            } catch (KubernetesClientException e) {
                throw new HarnessException(
                        resource.getKind() + " " + resource.getMetadata().getName() + " is refused: " + e.getMessage(),
                        e);
            }
        }
    }

    /** Asks for the deletion of everything but the namespaces, which cannot end without a controller. */
    void delete(KubernetesClient client) {
        resources.stream()
                .filter(resource -> !(resource instanceof Namespace))
                .forEach(resource -> client.resource(resource).delete());
    }
}
