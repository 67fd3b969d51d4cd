package io.maildomain.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A jar that tests run as a program, and the sources that it is built from.
 *
 * @param root the checkout, which paths in messages are relative to
 * @param sources folders; one that is not there counts as empty
 */
record RunnableJar(Path root, Path jar, List<Path> sources) {

    /** What was found once holds for this JVM: an edit while tests run changes nothing for them. */
    private static final Map<Path, Path> FRESH = new ConcurrentHashMap<>();

    private static final String BUILD =
            "build it with \"mvn -DskipTests package\", or run the test by \"tools/t NAME\", which does";

    /** @param modules those whose classes go into the jar */
    static RunnableJar of(Path root, String jar, String... modules) {
        return new RunnableJar(
                root,
                root.resolve(jar),
                Stream.of(modules)
                        .map(module -> root.resolve(module).resolve("src/main"))
                        .toList());
    }

    /** The same as {@link #fresh}, looked at once in the life of this JVM. */
    Path freshFromTheStart() {
        return FRESH.computeIfAbsent(jar, path -> fresh());
    }

    /**
     * The jar.
     *
     * @throws HarnessException if it is not there or older than one of its sources
     */
    Path fresh() {
        if (!Files.isRegularFile(jar)) {
            throw new HarnessException("there is no " + root.relativize(jar) + ": " + BUILD);
        }
        FileTime built = timeOf(jar);
        newestSource().filter(source -> timeOf(source).compareTo(built) > 0).ifPresent(source -> {
            throw new HarnessException(
                    root.relativize(jar) + " is older than " + root.relativize(source) + ": " + BUILD);
        });
        return jar;
    }

    private Optional<Path> newestSource() {
        return sources.stream()
                .filter(Files::isDirectory)
                .flatMap(folder -> files(folder).stream())
                .max(Comparator.comparing(RunnableJar::timeOf));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new HarnessException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static FileTime timeOf(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new HarnessException("cannot read the time of " + file + ": " + e.getMessage(), e);
        }
    }
}
