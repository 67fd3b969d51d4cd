package io.maildomain.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.OperatorExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Resources in files, with what is another in each run (names of namespaces, ids, times) put the same. With {@code MAILDOMAIN_FIXTURES=write} in the environment
 * they are written anew.
 */
final class StatusFixtures {

    private static final Path FOLDER =
            Checkout.find().root().resolve("harness/src/test/resources/io/maildomain/harness/gitops/statuses");
    private static final boolean WRITES = "write".equals(System.getenv("MAILDOMAIN_FIXTURES"));

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{32}\\b");

    private static final Pattern INTERVAL = Pattern.compile("(checkInterval\" *: *\"|two intervals \\()[0-9hms]+");
    /** Of a Worker or site: the beginning of a version's id, and hashes over the owner id. */
    private static final Pattern VERSION = Pattern.compile("(\"version\" *: *\")[0-9a-f]{8}\"");

    private static final Pattern HASH = Pattern.compile("(\"(?:fingerprint|triggers|deploying)\" *: *\")[^\"]+\"");
    private static final Pattern SHARE = Pattern.compile("\\d+ of \\d+ healthy resources");

    private final OperatorExtension rig;
    private final Map<String, String> taken = new TreeMap<>();

    StatusFixtures(OperatorExtension rig) {
        this.rig = rig;
    }

    /** Keeps a resource as it is in the API server now. */
    void take(String name, HasMetadata resource) {
        GenericKubernetesResource live = rig.client()
                .genericKubernetesResources(resource.getApiVersion(), resource.getKind())
                .resource(named(resource))
                .get();
        ObjectNode json = (ObjectNode) read(Serialization.asYaml(live));
        ((ObjectNode) json.path("metadata")).remove(List.of("managedFields", "resourceVersion"));
        // Names are put the same before lines are broken: where YAML breaks them depends on how long the names are.
        taken.put(name + ".yaml", Serialization.asYaml(read(steady(Serialization.asJson(json)))));
    }

    private static GenericKubernetesResource named(HasMetadata resource) {
        GenericKubernetesResource named = new GenericKubernetesResource();
        named.setApiVersion(resource.getApiVersion());
        named.setKind(resource.getKind());
        named.setMetadata(resource.getMetadata());
        return named;
    }

    private static JsonNode read(String yaml) {
        return Serialization.unmarshal(yaml, JsonNode.class);
    }

    private String steady(String json) {
        String account = Pattern.quote(rig.account());
        String named = json.replaceAll("CloudflareAccount " + account + "\\b", "CloudflareAccount default")
                .replaceAll(
                        "(\"(?:name|account)\" *: *\")" + account + "(-broken|-deploying|-mailing)?\"", "$1default$2\"")
                .replace(rig.operatorNamespace(), "mail-system")
                .replace(rig.otherNamespace(), "other")
                .replace(rig.namespace(), "mail");
        String timed = INTERVAL.matcher(named).replaceAll(found -> found.group(1) + "10m0s");
        String versioned = VERSION.matcher(timed).replaceAll(found -> found.group(1) + "00000000\"");
        String hashed = HASH.matcher(versioned).replaceAll(found -> found.group(1) + "0123456789abcdef\"");
        String counted = SHARE.matcher(hashed).replaceAll("3 of 3 healthy resources");
        String dated = TIME.matcher(counted).replaceAll("2026-01-01T00:00:00Z");
        return ID.matcher(UUID.matcher(dated).replaceAll("00000000-0000-4000-8000-000000000000"))
                .replaceAll("0123456789abcdef0123456789abcdef");
    }

    /** The files hold what was taken, and nothing else. */
    void holdThem() {
        try {
            if (WRITES) {
                write();
            }
            assertThat(files())
                    .as(
                            "write them anew with MAILDOMAIN_FIXTURES=write tools/t GitOpsStatusesIT, and look at what is different")
                    .isEqualTo(taken);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() throws IOException {
        Files.createDirectories(FOLDER);
        for (String old : files().keySet()) {
            Files.delete(FOLDER.resolve(old));
        }
        for (Map.Entry<String, String> file : taken.entrySet()) {
            Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
        }
    }

    private static Map<String, String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.collect(Collectors.toMap(
                    file -> file.getFileName().toString(), StatusFixtures::text, (one, other) -> one, TreeMap::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
