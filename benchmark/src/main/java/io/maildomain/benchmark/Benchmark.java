package io.maildomain.benchmark;

import io.maildomain.benchmark.scenario.Scenario;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.HarnessException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code benchmark/run}. Exit codes: 1 a hard limit is broken or a scenario came to no end, 2 a wrong flag. */
@Command(
        name = "benchmark/run",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Measures what the operator costs, on a real API server against the simulator.")
public final class Benchmark implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--quick",
            description = "Only counts, few domains, hard limits: some minutes, exit 1 where one is broken.")
    private boolean quick;

    @Option(
            names = "--domains",
            paramLabel = "COUNT",
            defaultValue = "1000",
            description = "Of the fleet, without --quick (default: ${DEFAULT-VALUE}).")
    private int domains = 1000;

    @Parameters(paramLabel = "SCENARIO", arity = "0..*", description = "Only these, such as NewZone; without: all.")
    private List<String> only = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmark()).execute(arguments));
    }

    @Override
    public Integer call() {
        only.stream()
                .filter(name -> Scenario.all().stream().map(Scenario::name).noneMatch(name::equals))
                .findFirst()
                .ifPresent(name -> {
                    throw new ParameterException(spec.commandLine(), "there is no scenario " + name);
                });
        Scale scale = quick ? Scale.ofQuick() : Scale.ofFull(domains);
        Results results = new Results();
        Checkout checkout = Checkout.find();
        Program program = quick ? Program.jar() : Program.imageIfThere(checkout);
        double loadBefore = Machine.load();
        try (Laboratory lab = Laboratory.open(checkout, scale, program)) {
            // Only a run of everything is one to publish.
            boolean whole = !quick && only.isEmpty();
            Path page =
                    checkout.root().resolve(whole ? "benchmark/RESULTS.md" : "benchmark/target/benchmark/RESULTS.md");
            Scenario.all().stream()
                    .filter(scenario -> !quick || scenario.isQuick())
                    .filter(scenario -> only.isEmpty() || only.contains(scenario.name()))
                    .forEach(scenario -> {
                        play(scenario, lab, results);
                        // After each: an hour is long for a machine to stay up.
                        new ResultsPage(
                                        results,
                                        scale,
                                        Machine.here(loadBefore),
                                        lab.kubernetesVersion(),
                                        program.words())
                                .write(page);
                    });
            say("written: " + checkout.root().relativize(page));
        }
        return report(results);
    }

    private static void play(Scenario scenario, Laboratory lab, Results results) {
        Instant start = Instant.now();
        try {
            scenario.play(lab, results);
            say("%s: %d s"
                    .formatted(
                            scenario.name(),
                            Duration.between(start, Instant.now()).toSeconds()));
        } catch (BenchmarkException | HarnessException e) {
            results.failed(scenario.name(), String.valueOf(e.getMessage()));
            say(scenario.name() + " came to no end: " + e.getMessage());
        }
    }

    private int report(Results results) {
        say(new Table(results).text());
        List<String> broken = results.broken();
        broken.forEach(limit -> say("LIMIT BROKEN: " + limit));
        return broken.isEmpty() && results.failures().isEmpty()
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
