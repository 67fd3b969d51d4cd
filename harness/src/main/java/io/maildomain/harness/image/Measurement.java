package io.maildomain.harness.image;

import io.maildomain.harness.OperatorImage;
import io.maildomain.harness.OperatorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How fast the operator is ready and how much memory it takes, with sets of options of the JVM one after the other and again, so
 * that what else the machine does falls on all of them.
 *
 * @param starts how often each is started
 */
record Measurement(OperatorImage image, ImageStage stage, int starts) {

    private static final Duration START = Duration.ofMinutes(2);

    /** @param sets options separated by blanks, which come instead of the image's; "cache" among them: with an AOT cache trained for them */
    void run(List<String> sets) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        for (String set : sets) {
            candidates.add(candidate(set, candidates.size()));
        }
        for (int i = 0; i < starts; i++) {
            for (Candidate candidate : candidates) {
                candidate.add(sample(candidate.image()));
            }
        }
        System.out.println(
                "| options | start to /readyz, median (least) | processor time until then | RSS idle | of it, backed by no file |\n|---|---|---|---|---|");
        candidates.forEach(candidate -> System.out.println(candidate.row()));
    }

    private Candidate candidate(String set, int number) throws IOException {
        List<String> options = new ArrayList<>(Arrays.asList(set.trim().split("\\s+")));
        boolean cache = options.remove("cache");
        List<String> command = image.entrypoint().stream()
                .filter(argument -> !argument.startsWith("-XX:AOT") && !argument.equals("@/app/java-options"))
                .toList();
        OperatorImage bare =
                new OperatorImage(image.root(), image.user(), image.environment(), command).withOptions(options);
        if (!cache) {
            return new Candidate(set, bare, new ArrayList<>());
        }
        Path file = stage.tmp().resolve("measured-" + number + ".aot");
        new AotCache(bare).train(stage, file);
        return new Candidate(
                set, bare.withOptions(List.of("-XX:AOTCache=/tmp/" + file.getFileName())), new ArrayList<>());
    }

    private Sample sample(OperatorImage candidate) {
        long start = System.nanoTime();
        OperatorProcess operator = candidate.run(stage.container("measured.log"));
        operator.awaitReady(START);
        Duration ready = Duration.ofNanos(System.nanoTime() - start);
        ContainerProcess process = new ContainerProcess(operator.pid());
        Duration cpu = process.processorTime();
        process.awaitIdle();
        Sample sample = new Sample(ready, cpu, process.residentMebibytes(), process.ownMebibytes());
        operator.terminate();
        return sample;
    }

    /** One start. */
    private record Sample(Duration ready, Duration cpu, double mebibytes, double own) {}

    /** One set of options and its starts. */
    private record Candidate(String set, OperatorImage image, List<Sample> samples) {

        void add(Sample sample) {
            samples.add(sample);
        }

        String row() {
            return "| %s | %.2f s (%.2f s) | %.2f s | %.0f MiB | %.0f MiB |"
                    .formatted(
                            set,
                            median(samples.stream()
                                    .map(sample -> sample.ready().toMillis() / 1000.0)
                                    .toList()),
                            samples.stream()
                                    .mapToDouble(sample -> sample.ready().toMillis() / 1000.0)
                                    .min()
                                    .orElseThrow(),
                            median(samples.stream()
                                    .map(sample -> sample.cpu().toMillis() / 1000.0)
                                    .toList()),
                            median(samples.stream().map(Sample::mebibytes).toList()),
                            median(samples.stream().map(Sample::own).toList()));
        }

        private static double median(List<Double> values) {
            return values.stream().sorted().toList().get(values.size() / 2);
        }
    }
}
