package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnableJarTest {

    private static final Instant BUILT = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path root;

    private RunnableJar jar;

    @BeforeEach
    void aJarOfTwoModules() throws IOException {
        jar = RunnableJar.of(root, "operator/target/operator.jar", "operator", "crds");
        file("operator/src/main/java/Main.java", BUILT.minusSeconds(60));
        file("crds/src/main/java/Domain.java", BUILT.minusSeconds(1));
    }

    @Test
    void aJarThatIsNewerThanAllOfItsSourcesIsTaken() throws IOException {
        file("operator/target/operator.jar", BUILT);
        file("operator/src/test/java/MainTest.java", BUILT.plusSeconds(60));

        assertThat(jar.fresh()).isEqualTo(root.resolve("operator/target/operator.jar"));
    }

    @Test
    void aJarThatIsOlderThanASourceOfAnyModuleIsRefusedWithTheCommandThatBuildsIt() throws IOException {
        file("operator/target/operator.jar", BUILT);
        file("crds/src/main/java/Domain.java", BUILT.plusSeconds(1));

        assertThatThrownBy(jar::fresh)
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("operator/target/operator.jar is older than crds/src/main/java/Domain.java")
                .hasMessageContaining("mvn -DskipTests package")
                .hasMessageContaining("tools/t NAME");
    }

    @Test
    void aJarThatIsNotThereIsRefusedWithTheSameCommand() {
        assertThatThrownBy(jar::fresh)
                .hasMessageContaining("there is no operator/target/operator.jar")
                .hasMessageContaining("mvn -DskipTests package");
    }

    private void file(String path, Instant time) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(time));
    }
}
