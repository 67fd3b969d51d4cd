package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.Checkout;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.operator.cloudflare.ratelimit.Permit;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chart's alerts and its dashboard speak of metrics that a running operator really exports, with the labels that they name. */
class AlertMetricsIT {

    private static final String EXPIRING = "a-token-that-expires-in-ten-days-0123456789";
    private static final Pattern METRIC = Pattern.compile("\\b(?:maildomain|jvm|process)_[a-z_]+");
    private static final Pattern WHY = Pattern.compile("why=~?\\\\*\"([A-Z_|]+)");

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--drift-interval=1s");

    private final Scene scene = new Scene(rig);

    @Test
    void everyMetricOfAlertsAndDashboardIsInAScrape() throws IOException {
        Path files = Checkout.find().chart().resolve("files");
        String used =
                Files.readString(files.resolve("alerts.yaml")) + Files.readString(files.resolve("dashboard.json"));
        scene.destination(TEAM);
        scene.settledZone("seen.example");
        scene.mailDomain("seen", "seen.example", rulesOf(forward("a@seen.example", TEAM)));
        scene.eventuallyReady("seen");
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
        eventually(() -> assertThat(scrape()).contains("maildomain_token_expiry_timestamp_seconds"));
        rig.control().deleteToken("expiring");

        eventually(() -> assertThat(scrape()).contains("why=\"AUTH_GATE\""));
        assertThat(found(METRIC, used)).hasSizeGreaterThan(6).allSatisfy(metric -> assertThat(scrape())
                .containsPattern("(?m)^" + metric + "[{ ]"));
        assertThat(scrape()).containsPattern("requests_seconds_count\\{call=\"[A-Z_]+\",outcome=\"40[13]\"");
    }

    /** What no scrape shows before it happens: the spelling. */
    @Test
    void everyReasonToWaitThatAnAlertNamesIsOneOfTheOperators() throws IOException {
        String alerts = Files.readString(Checkout.find().chart().resolve("files/alerts.yaml"));
        Set<String> named = new TreeSet<>();
        Matcher matcher = WHY.matcher(alerts);
        while (matcher.find()) {
            named.addAll(List.of(matcher.group(1).split("\\|")));
        }

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Permit.Cause.values()).map(Enum::name).toList());
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
