package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is deployed from a ConfigMap is what lies beside it for people to read. */
class DeployExamplesTest {

    private static final Path DEPLOY = Checkout.find().examples().resolve("deploy");

    @Test
    void theWorkersConfigMapHoldsTheFilesBesideIt() throws IOException {
        assertThat(data("10-mailbox-worker.yaml"))
                .hasSize(3)
                .containsExactlyInAnyOrderEntriesOf(files("worker/index.js", "worker/migrations"));
    }

    @Test
    void theSitesConfigMapHoldsTheFilesBesideIt() throws IOException {
        assertThat(data("15-mailbox-site.yaml")).hasSize(2).containsExactlyInAnyOrderEntriesOf(files("site"));
    }

    /** Of the ConfigMap, which is the first document. */
    private static Map<String, String> data(String manifest) throws IOException {
        String first = Files.readString(DEPLOY.resolve(manifest)).split("(?m)^---$")[0];
        return Serialization.unmarshal(first, ConfigMap.class).getData();
    }

    private static Map<String, String> files(String... places) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String place : places) {
            try (Stream<Path> found = Files.walk(DEPLOY.resolve(place))) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    files.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return files;
    }
}
