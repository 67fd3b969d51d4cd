package io.maildomain.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.MergePatch;
import io.maildomain.harness.OperatorExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Resources come and go, half of them with their finalizer taken off by hand: nothing of them stays in the operator, which
 * runs in the chart's memory. How many: {@code -Dmaildomain.soak.resources}; 1,000 with {@code -Dfaults.all}.
 */
class SoakIT {

    private static final int WAVES = 4;
    private static final int RESOURCES = Integer.getInteger("maildomain.soak.resources", 200);
    private static final int WAVE = RESOURCES / WAVES;
    private static final Duration PATIENCE = Duration.ofSeconds(90).plusMillis(200L * RESOURCES);

    /** Classes of which each resource that is there has one or more. */
    private static final List<String> OF_ONE = List.of(
            "io.maildomain.operator.kubernetes.secrets.SecretWatch",
            "io.maildomain.operator.kubernetes.secrets.SecretKey",
            "io.maildomain.operator.controller.RetrySchedule$Attempts",
            "io.maildomain.operator.access.ClaimEvidence$Look",
            "io.maildomain.api.v1alpha1.MailDomainSpec");

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
                    "--local-secrets=true", "--drift-interval=10m", "--secret-watches=1000")
            .withChart(Map.of("localSecrets", true))
            .inTheChartsMemory();

    private final Scene scene = new Scene(rig);

    /** As the API server itself counts them. */
    private long watchesOfSecrets() {
        return Pattern.compile(
                        "^apiserver_longrunning_requests\\{.*resource=\"secrets\".*verb=\"WATCH\".*} (\\d+)$",
                        Pattern.MULTILINE)
                .matcher(rig.client().raw("/metrics"))
                .results()
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .sum();
    }

    private List<MailDomain> there() {
        return rig.client()
                .resources(MailDomain.class)
                .inNamespace(rig.namespace())
                .list()
                .getItems();
    }

    private void wave(int number) {
        for (int i = 0; i < WAVE; i++) {
            String name = "w" + number + "-" + i;
            scene.secret(rig.namespace(), name, Map.of("CLOUDFLARE_API_TOKEN", "made-up-" + "0".repeat(32) + name));
            scene.mailDomain(name, name + ".example", "credentials: {secretRef: {name: " + name + "}}");
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(there())
                .hasSize(WAVE)
                .allMatch(domain -> domain.getStatus().observedGeneration() == 1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(watchesOfSecrets()).isGreaterThanOrEqualTo(WAVE));
        List<MailDomain> all = there();
        for (int i = 0; i < all.size(); i++) {
            if (i % 2 == 0) {
                MergePatch.takeFinalizersOff(rig.client().resource(all.get(i)));
            }
            rig.client().resource(all.get(i)).delete();
        }
        // Where the operator has put its finalizer back meanwhile it takes it off itself.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(there()).isEmpty());
    }

    private String jcmd(String command) {
        try {
            Process process = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/jcmd",
                            Long.toString(rig.operator().pid()),
                            command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many live objects there are of a class, after a full collection. */
    private long instances(String histogram, String ofClass) {
        Matcher line = Pattern.compile(
                        "\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(ofClass) + "(?: |$)", Pattern.MULTILINE)
                .matcher(histogram);
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    private long threads() {
        return Pattern.compile("^\"", Pattern.MULTILINE)
                .matcher(jcmd("Thread.print"))
                .results()
                .count();
    }

    @Test
    void nothingStaysOfWhatComesAndGoes() {
        long watches = watchesOfSecrets();
        wave(0);
        settles(watches);
        say("after wave 1");
        long threads = threads();
        for (int i = 1; i < WAVES; i++) {
            wave(i);
        }
        settles(watches);
        // The HTTP client lets its idle threads go after a minute.
        await().atMost(PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(threads()).as("threads").isLessThan(threads + 10));
        say("after " + RESOURCES + " resources");
    }

    /** For who wants to see the counts. */
    private void say(String when) {
        String histogram = jcmd("GC.class_histogram");
        String counts = "%s: %d watches of Secrets, %d threads, %s%n"
                .formatted(
                        when,
                        watchesOfSecrets(),
                        threads(),
                        OF_ONE.stream()
                                .map(name ->
                                        instances(histogram, name) + " " + name.substring(name.lastIndexOf('.') + 1))
                                .collect(Collectors.joining(", ")));
        try {
            Files.writeString(
                    Path.of("target", "soak.txt"), counts, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void settles(long watches) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(watchesOfSecrets()).as("watches of Secrets").isLessThanOrEqualTo(watches + 1));
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(5)).untilAsserted(() -> {
            String histogram = jcmd("GC.class_histogram");
            assertThat(histogram).contains("java.lang.String");
            OF_ONE.forEach(
                    ofOne -> assertThat(instances(histogram, ofOne)).as(ofOne).isLessThan(12));
        });
    }
}
