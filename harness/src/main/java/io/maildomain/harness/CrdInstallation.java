package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Applies CRD manifests and waits until they are served. */
record CrdInstallation(KubernetesClient client) {

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("maildomain-harness")
            .withForce(true)
            .build();

    void install(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> manifests = Files.newDirectoryStream(folder, "*.yaml")) {
            for (Path manifest : manifests) {
                names.addAll(apply(manifest));
            }
        } catch (IOException e) {
            throw new HarnessException("the CRDs in " + folder + " cannot be read: " + e.getMessage(), e);
        }
        names.forEach(this::awaitServed);
    }

    private List<String> apply(Path manifest) throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream yaml = Files.newInputStream(manifest)) {
            for (HasMetadata resource : client.load(yaml).items()) {
                client.resource(resource).patch(APPLY);
                names.add(resource.getMetadata().getName());
            }
        } catch (KubernetesClientException e) {
            throw new HarnessException(manifest.getFileName() + " is refused: " + e.getMessage(), e);
        }
        return names;
    }

    void awaitServed(String name) {
        try {
            client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(name)
                    .waitUntilCondition(CrdInstallation::isServed, 30, TimeUnit.SECONDS);
        } catch (KubernetesClientException e) {
            throw new HarnessException("the API server does not serve " + name + ": " + e.getMessage(), e);
        }
    }

    private static boolean isServed(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                // A moment after it was created the status is there, and says nothing yet.
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus()));
    }
}
