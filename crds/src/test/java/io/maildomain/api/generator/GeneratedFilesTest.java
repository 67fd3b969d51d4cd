package io.maildomain.api.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFilesTest {
    /** Surefire runs in the module's folder, wherever Maven was started. */
    private static final Path REPOSITORY =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    @Test
    void whatIsCheckedInIsWhatTheJavaTypesSay() throws IOException {
        assertThat(GeneratedFiles.stale(REPOSITORY))
                .as("generated files that are not what the Java types in crds/ say: run tools/refresh")
                .isEmpty();
    }

    @Test
    void aChangedAMissingAndALeftOverFileAreFoundAndRefreshed(@TempDir Path repository) throws IOException {
        assertThat(GeneratedFiles.refresh(repository)).hasSize(21);
        assertThat(GeneratedFiles.stale(repository)).isEmpty();

        Files.writeString(repository.resolve("crds/maildomain.io_maildomains.yaml"), "changed");
        Files.delete(repository.resolve("docs/reference/catchallrule.md"));
        Files.writeString(
                repository.resolve("helm/mail-domain-operator/files/crds/maildomain.io_old.yaml"), "left over");

        assertThat(GeneratedFiles.stale(repository))
                .containsExactly(
                        "crds/maildomain.io_maildomains.yaml",
                        "docs/reference/catchallrule.md",
                        "helm/mail-domain-operator/files/crds/maildomain.io_old.yaml");
        GeneratedFiles.refresh(repository);
        assertThat(GeneratedFiles.stale(repository)).isEmpty();
    }
}
