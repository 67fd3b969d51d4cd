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

/** Each rule of the kinds that an installation works on only where it is asked to has a manifest that it refuses; {@link AdmissionIT} sends them. */
class RefusedManifestsTest {
    private static final Checkout CHECKOUT = Checkout.find();
    static final Path REFUSED = Path.of("src/test/resources/io/maildomain/harness/refused");
    private static final List<String> KINDS = List.of("mailboxes", "destinationaddresses", "mailworkers", "mailsites");
    private static final String EXPECTED = "# refused: ";

    @Test
    void eachRuleHasAManifestThatItRefuses() throws IOException {
        Set<String> messages = new TreeSet<>();
        for (String plural : KINDS) {
            read(CHECKOUT.crds().resolve("maildomain.io_" + plural + ".yaml"))
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
            return files.map(RefusedManifestsTest::sentence).collect(Collectors.toSet());
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
