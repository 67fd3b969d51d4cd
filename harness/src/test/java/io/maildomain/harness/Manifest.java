package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads manifests without the Java types, which would leave out just what is wrong with them. */
final class Manifest {

    private Manifest() {}

    /** The YAML files of a folder, by name. */
    static Stream<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    /** The documents of a file's text, as a list that can be changed. */
    static List<GenericKubernetesResource> documents(KubernetesClient client, String text) {
        return Arrays.stream(text.split("(?m)^---$"))
                .map(document ->
                        client.getKubernetesSerialization().unmarshal(document, GenericKubernetesResource.class))
                .collect(Collectors.toList());
    }
}
