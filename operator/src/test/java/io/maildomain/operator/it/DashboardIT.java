package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.Dashboard;
import io.maildomain.harness.DashboardPicture;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.Prometheus;
import io.maildomain.harness.Prometheus.Series;
import io.maildomain.harness.SimulatorControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard's queries before a real Prometheus that scrapes a real operator: each comes to something. What they come to is drawn into {@code target/dashboard.svg}, and into
 * {@code docs/dashboard.svg} with {@code MAILDOMAIN_PICTURE=write}.
 */
class DashboardIT {

    private static final String EXPIRING = "a-token-that-expires-in-ten-days-0123456789";
    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=1s");

    private final Scene scene = new Scene(rig);

    @TempDir
    private Path folder;

    @Test
    void eachQueryOfEachPanelGivesASeries() throws IOException {
        JsonNode dashboard = Serialization.unmarshal(
                Files.readString(Checkout.find().chart().resolve("files/dashboard.json")), JsonNode.class);
        DashboardPicture picture = new DashboardPicture();
        Instant start = Instant.now();
        try (Prometheus prometheus = Prometheus.start(
                rig.operator().http().orElseThrow(),
                Map.of("namespace", "mail-system", "pod", "mail-domain-operator-0"),
                folder)) {
            aBusyDay(prometheus);
            assertThat(prometheus.values("namespace"))
                    .as("the variable's values")
                    .containsExactly("mail-system");
            for (JsonNode panel : dashboard.path("panels")) {
                picture.add(panel, lines(prometheus, panel, start));
            }
        }
        Files.writeString(Path.of("target/dashboard.svg"), picture.svg());
        if ("write".equals(System.getenv("MAILDOMAIN_PICTURE"))) {
            Files.writeString(Checkout.find().root().resolve("docs/dashboard.svg"), picture.svg());
        }
    }

    /** Some domains, one that waits, drift that is mended, a token that will expire and is then refused. */
    private void aBusyDay(Prometheus prometheus) {
        scene.destination(TEAM).destination("admin@corp.example");
        for (String name : List.of("seen", "other")) {
            scene.settledZone(name + ".example");
            scene.mailDomain(name, name + ".example", rulesOf(forward("a@" + name + ".example", TEAM)));
            scene.eventuallyReady(name);
        }
        rig.control().putWorker("mailbox-worker");
        scene.catchAll("seen", "seen", "worker: mailbox-worker");
        scene.eventuallyCatchAll("seen", StatusAssert::isReady);
        scene.mailDomain("pending", "pending.example", rulesOf(forward("a@pending.example", TEAM)));
        scene.eventuallyDomain("pending", status -> status.isNotReadyBecause("ZonePending"));
        String zone = rig.dashboard().zoneId("seen.example");
        for (int time = 0; time < 3; time++) {
            JsonNode rule = scene.rule(zone, "a@seen.example");
            scene.dashboard()
                    .updateRule(
                            zone,
                            rule.path("id").asText(),
                            rule.path("name").asText(),
                            "a@seen.example",
                            Dashboard.forward("admin@corp.example"));
            eventually(
                    () -> assertThat(goesTo(scene.rule(zone, "a@seen.example"))).isEqualTo("forward " + TEAM));
        }
        rig.control()
                .putToken(
                        "expiring",
                        Map.of(
                                "value", EXPIRING,
                                "rights", SimulatorControl.RUNTIME_RIGHTS,
                                "zones", List.of("*"),
                                "accounts", List.of("*"),
                                "expiresOn",
                                        Instant.now().plus(Duration.ofDays(10)).toString()));
        rig.putSecret(Map.of("CLOUDFLARE_RUNTIME_API_TOKEN", EXPIRING));
        eventuallyScraped(prometheus, "maildomain_token_expiry_timestamp_seconds");
        rig.control().deleteToken("expiring");
        eventuallyScraped(prometheus, "rate(maildomain_cloudflare_postponed_total[5s])");
    }

    private static void eventuallyScraped(Prometheus prometheus, String query) {
        eventually(() -> assertThat(prometheus.range(query, Instant.now().minusSeconds(10), Instant.now()))
                .isNotEmpty());
    }

    private static Map<String, Series> lines(Prometheus prometheus, JsonNode panel, Instant start) {
        Map<String, Series> lines = new LinkedHashMap<>();
        for (JsonNode target : panel.path("targets")) {
            String query = target.path("expr")
                    .asText()
                    .replace("$__rate_interval", "5s")
                    .replace("$namespace", "mail-system");
            List<Series> answer = prometheus.range(query, start, Instant.now());
            assertThat(answer)
                    .as("%s: %s", panel.path("title").asText(), query)
                    .isNotEmpty()
                    .anySatisfy(series -> assertThat(series.points()).isNotEmpty());
            answer.forEach(
                    series -> lines.put(legend(target.path("legendFormat").asText(), series), series));
        }
        return lines;
    }

    private static String legend(String format, Series series) {
        Matcher label = LABEL.matcher(format);
        String legend = label.replaceAll(
                found -> Matcher.quoteReplacement(series.labels().getOrDefault(found.group(1), "")));
        return legend.isBlank() ? String.join(" ", series.labels().values()) : legend;
    }
}
