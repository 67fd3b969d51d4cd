package io.maildomain.operator.controller.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.RightState;
import io.maildomain.api.v1alpha1.TokenState;
import io.maildomain.operator.cloudflare.ApiError;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.cloudflare.TokenStanding;
import io.maildomain.operator.config.OperatorSettings.Probing;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.Surface;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a token is probed again. */
class TokenProbesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Probing PROBING = new Probing(Duration.ofDays(1), Duration.ofMinutes(10));
    private static final ApiToken TOKEN = ApiToken.of("a-token-0123456789-0123456789-0123456789");
    private static final Probed FINE = probed(TokenState.active, "");

    private static final CloudflareException REFUSED = new CloudflareException(
            CloudflareCall.LIST_ZONES,
            new Failure.Refused(403, List.of(new ApiError(9109, "Invalid access token")), null));

    @Test
    void aTokenThatIsFineIsProbedOnceADay() {
        assertThat(isDue(FINE, all(RightState.Readable), Duration.ofHours(23))).isFalse();
        assertThat(isDue(FINE, all(RightState.Readable), Duration.ofDays(1))).isTrue();
    }

    @Test
    void aTokenThatLacksSomethingIsProbedSooner() {
        for (RightState amiss : List.of(RightState.Missing, RightState.Unknown)) {
            assertThat(isDue(FINE, all(amiss), Duration.ofMinutes(9))).isFalse();
            assertThat(isDue(FINE, all(amiss), Duration.ofMinutes(10))).isTrue();
        }
        TokenStanding fine = all(RightState.Granted);
        assertThat(isDue(probed(TokenState.disabled, ""), fine, Duration.ofMinutes(10)))
                .isTrue();
        assertThat(isDue(probed(TokenState.active, "no answer"), fine, Duration.ofMinutes(10)))
                .isTrue();
        assertThat(isDue(FINE, new TokenStanding(REFUSED, fine.rights()), Duration.ofMinutes(10)))
                .isTrue();
    }

    @Test
    void aTokenWhoseStateNobodyTellsIsNoReasonToAskOften() {
        assertThat(isDue(probed(TokenState.unknown, ""), all(RightState.Readable), Duration.ofHours(1)))
                .isFalse();
    }

    @Test
    void aRefusalInRealWorkBringsAProbeSoonButNotAtOnceAgain() {
        TokenStanding before = all(RightState.Readable);
        TokenStanding now = all(RightState.Missing);

        assertThat(isDue(before, FINE, now, TOKEN, Duration.ofSeconds(31))).isTrue();
        assertThat(isDue(before, FINE, now, TOKEN, Duration.ofSeconds(29))).isFalse();
        assertThat(isDue(now, FINE, now, TOKEN, Duration.ofSeconds(31))).isFalse();
    }

    @Test
    void anotherTokenIsProbedAtOnce() {
        TokenStanding fine = all(RightState.Granted);
        ApiToken next = ApiToken.of("another-0123456789-0123456789-0123456789");

        assertThat(isDue(fine, FINE, fine, next, Duration.ZERO)).isTrue();
    }

    private static boolean isDue(Probed probed, TokenStanding standing, Duration age) {
        return isDue(standing, probed, standing, TOKEN, age);
    }

    private static boolean isDue(TokenStanding before, Probed probed, TokenStanding now, ApiToken token, Duration age) {
        TokenProbes.Known known = new TokenProbes.Known(TOKEN, probed, before, START);
        return TokenProbes.isDue(known, Surface.RUNTIME, token, now, PROBING, START.plus(age));
    }

    private static Probed probed(TokenState state, String trouble) {
        return new Probed(new Verification(state, null), List.of(), List.of(), trouble);
    }

    private static TokenStanding all(RightState standing) {
        Map<Permission, RightState> rights = new EnumMap<>(Permission.class);
        Permission.of(Surface.RUNTIME).forEach(right -> rights.put(right, standing));
        return new TokenStanding(null, rights);
    }
}
