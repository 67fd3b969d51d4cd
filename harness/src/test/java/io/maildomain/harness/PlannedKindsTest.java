package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing installs a kind that is not shipped yet. Each rule of such a kind, and of those that deploy, has a manifest that it refuses. */
class PlannedKindsTest {
    private static final Checkout CHECKOUT = Checkout.find();
    static final Path CRDS = CHECKOUT.crds().resolve("planned");
    static final Path REFUSED = Path.of("src/test/resources/io/maildomain/harness/planned");
    static final String EXPECTED = "# refused: ";

    @Test
    void neitherTheChartNorThePlainManifestsInstallThem() throws IOException {
        List<Path> installed = Stream.of(
                        Manifest.filesIn(CHECKOUT.crds()),
                        Manifest.filesIn(CHECKOUT.chart().resolve("files/crds")),
                        Stream.of(CHECKOUT.root().resolve("deploy/install.yaml")))
                .flatMap(files -> files)
                .toList();

        assertThat(installed).hasSizeGreaterThan(10);
        for (Path planned : Manifest.filesIn(CRDS).toList()) {
            String name = read(planned).at("/metadata/name").asText();
            assertThat(name).endsWith(".maildomain.io");
            for (Path file : installed) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(name);
            }
        }
    }

    @Test
    void eachRuleHasAManifestThatItRefuses() throws IOException {
        Set<String> messages = new TreeSet<>();
        Stream<Path> crds = Stream.of("mailworkers", "mailsites")
                .map(plural -> CHECKOUT.crds().resolve("maildomain.io_" + plural + ".yaml"));
        for (Path crd : Stream.concat(crds, Manifest.filesIn(CRDS)).toList()) {
            read(crd)
                    .findValues("x-kubernetes-validations")
                    .forEach(rules -> rules.forEach(
                            rule -> messages.add(rule.path("message").asText())));
        }

        assertThat(messages).hasSizeGreaterThan(30);
        messages.removeAll(sentences());
        assertThat(messages).as("rules without a wrong manifest in " + REFUSED).isEmpty();
    }

    private static Set<String> sentences() throws IOException {
        try (Stream<Path> files = Manifest.filesIn(REFUSED)) {
            return files.map(PlannedKindsTest::sentence).collect(Collectors.toSet());
        }
    }

    /** What the refusal of a wrong manifest must say: its first line. */
    static String sentence(Path file) {
        try {
            return Files.readAllLines(file).get(0).substring(EXPECTED.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return Serialization.unmarshal(Files.readString(file), JsonNode.class);
    }
}
