package io.maildomain.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Why goals are not reached, and what would have to change: a paragraph for each figure, in {@code misses.md}. */
final class Misses {

    private static final String FILE = "misses.md";

    private Misses() {}

    /** The paragraphs, by the names of their figures: each begins with one and a colon. */
    static Map<String, String> all() {
        try (InputStream text = Objects.requireNonNull(Misses.class.getResourceAsStream(FILE), FILE)) {
            return Arrays.stream(new String(text.readAllBytes(), StandardCharsets.UTF_8).split("\\n\\n+"))
                    .map(paragraph -> paragraph.strip().split(":\\s+", 2))
                    .collect(Collectors.toMap(
                            parts -> parts[0], parts -> parts[1], (one, other) -> other, LinkedHashMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    /** What is known of those that were missed this time, for beneath the table. */
    static String explained(Results results) {
        Map<String, String> known = all();
        String missed = Arrays.stream(Figure.values())
                .filter(figure -> results.value(figure).isPresent()
                        && !figure.isReachedBy(results.value(figure).getAsDouble()))
                .map(figure -> "- **%s, %s**: %s\n"
                        .formatted(
                                figure.fullScenario(),
                                figure.unit(),
                                known.getOrDefault(figure.name(), "not explained yet.")))
                .collect(Collectors.joining());
        return missed.isEmpty() ? "" : "\n## Goals that are not reached\n\n" + missed;
    }
}
