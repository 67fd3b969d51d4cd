package io.maildomain.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.Rig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Resources come and go, half of them with their finalizer taken off by hand: nothing of them stays in the operator. */
class SoakIT {

    private static final int WAVES = 3;
    private static final int WAVE = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    final Rig rig = Rig.withOptions("--local-secrets=true", "--drift-interval=10m", "--secret-watches=1000")
            .withChart(Map.of("localSecrets", true));

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
                rig.client().resource(all.get(i)).edit(domain -> {
                    domain.getMetadata().setFinalizers(List.of());
                    return domain;
                });
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
        long threads = threads();
        for (int i = 1; i < WAVES; i++) {
            wave(i);
        }
        settles(watches);
        // The HTTP client lets its idle threads go after a minute.
        await().atMost(PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(threads()).as("threads").isLessThan(threads + 10));
    }

    private void settles(long watches) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(watchesOfSecrets()).as("watches of Secrets").isLessThanOrEqualTo(watches + 1));
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(5)).untilAsserted(() -> {
            String histogram = jcmd("GC.class_histogram");
            assertThat(histogram).contains("java.lang.String");
            for (String ofOne : List.of(
                    "io.maildomain.operator.secrets.SecretWatch",
                    "io.maildomain.operator.secrets.SecretKey",
                    "io.maildomain.operator.retry.RetrySchedule$Attempts",
                    "io.maildomain.operator.claims.ClaimEvidence$Look",
                    "io.maildomain.api.v1alpha1.MailDomainSpec")) {
                assertThat(instances(histogram, ofOne)).as(ofOne).isLessThan(WAVE / 4);
            }
        });
    }
}
