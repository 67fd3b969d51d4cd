package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ACCOUNT;
import static io.maildomain.operator.cloudflare.FakeCloudflare.RULE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.maildomain.operator.cloudflare.Failure.Postponed;
import io.maildomain.operator.cloudflare.ratelimit.Permit.Cause;
import io.maildomain.operator.credentials.ApiToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LimitedCallsTest {
    private static final String SETTINGS = "{\"enabled\":true}";

    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    private void reads() {
        cloudflare.client().routing(ZONE);
    }

    /** What Cloudflare says of the token is known: it is not asked once more when the token is refused, at a moment of its own. */
    private void tokenIsVerified() {
        cloudflare
                .result("{\"id\":\"%s\",\"status\":\"active\"}".formatted(ZONE))
                .client()
                .verifyToken();
    }

    private Postponed postponed() {
        Failure failure = failing(this::reads).failure();
        assertThat(failure).isInstanceOf(Postponed.class);
        return (Postponed) failure;
    }

    static Stream<Arguments> writes() {
        RuleDraft rule = new RuleDraft("", true, 0, List.of(), List.of());
        Map<CloudflareCall, Consumer<Cloudflare>> calls = Map.ofEntries(
                Map.entry(CloudflareCall.CREATE_ZONE, it -> it.createZone("example.com", ACCOUNT)),
                Map.entry(CloudflareCall.DELETE_ZONE, it -> it.deleteZone(ZONE)),
                Map.entry(CloudflareCall.PATCH_ROUTING, it -> it.setSubaddressing(ZONE, true)),
                Map.entry(CloudflareCall.ENABLE_ROUTING, it -> it.enableRouting(ZONE)),
                Map.entry(CloudflareCall.DISABLE_ROUTING, it -> it.disableRouting(ZONE)),
                Map.entry(CloudflareCall.ADD_SUBDOMAIN, it -> it.addSubdomain(ZONE, "in.example.com")),
                Map.entry(CloudflareCall.REMOVE_SUBDOMAIN, it -> it.removeSubdomain(ZONE, "in.example.com")),
                Map.entry(CloudflareCall.CREATE_RULE, it -> it.createRule(ZONE, rule)),
                Map.entry(CloudflareCall.UPDATE_RULE, it -> it.updateRule(ZONE, RULE, rule)),
                Map.entry(CloudflareCall.DELETE_RULE, it -> it.deleteRule(ZONE, RULE)),
                Map.entry(
                        CloudflareCall.PUT_CATCH_ALL,
                        it -> it.putCatchAll(ZONE, new CatchAllDraft("", false, List.of()))));
        return calls.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void whoDoesNotLeadWritesNothing(CloudflareCall call, Consumer<Cloudflare> write) {
        cloudflare.leader.set(false);

        CloudflareException exception = failing(() -> write.accept(cloudflare.client()));

        assertThat(exception.call()).isEqualTo(call);
        assertThat(exception.failure()).isInstanceOf(Failure.Fenced.class);
        assertThat(exception.mayHaveTakenEffect()).isFalse();
        assertThat(cloudflare.server.getRequestCount()).isZero();
    }

    @Test
    void whoDoesNotLeadMayStillRead() {
        cloudflare.leader.set(false);
        cloudflare.result(SETTINGS);

        assertThatCode(this::reads).doesNotThrowAnyException();
    }

    @Test
    void theFenceIsAskedAgainBeforeTheSuccessorOfADeprecatedCall() {
        int[] asked = {0};
        try (CloudflareClients clients = new CloudflareClients(
                FakeCloudflare.settings(cloudflare.url()),
                java.time.Clock.systemUTC(),
                cloudflare.metrics,
                () -> asked[0]++ == 0)) {
            cloudflare.answers(404, "");

            CloudflareException exception = failing(
                    () -> clients.forToken(ApiToken.of(FakeCloudflare.TOKEN)).enableRouting(ZONE));

            assertThat(exception.failure()).isInstanceOf(Failure.Fenced.class);
            assertThat(exception.call()).isEqualTo(CloudflareCall.ENABLE_ROUTING_DNS);
        }
    }

    @ParameterizedTest
    @CsvSource({"429, 10040", "429, 0", "400, 971", "403, 10429"})
    void after429NothingIsSentForAsLongAsCloudflareAsks(int status, int code) {
        cloudflare.answers(new MockResponse.Builder()
                .code(status)
                .setHeader("Retry-After", "17")
                .body(FakeCloudflare.refusal(code, "slow down")));
        assertThat(failing(this::reads).refused().orElseThrow().retryAfter()).contains(Duration.ofSeconds(17));

        assertThat(postponed()).isEqualTo(new Postponed(Duration.ofSeconds(17), Cause.RATE_LIMITED));
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(1);

        cloudflare.ticker.pass(Duration.ofSeconds(17));
        cloudflare.result(SETTINGS);
        reads();
    }

    @Test
    void anotherTokenIsNotHeldBack() {
        cloudflare.answers(new MockResponse.Builder().code(429)).result(SETTINGS);
        failing(this::reads);

        cloudflare
                .clients()
                .forToken(ApiToken.of("another-token-0123456789-0123456789-0123456"))
                .routing(ZONE);
    }

    @Test
    void allWhoUseATokenShareItsLimits() {
        cloudflare.answers(new MockResponse.Builder().code(429));
        Cloudflare one = cloudflare.clients().forToken(ApiToken.of(FakeCloudflare.TOKEN));
        Cloudflare other = cloudflare.clients().forToken(ApiToken.of(FakeCloudflare.TOKEN));
        failing(() -> one.routing(ZONE));

        assertThat(failing(() -> other.routing(ZONE)).failure()).isInstanceOf(Postponed.class);
    }

    @Test
    void whatCloudflareCountsIsObeyed() {
        cloudflare.answers(new MockResponse.Builder()
                .setHeader("Ratelimit", "\"default\";r=0;t=33")
                .setHeader("Ratelimit-Policy", "\"default\";q=1200;w=300")
                .body("{\"success\":true,\"result\":" + SETTINGS + "}"));
        reads();

        assertThat(postponed()).isEqualTo(new Postponed(Duration.ofSeconds(33), Cause.RATE_LIMITED));
    }

    @Test
    void ofWhatCloudflareCountsPeoplesReserveIsLeftAlone() {
        cloudflare.answers(new MockResponse.Builder()
                .setHeader("Ratelimit", "\"default\";r=240")
                .setHeader("Ratelimit-Policy", "\"default\";q=1200;w=300")
                .body("{\"success\":true,\"result\":" + SETTINGS + "}"));
        reads();

        assertThat(postponed()).isEqualTo(new Postponed(Duration.ofSeconds(300), Cause.RATE_LIMITED));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"default\";q=1200;w=300, \"burst\";q=50;w=1', '\"default\";r=0;t=33, \"burst\";r=49;t=1'",
        "'\"burst\";q=50;w=1, \"default\";q=1200;w=300', '\"burst\";r=49;t=1, \"default\";r=0;t=33'",
    })
    void ofSeveralPoliciesTheOneThatAllowsLeastInTheLongRunIsTheBudget(String policy, String ratelimit) {
        cloudflare.answers(new MockResponse.Builder()
                .setHeader("Ratelimit", ratelimit)
                .setHeader("Ratelimit-Policy", policy)
                .body("{\"success\":true,\"result\":" + SETTINGS + "}"));
        reads();

        assertThat(postponed()).isEqualTo(new Postponed(Duration.ofSeconds(33), Cause.RATE_LIMITED));
    }

    @Test
    void whatIsLeftOfABurstIsNotWhatIsLeftOfTheBudget() {
        cloudflare
                .answers(new MockResponse.Builder()
                        .setHeader("Ratelimit", "\"default\";r=900;t=33, \"burst\";r=0;t=1")
                        .setHeader("Ratelimit-Policy", "\"default\";q=1200;w=300, \"burst\";q=50;w=1")
                        .body("{\"success\":true,\"result\":" + SETTINGS + "}"))
                .result(SETTINGS);
        reads();
        reads();
    }

    @Test
    void aUsedUpBudgetPostponesWithoutBlocking() {
        cloudflare.answers(new MockResponse.Builder()
                .setHeader("Ratelimit", "\"default\";r=241;t=300")
                .body("{\"success\":true,\"result\":" + SETTINGS + "}"));
        cloudflare.result(SETTINGS);
        reads();
        reads();

        Postponed postponed = postponed();
        assertThat(postponed.cause()).isEqualTo(Cause.BUDGET);
        assertThat(postponed.pause()).isPositive().isLessThan(Duration.ofSeconds(1));
        assertThat(cloudflare
                        .metrics
                        .counter("maildomain.cloudflare.postponed", "why", "budget")
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "';;;', ';;;'",
        "'\"default\";r=;t=', '\"default\";q=;w='",
        "'\"default\";r=99999999999999999999', '\"default\";q=1;w=99999999999999'",
        "'r=0;t=9', 'q=0;w=9'",
        "'\"default\";r=-1;t=3', '\"default\";q=-1;w=-1'",
    })
    void nonsenseInTheHeadersIsPassedOver(String ratelimit, String policy) {
        cloudflare
                .answers(new MockResponse.Builder()
                        .setHeader("Ratelimit", ratelimit)
                        .setHeader("Ratelimit-Policy", policy)
                        .body("{\"success\":true,\"result\":" + SETTINGS + "}"))
                .result(SETTINGS);
        reads();
        reads();
    }

    @Test
    void afterARefusedTokenOneCallProbesAndTheOthersWait() {
        tokenIsVerified();
        cloudflare.refuses(403, 9109, "Invalid access token");
        failing(this::reads);

        assertThat(postponed())
                .isEqualTo(new Postponed(
                        Duration.ofSeconds(10), Cause.AUTH_GATE, "HTTP 403, code 9109: Invalid access token"));

        cloudflare.ticker.pass(Duration.ofSeconds(10));
        cloudflare.refuses(403, 9109, "Invalid access token");
        failing(this::reads);
        assertThat(postponed().pause()).hasSeconds(20);

        cloudflare.ticker.pass(Duration.ofSeconds(20));
        cloudflare.result(SETTINGS).result(SETTINGS);
        reads();
        reads();
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(5);
    }

    @Test
    void whoeverChangesTheSecretOpensTheGateOfItsTokenAlone() {
        tokenIsVerified();
        cloudflare.refuses(403, 9109, "Invalid access token");
        failing(this::reads);
        cloudflare.clients().reopen(ApiToken.of("another-token-0000000000000000000000000"));
        assertThat(postponed().cause()).isEqualTo(Cause.AUTH_GATE);

        cloudflare.clients().reopen(ApiToken.of(FakeCloudflare.TOKEN));
        cloudflare.result(SETTINGS);
        assertThatCode(this::reads).doesNotThrowAnyException();
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(3);
        assertThat(cloudflare.clients().known())
                .as("a token that is not used is not made known by its Secret")
                .isEqualTo(1);
    }

    @Test
    void aProbeThatIsLostIsFollowedByAnotherAtOnce() {
        tokenIsVerified();
        cloudflare.refuses(401, 1000, "Invalid API Token");
        failing(this::reads);
        cloudflare.ticker.pass(Duration.ofSeconds(10));
        // Two, since a read on an old connection is sent once more.
        cloudflare.answers(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));
        cloudflare.answers(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));
        assertThat(failing(this::reads).failure()).isInstanceOf(Failure.Unreachable.class);

        cloudflare.result(SETTINGS);
        assertThatCode(this::reads).doesNotThrowAnyException();
    }

    @Test
    void aMissingRightHoldsNoOtherCallBack() {
        cloudflare.refuses(403, 10000, "Authentication error");
        failing(this::reads);
        cloudflare.refuses(403, 9109, "Unauthorized to access requested resource");
        failing(this::reads);

        cloudflare.result("[]").client().rules(ZONE);
    }

    @Test
    void anAccountsTokenThatTheUsersVerificationRefusesGoesOnWorking() {
        cloudflare.refuses(401, 1000, "Invalid API Token").result(SETTINGS);

        assertThat(failing(() -> cloudflare.client().verifyToken())
                        .refused()
                        .orElseThrow()
                        .code())
                .isEqualTo(1000);
        reads();
    }

    @Test
    void eachCallIsCountedByItsOutcome() {
        cloudflare.result(SETTINGS).refuses(409, 1, "x").answers(200, "x");
        reads();
        failing(this::reads);
        failing(this::reads);

        Map.of("200", "none", "409", "other", "malformed", "none").forEach((status, code) -> assertThat(cloudflare
                        .metrics
                        .get("maildomain.cloudflare.requests")
                        .tags("account", "none", "call", "get_routing", "status", status, "code", code)
                        .timer()
                        .count())
                .as(status)
                .isEqualTo(1));
    }

    @Test
    void aSecretThatGetsANewTokenEverySecondFillsNoMemory() {
        cloudflare.client();
        for (int i = 0; i < CloudflareClients.MOST; i++) {
            cloudflare.client();
            cloudflare.clients().standing(ApiToken.of("token-number-%032d".formatted(i)));
        }

        assertThat(cloudflare.clients().known()).isLessThanOrEqualTo(CloudflareClients.MOST + 1);
    }

    @Test
    void aTokenThatNobodyUsesIsForgotten() {
        cloudflare.client();
        cloudflare.ticker.pass(Duration.ofHours(25));
        cloudflare.clients().forToken(ApiToken.of("another-token-0123456789-0123456789-0123456"));

        assertThat(cloudflare.clients().known()).isEqualTo(1);
    }
}
