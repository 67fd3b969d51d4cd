package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ACCOUNT;
import static io.maildomain.operator.cloudflare.FakeCloudflare.TOKEN;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.credentials.ApiToken;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is remembered of a token from the answers that its calls got. */
class TokenStandingTest {

    private final FakeCloudflare cloudflare = new FakeCloudflare();
    private final ApiToken token = ApiToken.of(TOKEN);
    private final List<ApiToken> learned = new ArrayList<>();
    private final CloudflareClients clients = new CloudflareClients(
            FakeCloudflare.settings(cloudflare.url()), Clock.systemUTC(), cloudflare.metrics, () -> true, learned::add);
    private final Cloudflare client = clients.forToken(token);

    @AfterEach
    void stop() {
        clients.close();
        cloudflare.close();
    }

    @Test
    void aReadShowsThatItsRightCanBeReadWithAndTheNewsIsToldOnce() {
        cloudflare.result("{\"enabled\":true,\"name\":\"example.com\"}").result("{\"enabled\":true,\"name\":\"x\"}");

        client.routing(ZONE, Use.CHECK);
        client.routing(ZONE, Use.CHECK);

        assertThat(clients.standing(token).of(Right.ZONE_SETTINGS)).isEqualTo(RightStanding.READABLE);
        assertThat(clients.standing(token).of(Right.ZONE)).isEqualTo(RightStanding.UNKNOWN);
        assertThat(learned).containsExactly(token);
    }

    @Test
    void anEmptyListOfZonesShowsNothing() {
        cloudflare.result("[]");

        client.someZones(Use.CHECK);

        assertThat(clients.standing(token)).isEqualTo(TokenStanding.unknown());
    }

    /** Else a domain whose zone is known would hide, at each drift check, that zones can be listed no more. */
    @Test
    void readingAZoneShowsNothingSinceOtherRightsAllowItToo() {
        cloudflare
                .refuses(403, 0, "requires permission zone.list")
                .result("{\"id\":\"" + ZONE + "\",\"name\":\"example.com\",\"status\":\"active\",\"type\":\"full\","
                        + "\"account\":{\"id\":\"" + ACCOUNT + "\"},\"created_on\":\"2026-01-01T00:00:00Z\"}");

        failing(() -> client.someZones(Use.CHECK));
        client.zone(ZONE, Use.CHECK);

        assertThat(clients.standing(token).of(Right.ZONE)).isEqualTo(RightStanding.MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "403, 10000, Authentication error",
        "403, 9109, Unauthorized to access requested resource",
        "401, 2036, Unauthorized",
    })
    void aRefusalForWantOfARightMarksThatRight(int status, int code, String message) {
        cloudflare.refuses(status, code, message);

        failing(() -> client.deleteRule(ZONE, FakeCloudflare.RULE));

        assertThat(clients.standing(token).of(Right.EMAIL_ROUTING_RULES)).isEqualTo(RightStanding.MISSING);
        assertThat(clients.standing(token).refusal()).isEmpty();
    }

    @Test
    void zonesThatMayNotBeCreatedAreAMissingRight() {
        cloudflare.refuses(403, 0, "Requires permission \\\"com.cloudflare.api.account.zone.create\\\"");

        failing(() -> client.createZone("example.com", ACCOUNT));

        assertThat(clients.standing(token).of(Right.ZONE)).isEqualTo(RightStanding.MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 9109, Invalid zone identifier",
        "404, 7003, Could not route",
        "409, 2014, Duplicated Zone rule",
        "429, 971, Please wait",
        "500, 10000, Authentication error",
    })
    void otherRefusalsSayNothingOfRights(int status, int code, String message) {
        cloudflare.refuses(status, code, message);

        failing(() -> client.deleteRule(ZONE, FakeCloudflare.RULE));

        assertThat(clients.standing(token)).isEqualTo(TokenStanding.unknown());
    }

    @Test
    void aRefusedTokenIsRememberedUntilACallGoesThrough() {
        cloudflare.refuses(403, 9109, "Invalid access token");
        failing(() -> client.routing(ZONE, Use.CHECK));
        assertThat(clients.standing(token).refusal().orElseThrow().words())
                .contains("9109")
                .doesNotContain(TOKEN);
        assertThat(clients.standing(token).of(Right.ZONE_SETTINGS)).isEqualTo(RightStanding.UNKNOWN);

        clients.forgetRefusals(token);
        assertThat(clients.standing(token).refusal()).isNotEmpty();
    }

    @Test
    void theVerificationOfATokenShowsNothingOfIt() {
        cloudflare.refuses(401, 1000, "Invalid API Token");

        failing(() -> client.verifyToken(Use.CHECK));

        assertThat(clients.standing(token)).isEqualTo(TokenStanding.unknown());
    }
}
