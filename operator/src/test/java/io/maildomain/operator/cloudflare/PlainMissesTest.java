package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.RULE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A 404 that is no JSON: Cloudflare's own for what Email Routing does not have, or a proxy's. */
class PlainMissesTest {
    private static final String PLAIN = "404 page not found";
    private static final String ZONE_JSON =
            "{\"id\":\"%s\",\"name\":\"example.com\",\"created_on\":\"2026-11-24T02:00:00Z\"}".formatted(ZONE);
    private static final String CATCH_ALL_JSON =
            "{\"id\":\"%s\",\"enabled\":true,\"matchers\":[{\"type\":\"all\"}],\"actions\":[{\"type\":\"drop\"}]}"
                    .formatted(RULE);

    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "<html>Not Found</html>", "", "{}", "null", "{\"success\":false,\"errors\":[]}"})
    void aCatchAllThatTheListOfRulesLacksTooIsMissing(String body) {
        cloudflare.answers(404, body).result("[]");

        assertThat(failing(() -> cloudflare.client().catchAll(ZONE)).catchAllMissing())
                .isTrue();
    }

    @Test
    void aCatchAllThatStandsInTheListOfRulesIsThere() {
        cloudflare.answers(404, PLAIN).result("[" + CATCH_ALL_JSON + "]");

        assertThat(cloudflare.client().catchAll(ZONE).enabled()).isTrue();
    }

    @Test
    void withoutAnyAnswerOfCloudflaresNothingIsMissing() {
        for (int i = 0; i < 5; i++) {
            cloudflare.answers(404, PLAIN);
        }

        CloudflareException exception = failing(() -> cloudflare.client().catchAll(ZONE));

        assertThat(exception.catchAllMissing()).isFalse();
        assertThat(exception.rulesMissing()).isFalse();
        assertThat(exception.zoneMissing()).isFalse();
    }

    @Test
    void rulesOfAZoneThatIsThereAreMissing() {
        cloudflare.answers(404, PLAIN).result(ZONE_JSON).answers(404, PLAIN);

        CloudflareException exception = failing(() -> cloudflare.client().rules(ZONE));

        assertThat(exception.rulesMissing()).isTrue();
        assertThat(exception.zoneMissing()).isFalse();
    }

    @Test
    void rulesThatAreThereWhenAskedForAgainAreNotMissing() {
        cloudflare.answers(404, PLAIN).result(ZONE_JSON).result("[" + CATCH_ALL_JSON + "]");

        assertThat(cloudflare.client().rules(ZONE).listedCatchAll()).isPresent();
    }

    @Test
    void settingsThatAreThereWhenAskedForAgainCount() {
        cloudflare.answers(404, PLAIN).result(ZONE_JSON).result("{\"enabled\":true,\"status\":\"ready\"}");

        assertThat(cloudflare.client().routing(ZONE).enabled()).isTrue();
    }

    @Test
    void settingsOfAZoneThatIsThereSayThatRoutingIsOff() {
        cloudflare.answers(404, PLAIN).result(ZONE_JSON).answers(404, PLAIN);

        assertThat(cloudflare.client().routing(ZONE)).isEqualTo(RoutingSettings.none());
    }

    @Test
    void settingsThatCloudflareSaysAreNotThereMeanTheSame() {
        cloudflare.refuses(404, 1, "email routing not found");

        assertThat(cloudflare.client().routing(ZONE).enabled()).isFalse();
    }

    @Test
    void aZoneThatTheListOfZonesLacksTooIsMissing() {
        cloudflare.answers(404, PLAIN).result("[]");

        assertThat(failing(() -> cloudflare.client().zone(ZONE)).zoneMissing()).isTrue();
    }

    @Test
    void thatAZoneHasNoReportOnItsMailRecordsTellsNothingOfThem() {
        cloudflare.answers(404, PLAIN).result(ZONE_JSON).answers(404, PLAIN);

        assertThat(cloudflare.client().routingDns(ZONE).form()).isEqualTo(DnsReport.Form.OTHER);
    }

    @Test
    void aProxysAnswerIsNoReportOnMailRecords() {
        for (int i = 0; i < 5; i++) {
            cloudflare.answers(404, PLAIN);
        }

        assertThat(failing(() -> cloudflare.client().routingDns(ZONE)).routingDnsMissing())
                .isFalse();
    }

    @Test
    void aZoneThatStandsInTheListOfZonesIsThere() {
        cloudflare.answers(404, PLAIN).result("[" + ZONE_JSON + "]");

        assertThat(cloudflare.client().zone(ZONE).name()).isEqualTo("example.com");
    }

    @Test
    void aZoneIsNotMissingWhileTheListOfZonesIsRefused() {
        cloudflare.answers(404, PLAIN).refuses(403, 10000, "Authentication error");

        assertThat(failing(() -> cloudflare.client().zone(ZONE)).zoneMissing()).isFalse();
    }
}
