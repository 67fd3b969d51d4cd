package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ACCOUNT;
import static io.maildomain.operator.cloudflare.FakeCloudflare.TOKEN;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.RightState;
import io.maildomain.operator.cloudflare.ratelimit.Ticker;
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
    private final List<TokenNews> learned = new ArrayList<>();
    private final List<Runnable> verifications = new ArrayList<>();
    private final CloudflareClients clients = new CloudflareClients(
            FakeCloudflare.settings(cloudflare.url()),
            Clock.systemUTC(),
            Ticker.system(),
            new CallMetrics(cloudflare.metrics, anyToken -> CallMetrics.NONE),
            () -> true,
            learned::add,
            verifications::add);
    private final Cloudflare client = clients.forToken(token);

    @AfterEach
    void stop() {
        clients.close();
        cloudflare.close();
    }

    @Test
    void aReadShowsThatItsRightCanBeReadWithAndTheNewsIsToldOnce() {
        cloudflare.result("{\"enabled\":true,\"name\":\"example.com\"}").result("{\"enabled\":true,\"name\":\"x\"}");

        client.routing(ZONE);
        client.routing(ZONE);

        assertThat(clients.standing(token).of(Permission.ZONE_SETTINGS)).isEqualTo(RightState.Readable);
        assertThat(clients.standing(token).of(Permission.ZONE)).isEqualTo(RightState.Unknown);
        assertThat(learned).extracting(TokenNews::token).containsExactly(token);
    }

    @Test
    void whatCloudflareSaysOfATokenThatItRefusesIsKnownToEveryCallThatFailsForIt() {
        cloudflare
                .refuses(401, 1000, "Invalid API Token")
                .result("{\"id\":\"" + ZONE + "\",\"status\":\"expired\"}")
                .refuses(403, 9109, "Invalid access token");

        failing(() -> client.verifyToken());
        client.verifyAccountToken(ACCOUNT);
        CloudflareException refused = failing(() -> client.routing(ZONE));
        CloudflareException heldBack = failing(() -> client.someZones());

        assertThat(heldBack.failure()).isInstanceOf(Failure.Postponed.class);
        for (CloudflareException failure : List.of(refused, heldBack)) {
            assertThat(failure.token().saysUnusable()).isTrue();
            assertThat(failure.token().accountOwned()).isTrue();
            assertThat(failure.token().refusal()).isPresent();
        }
        assertThat(learned).extracting(TokenNews::isRefusal).containsExactly(true, true);
    }

    @Test
    void aTokenThatHasExpiredSinceItWasVerifiedIsKnownToHave() {
        cloudflare
                .result("{\"id\":\"" + ZONE + "\",\"status\":\"active\",\"expires_on\":\"2026-01-01T00:00:00Z\"}")
                .refuses(403, 9109, "Invalid access token");

        client.verifyToken();
        CloudflareException refused = failing(() -> client.routing(ZONE));

        assertThat(refused.token().verification().orElseThrow().status()).isEqualTo("expired");
    }

    @Test
    void aRefusedTokenThatWasNeverAskedAboutIsVerifiedInTheBackground() {
        cloudflare
                .refuses(403, 9109, "Invalid access token")
                .result("{\"id\":\"" + ZONE + "\",\"status\":\"expired\"}");
        failing(() -> client.routing(ZONE));

        assertThat(verifications).hasSize(1);
        verifications.get(0).run();
        assertThat(clients.standing(token).verification().orElseThrow().status())
                .isEqualTo("expired");
    }

    @Test
    void thatATokenWorksWhichIsCalledExpiredIsNoNews() {
        cloudflare
                .result("{\"id\":\"" + ZONE + "\",\"status\":\"expired\"}")
                .result("{\"enabled\":true,\"name\":\"example.com\"}")
                .result("{\"id\":\"" + ZONE + "\",\"status\":\"expired\"}");
        client.verifyToken();
        learned.clear();

        client.routing(ZONE);
        client.verifyToken();

        assertThat(learned).noneMatch(TokenNews::isRecovery).noneMatch(TokenNews::isRefusal);
    }

    @Test
    void thatATokenIsTakenAgainIsNews() {
        // Verified before: else it is asked about once it is refused, at a moment of its own, by a call that takes an
        // answer.
        cloudflare.result("{\"id\":\"" + ZONE + "\",\"status\":\"active\"}");
        client.verifyToken();
        learned.clear();
        cloudflare.refuses(403, 9109, "Invalid access token").result("{\"enabled\":true,\"name\":\"example.com\"}");

        failing(() -> client.routing(ZONE));
        clients.reopen(token);
        client.routing(ZONE);

        assertThat(learned).extracting(TokenNews::isRecovery).containsExactly(false, true);
    }

    @Test
    void anEmptyListOfZonesShowsNothing() {
        cloudflare.result("[]");

        client.someZones();

        assertThat(clients.standing(token)).isEqualTo(TokenStanding.unknown());
    }

    /** Else a domain whose zone is known would hide, at each drift check, that zones can be listed no more. */
    @Test
    void readingAZoneShowsNothingSinceOtherRightsAllowItToo() {
        cloudflare
                .refuses(403, 0, "requires permission zone.list")
                .result("{\"id\":\"" + ZONE + "\",\"name\":\"example.com\",\"status\":\"active\",\"type\":\"full\","
                        + "\"account\":{\"id\":\"" + ACCOUNT + "\"},\"created_on\":\"2026-01-01T00:00:00Z\"}");

        failing(() -> client.someZones());
        client.zone(ZONE);

        assertThat(clients.standing(token).of(Permission.ZONE)).isEqualTo(RightState.Missing);
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

        assertThat(clients.standing(token).of(Permission.EMAIL_ROUTING_RULES)).isEqualTo(RightState.Missing);
        assertThat(clients.standing(token).refusal()).isEmpty();
    }

    @Test
    void zonesThatMayNotBeCreatedAreAMissingRight() {
        cloudflare.refuses(403, 0, "Requires permission \\\"com.cloudflare.api.account.zone.create\\\"");

        failing(() -> client.createZone("example.com", ACCOUNT));

        assertThat(clients.standing(token).of(Permission.ZONE)).isEqualTo(RightState.Missing);
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
        failing(() -> client.routing(ZONE));
        assertThat(clients.standing(token).refusal().orElseThrow().describe())
                .contains("9109")
                .doesNotContain(TOKEN);
        assertThat(clients.standing(token).of(Permission.ZONE_SETTINGS)).isEqualTo(RightState.Unknown);

        clients.forgetRefusals(token);
        assertThat(clients.standing(token).refusal()).isNotEmpty();
    }

    @Test
    void theVerificationOfATokenShowsNothingOfIt() {
        cloudflare.refuses(401, 1000, "Invalid API Token");

        failing(() -> client.verifyToken());

        assertThat(clients.standing(token)).isEqualTo(TokenStanding.unknown());
    }
}
