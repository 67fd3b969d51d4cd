package io.maildomain.faults;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What came of all cases. */
final class Tally {

    private final Map<String, CompletableFuture<Result>> results = new ConcurrentHashMap<>();

    void expect(Case test) {
        results.put(test.toString(), new CompletableFuture<>());
    }

    void tell(Result result) {
        results.get(result.name()).complete(result);
        if (result.verdict() == Result.Verdict.FAILED) {
            // Said at once: the report comes when all is over.
            System.err.println("FAILED " + result.name() + "\n    " + String.join("\n    ", result.differences()));
        }
    }

    /** Waits for it. */
    Result of(Case test) {
        return results.get(test.toString()).join();
    }

    private List<Result> done() {
        return results.values().stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .toList();
    }

    /** The counts, what was left out or kept in doubt and why, and which case took longest. */
    String summary() {
        List<Result> done = done();
        Map<Result.Verdict, Long> counts =
                done.stream().collect(Collectors.groupingBy(Result::verdict, Collectors.counting()));
        StringBuilder summary = new StringBuilder("cases: %d, converged: %d, kept in doubt: %d"
                .formatted(
                        done.size() - counts.getOrDefault(Result.Verdict.LEFT_OUT, 0L),
                        counts.getOrDefault(Result.Verdict.CONVERGED, 0L),
                        counts.getOrDefault(Result.Verdict.IN_DOUBT, 0L)));
        for (Result.Verdict verdict : List.of(Result.Verdict.LEFT_OUT, Result.Verdict.NOT_MET, Result.Verdict.FAILED)) {
            if (counts.containsKey(verdict)) {
                summary.append(", %s: %d".formatted(verdict.describe(), counts.get(verdict)));
            }
        }
        done.stream()
                .max(Comparator.comparing(Result::took))
                .ifPresent(slowest ->
                        summary.append("\nslowest: %.1f s, %s".formatted(seconds(slowest.took()), slowest.name())));
        done.stream()
                .filter(result -> result.verdict() == Result.Verdict.IN_DOUBT)
                .forEach(result -> summary.append("\nkept in doubt: ").append(result.name()));
        return summary.toString();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
