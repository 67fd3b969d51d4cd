package io.maildomain.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of Java, for the rules that no class file can show.
 *
 * @param path below the folder that was searched
 */
record JavaSource(Path path, String text) {

    /** All below the folder, in order. */
    static List<JavaSource> below(Path folder) throws IOException {
        List<JavaSource> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(found -> found.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                sources.add(new JavaSource(folder.relativize(file), Files.readString(file)));
            }
        }
        return sources;
    }

    boolean isNamed(String name) {
        return path.endsWith(name);
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }
}
