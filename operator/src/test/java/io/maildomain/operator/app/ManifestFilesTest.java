package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFilesTest {

    private static final String DOMAIN = """
            apiVersion: maildomain.io/v1alpha1
            kind: MailDomain
            metadata: {name: %s}
            spec: {domain: %s}
            """;

    @TempDir
    private Path folder;

    @Test
    void aDashIsTheStandardInputBesideFilesAndFolders() throws IOException {
        Files.writeString(folder.resolve("one.yaml"), DOMAIN.formatted("one", "one.example"));

        ManifestFiles read = ManifestFiles.read(
                List.of(Path.of("-"), folder), "mail", input(DOMAIN.formatted("two", "two.example")));

        assertThat(read.domains())
                .extracting(domain -> domain.getMetadata().getNamespace() + "/"
                        + domain.getSpec().domain())
                .containsExactly("mail/two.example", "mail/one.example");
    }

    /** As the plugin of kubectl sends the files of a folder, each behind a line of dashes, whatever it begins with. */
    @Test
    void documentsWithNothingInThemArePassedOver() {
        String one = "---\n# a comment\n---\n" + DOMAIN.formatted("one", "one.example");
        String two = "\n---\n" + DOMAIN.formatted("two", "two.example");
        String json = "\n---\n{\"apiVersion\": \"v1\", \"kind\": \"Namespace\"}\n";

        ManifestFiles read = ManifestFiles.read(List.of(Path.of("-")), "mail", input("\n---\n" + one + json + two));

        assertThat(read.domains())
                .extracting(domain -> domain.getSpec().domain())
                .containsExactly("one.example", "two.example");
    }

    @Test
    void whatIsWrongInTheStandardInputIsSaidOfIt() {
        InputStream wrong = input(DOMAIN.formatted("one", "no domain"));

        assertThatThrownBy(() -> ManifestFiles.read(List.of(Path.of("-")), "mail", wrong))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("the standard input: one: spec.domain");
    }

    /** As {@code cat} prints them where no line of dashes is between; of each key the last value would be planned. */
    @Test
    void filesWithNothingBetweenThemAreRefusedInsteadOfOnlyTheLastOnePlanned() {
        InputStream two = input(DOMAIN.formatted("one", "one.example") + DOMAIN.formatted("two", "two.example"));

        assertThatThrownBy(() -> ManifestFiles.read(List.of(Path.of("-")), "mail", two))
                .isInstanceOf(StartFailure.class)
                .hasMessage("the standard input is no manifest: Duplicate field 'apiVersion'");
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
