package io.maildomain.operator.controller.mailworker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The migrations of the example Worker. */
class ExampleMigrationsTest {

    private static final Path MIGRATIONS = Path.of("../examples/deploy/worker/migrations");

    @Test
    void theyTakeNothingAwayAndNeedNoPermission() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            assertThat(files).hasSize(2).allSatisfy(file -> {
                assertThat(Migration.isNamed(file.getFileName().toString())).isTrue();
                assertThat(MigrationReview.of(Files.readString(file), "d1_migrations")
                                .findings())
                        .isEmpty();
            });
        }
    }
}
