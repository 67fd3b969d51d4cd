package io.maildomain.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one test left where people can read it (logs, resources with their statuses, Events, HTTP answers, recorded
 * calls), kept in files, and what must not stand in it.
 */
final class TestArtifacts {

    private static final Pattern CREDENTIALS = Pattern.compile("(?i)\"authorization\"\\s*:|bearer\\s+[a-z0-9_-]{16}");

    private final Path folder;
    private final String name;
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** @param name of the files in the folder, before their first dot */
    TestArtifacts(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Keeps a text of this kind, such as {@code events.json}. */
    void keep(String kind, String text) {
        Path file = folder.resolve(name + "." + kind);
        try {
            Files.createDirectories(folder);
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new HarnessException("cannot keep " + file + ": " + e.getMessage(), e);
        }
        texts.put(file.getFileName().toString(), text);
    }

    /** A file that a program wrote. */
    void read(Path file) {
        read(file, line -> true);
    }

    /** Those lines of a file that count. */
    void read(Path file, Predicate<String> counts) {
        try (Stream<String> lines = Files.lines(file)) {
            texts.put(file.getFileName().toString(), lines.filter(counts).collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new HarnessException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Where a token stands; empty where none does.
     *
     * @throws HarnessException if too little was read to say so: no token is known, or a source is empty
     */
    List<String> leaks(TokenScan tokens) {
        List<String> silent = texts.entrySet().stream()
                .filter(entry -> entry.getValue().isBlank())
                .map(Map.Entry::getKey)
                .toList();
        if (tokens.size() == 0 || texts.isEmpty() || !silent.isEmpty()) {
            throw new HarnessException("whether a token leaked can't be said: " + tokens.size() + " tokens were looked"
                    + " for in " + texts.keySet() + ", of which these are empty: " + silent);
        }
        List<String> leaks = new ArrayList<>();
        texts.forEach((source, text) -> {
            tokens.in(text).forEach(finding -> leaks.add(source + ": " + finding));
            if (CREDENTIALS.matcher(text).find()) {
                leaks.add(source + ": holds an Authorization header");
            }
        });
        return leaks;
    }
}
