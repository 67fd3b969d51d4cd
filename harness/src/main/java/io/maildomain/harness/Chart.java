package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Helm chart, rendered as {@code helm template} does, without a cluster.
 *
 * @param folder the chart's folder
 */
public record Chart(Path folder) {

    /** The release's name that tests and demo render it with. */
    public static final String RELEASE = "mail-domain-operator";

    /** The oldest Kubernetes that the chart says it supports: what it renders must do there. */
    private static final String KUBERNETES = "1.29.0";

    /**
     * Renders it as release {@value #RELEASE}, without its CRDs.
     *
     * @param namespace the release's namespace
     * @param values as in a values file
     * @return YAML documents
     * @throws HarnessException if the chart cannot be rendered with them
     */
    public String render(String namespace, Map<String, ?> values) {
        try {
            Path file = Files.createTempFile("maildomain-values-", ".yaml");
            try {
                Files.writeString(file, Serialization.asYaml(values));
                return run(ChartProgram.RENDER, folder.toString(), RELEASE, namespace, KUBERNETES, file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new HarnessException("the chart cannot be rendered: " + e.getMessage(), e);
        }
    }

    /** Renders it like {@link #render} and reads the result. */
    public List<HasMetadata> resources(KubernetesClient client, String namespace, Map<String, ?> values) {
        byte[] yaml = render(namespace, values).getBytes(StandardCharsets.UTF_8);
        return client.load(new ByteArrayInputStream(yaml)).items();
    }

    /** What {@code helm lint --strict} says; empty if it finds nothing wrong. */
    public String lint() {
        try {
            return run(ChartProgram.LINT, folder.toString());
        } catch (IOException e) {
            throw new HarnessException("the chart cannot be checked: " + e.getMessage(), e);
        }
    }

    private static String run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(GuardedProcess.JAVA);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChartProgram.class.getName()));
        command.addAll(List.of(arguments));
        Path complaints = Files.createTempFile("maildomain-chart-", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(complaints.toFile())
                    .start();
            process.getOutputStream().close();
            try (InputStream printed = process.getInputStream()) {
                String text = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() == 0) {
                    return text;
                }
            }
            throw new HarnessException(
                    "the chart is refused: " + Files.readString(complaints).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while waiting for the chart", e);
        } finally {
            Files.delete(complaints);
        }
    }
}
