package io.maildomain.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Scripts that lie in this jar, written out so that they can be run. */
final class Resources {

    private Resources() {}

    /** Writes the resource {@code name} of this package to {@code target} as a program of its owner. */
    static Path writeProgram(String name, Path target) throws IOException {
        try (InputStream content = Objects.requireNonNull(Resources.class.getResourceAsStream(name), name)) {
            Files.copy(content, target);
        }
        return Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
    }
}
