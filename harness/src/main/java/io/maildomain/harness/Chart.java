package io.maildomain.harness;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Helm chart, rendered as {@code helm template} does, without a cluster.
 *
 * @param folder the chart's folder
 */
public record Chart(Path folder) {

    /** The release's name that tests and demo render it with. */
    public static final String RELEASE = "mail-domain-operator";

    /** The oldest Kubernetes that the chart says it supports: what it renders must do there. */
    private static final String KUBERNETES = "1.31.0";

    /**
     * Renders it as release {@value #RELEASE}, without its CRDs.
     *
     * @param namespace the release's namespace
     * @param values as in a values file
     * @return YAML documents
     * @throws HarnessException if the chart cannot be rendered with them
     */
    public String render(String namespace, Map<String, ?> values) {
        ChartProgram.Rendering what = new ChartProgram.Rendering(
                folder.toString(), RELEASE, namespace, KUBERNETES, Serialization.asYaml(values));
        return ChartProcess.ask(JsonHttp.JSON.valueToTree(Map.of("render", what)));
    }

    /** Renders it like {@link #render} and reads the result. */
    public List<HasMetadata> resources(KubernetesClient client, String namespace, Map<String, ?> values) {
        byte[] yaml = render(namespace, values).getBytes(StandardCharsets.UTF_8);
        return client.load(new ByteArrayInputStream(yaml)).items();
    }

    /** The same with values as YAML, as they stand in a values file. */
    @SuppressWarnings("unchecked")
    public List<HasMetadata> resources(KubernetesClient client, String namespace, String values) {
        return resources(client, namespace, Serialization.unmarshal("---\n" + values, Map.class));
    }

    /**
     * The first resource of a kind.
     *
     * @throws HarnessException if there is none
     */
    public static <T extends HasMetadata> T only(List<HasMetadata> resources, Class<T> kind) {
        return resources.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow(() -> new HarnessException("the chart renders no " + kind.getSimpleName()));
    }

    /**
     * What a JVM is told that is to have the memory and the options that it has in the chart's container: the image's, and
     * the chart's after them. An older Java does not know each of them.
     */
    public List<String> javaOptions(KubernetesClient client, Map<String, ?> values) {
        Container container = container(client, "chart", values);
        BigDecimal memory =
                Quantity.getAmountInBytes(container.getResources().getLimits().get("memory"));
        Stream<String> first = Stream.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:MaxRAM=" + memory.toBigInteger());
        Stream<String> more = container.getEnv().stream()
                .filter(variable -> variable.getName().equals("JAVA_TOOL_OPTIONS"))
                .flatMap(variable -> Stream.of(variable.getValue().trim().split("\\s+")));
        return Stream.of(first, imageOptions().stream(), more)
                .flatMap(options -> options)
                .toList();
    }

    private List<String> imageOptions() {
        Path file = folder.resolve("../../operator/src/image/app/java-options");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new HarnessException("no options of the image's JVM in " + file + ": " + e.getMessage(), e);
        }
    }

    /** The operator's container, as the chart describes it. */
    public Container container(KubernetesClient client, String namespace, Map<String, ?> values) {
        return only(resources(client, namespace, values), Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }

    /** What {@code helm lint --strict} says; empty if it finds nothing wrong. */
    public String lint() {
        return ChartProcess.ask(JsonHttp.JSON.valueToTree(Map.of("lint", folder.toString())));
    }
}
