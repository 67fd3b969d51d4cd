package io.maildomain.benchmark;

import io.maildomain.harness.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the operator tells people: lines of its log, and its metrics. */
final class OperatorLog {

    private static final Pattern WARNING = Pattern.compile("^\\S+ (WARN|ERROR) ");

    private OperatorLog() {}

    /** The lines that are warnings or errors, of a log in the format {@code text}. */
    static List<String> warnings(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> WARNING.matcher(line).find()).toList();
        } catch (IOException e) {
            throw new HarnessException("the operator's log cannot be read: " + e.getMessage(), e);
        }
    }

    /** The largest sample of a metric in Prometheus' text format; NaN where there is none. */
    static double largest(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElse(Double.NaN);
    }
}
