package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.operator.cloudflare.Failure.Unreachable.TransportError;
import io.maildomain.operator.cloudflare.ratelimit.Permit;
import io.maildomain.operator.metrics.Label;
import io.maildomain.operator.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chart's alerts and its dashboard speak of metrics that a running operator really exports, with the labels that they name; and it exports no other. */
class AlertMetricsIT {

    private static final String EXPIRING = "a-token-that-expires-in-ten-days-0123456789";
    private static final Pattern METRIC = Pattern.compile("\\b(?:maildomain|jvm|process)_[a-z_]+");
    private static final Pattern OURS = Pattern.compile("(?m)^maildomain_[a-z_]+");
    private static final Pattern LABELS = Pattern.compile("(?m)^maildomain_[a-z_]+\\{(.*)} \\S+$");

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=1s");

    private final Scene scene = new Scene(rig);
    private String used;

    @BeforeEach
    void alertsAndDashboard() throws IOException {
        Path files = Checkout.find().chart().resolve("files");
        used = Files.readString(files.resolve("alerts.yaml")) + Files.readString(files.resolve("dashboard.json"));
    }

    @Test
    void everyMetricOfAlertsAndDashboardIsInAScrape() {
        scene.destination(TEAM);
        for (String name : List.of("seen", "other")) {
            scene.settledZone(name + ".example");
            scene.mailDomain(name, name + ".example", rulesOf(forward("a@" + name + ".example", TEAM)));
            scene.eventuallyReady(name);
        }
        scene.mailDomain("pending", "pending.example", rulesOf(forward("a@pending.example", TEAM)));
        scene.eventuallyDomain("pending", status -> status.isNotReadyBecause("ZonePending"));
        eventually(() -> assertThat(scrape())
                .containsPattern("sweeps_total\\{outcome=\"done\"} [1-9]")
                .contains("maildomain_sweep_age_seconds{account=\"" + rig.account() + "\"}")
                .contains("maildomain_zone_pending_seconds{"));
        // With another token each of them looks for itself first.
        String swept = scrape();
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
        String expires = "expiry_timestamp_seconds{account=\"" + rig.account() + "\",surface=\"runtime\"}";
        eventually(() -> assertThat(scrape()).contains(expires, "maildomain_zone_pending_seconds{"));
        // A refused token leaves no domain pending: what is seen is seen in either scrape.
        String before = scrape();
        rig.control().deleteToken("expiring");

        eventually(() -> assertThat(scrape()).contains("why=\"auth_gate\""));
        String scrape = swept + before + scrape();
        assertThat(found(METRIC, used)).hasSizeGreaterThan(11).allSatisfy(metric -> assertThat(scrape)
                .containsPattern("(?m)^" + metric + "[{ ]"));
        assertThat(scrape)
                .containsPattern("requests_seconds_count\\{account=\"" + rig.account()
                        + "\",call=\"[a-z_]+\",code=\"[0-9]+\",status=\"40[13]\"")
                .containsPattern("requests_seconds_bucket\\{.*,le=\"0.25\"} ")
                .containsPattern("zone_pending_seconds\\{resource=\"pending\",resource_namespace=\"" + rig.namespace())
                .contains("maildomain_leader 1.0", "maildomain_resources{kind=\"maildomain\",ready=\"");
        everySeriesIsOfTheCatalogueAndInLowerCase(scrape);
    }

    private static void everySeriesIsOfTheCatalogueAndInLowerCase(String scrape) {
        assertThat(found(OURS, scrape))
                .isSubsetOf(Arrays.stream(Metric.values())
                        .flatMap(metric -> metric.series().stream())
                        .toList());
        Matcher labels = LABELS.matcher(scrape);
        while (labels.find()) {
            assertThat(labels.group(1).replace("+Inf", "")).isLowerCase();
        }
    }

    @Test
    void seriesEndWithTheirObject() {
        scene.mailDomain("gone", "gone.example", rulesOf(forward("a@gone.example", TEAM)));
        eventually(
                () -> assertThat(scrape()).contains("resource=\"gone\"", "maildomain_resources{kind=\"maildomain\""));

        scene.delete("gone");

        eventually(() ->
                assertThat(scrape()).doesNotContain("resource=\"gone\"", "maildomain_resources{kind=\"maildomain\""));
    }

    /** What no scrape shows before it happens: the spelling. */
    @Test
    void everyValueThatAnAlertNamesIsOneThatTheOperatorMayExport() {
        assertThat(named("why")).isEqualTo(labels(Permit.Cause.values()));
        assertThat(named("reason")).isNotEmpty().isSubsetOf(words(Reason.values()));
        assertThat(named("state")).isNotEmpty().isSubsetOf(words(RuleState.values()));
        Set<String> failures = labels(TransportError.values());
        failures.addAll(Set.of("malformed", "403", "5.."));
        assertThat(named("status")).isEqualTo(failures);
    }

    private Set<String> named(String label) {
        Set<String> named = new TreeSet<>();
        Matcher matcher =
                Pattern.compile(label + "(?:=|!)~?\\\\*\"([A-Za-z_|.0-9]+)").matcher(used);
        while (matcher.find()) {
            named.addAll(List.of(matcher.group(1).split("\\|")));
        }
        return named;
    }

    private static Set<String> labels(Enum<?>... constants) {
        return new TreeSet<>(Stream.of(constants).map(Label::of).toList());
    }

    private static Set<String> words(Enum<?>... constants) {
        return new TreeSet<>(
                Stream.of(constants).map(Enum::name).map(Label::ofCamelCase).toList());
    }

    private String scrape() {
        return rig.operator().get("/metrics").body();
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
