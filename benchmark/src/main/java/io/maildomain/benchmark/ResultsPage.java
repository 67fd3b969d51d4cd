package io.maildomain.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;

/** The page with all that was measured, and its plots. */
record ResultsPage(Results results, Scale scale, Machine machine, String kubernetes, String program) {

    private static final String CALLS = "calls.svg";
    private static final String READY = "ready.svg";

    /** Writes it, and its plots beside it. */
    void write(Path page) {
        try {
            Files.createDirectories(page.getParent());
            if (!results.callsOverTime().isEmpty()) {
                Files.writeString(
                        page.resolveSibling(CALLS),
                        Plots.callsOverTime(results.budget(), results.callsOverTime())
                                .svg());
                Files.writeString(
                        page.resolveSibling(READY),
                        Plots.readyAfter(results.readyAfter()).svg());
            }
            Files.writeString(page, text());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the results: " + e.getMessage(), e);
        }
    }

    private String text() {
        return """
                # What the operator costs

                <!-- Written by benchmark/run. -->

                Measured on %s at commit %s: %d processors, %d MiB, load average %s before and %s at the end%s; %s; kube-apiserver %s. A fleet of %d domains with 5 rules each,
                a crowd of %d, a budget of %d requests in %d s (Cloudflare's five minutes, %d times as fast). How, and what each row means:
                [testing](../docs/testing.md#what-it-costs). A figure in bold has reached its goal.

                %s%s
                %s%s""".formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        machine.commit(),
                        machine.processors(),
                        machine.memoryInMiB(),
                        Numbers.shown(machine.loadBefore()),
                        Numbers.shown(machine.loadAfter()),
                        machine.isShared()
                                ? " (a shared machine: seconds are what they were there, counts are everywhere the same)"
                                : "",
                        program,
                        kubernetes,
                        scale.domains(),
                        scale.crowd(),
                        scale.requests(),
                        scale.budget().window().toSeconds(),
                        scale.speedup(),
                        new Table(results).text(),
                        Misses.explained(results),
                        plots(),
                        failures(results.failures()));
    }

    private String plots() {
        return results.callsOverTime().isEmpty() ? "" : """
                ![Calls of new domains over time, against the budget](%s)

                ![Time to Ready of new domains under a budget, as a distribution](%s)
                """.formatted(CALLS, READY);
    }

    private static String failures(Map<String, String> failures) {
        return failures.isEmpty()
                ? ""
                : failures.entrySet().stream()
                        .map(one -> "- %s came to no end: %s\n"
                                .formatted(
                                        one.getKey(),
                                        one.getValue().lines().findFirst().orElse("")))
                        .collect(Collectors.joining("", "\n", ""));
    }
}
