package io.maildomain.harness.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a JVM took its classes from, as it says with {@code -Xlog:class+load}.
 *
 * @param lines one for each class of a library or of ours; what Java brings may also come from an archive of its own
 */
record LoadedClasses(List<String> lines) {

    private static final String FROM_CACHE = "source: shared objects file";

    LoadedClasses {
        lines = List.copyOf(lines);
    }

    /** The variable that makes a container's JVM write them to a file of its own. */
    static Map<String, String> writtenTo(String file) {
        return Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + file + ":none");
    }

    static LoadedClasses in(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return new LoadedClasses(lines.filter(LoadedClasses::isOfALibrary).toList());
        }
    }

    private static boolean isOfALibrary(String line) {
        return !line.matches("(java|javax|jdk|sun|com\\.sun)\\..*")
                // Made at run time, by proxies and lambdas.
                && !line.contains("0x")
                && !line.contains("$Proxy")
                && line.contains("source: ");
    }

    /** How many of them came from an AOT cache, in percent; 0 where there are none. */
    int percentFromCache() {
        long cached = lines.stream().filter(line -> line.contains(FROM_CACHE)).count();
        return lines.isEmpty() ? 0 : (int) (100 * cached / lines.size());
    }
}
