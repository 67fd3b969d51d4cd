package io.maildomain.operator.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maildomain.api.v1alpha1.KeyKind;
import io.maildomain.operator.credentials.TokenResolution.Absent;
import io.maildomain.operator.credentials.TokenResolution.Found;
import io.maildomain.operator.credentials.TokenResolution.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenResolutionTest {
    private static final String SPLIT = "split-token-0123456789-0123456789-0123456789";
    private static final String SHARED = "shared-token-0123456789-0123456789-012345678";

    /** What can lie under a key. */
    private enum Lies {
        MISSING,
        EMPTY,
        BLANK,
        WELL,
        UNTRIMMED,
        BROKEN;

        String value(String token) {
            return switch (this) {
                case MISSING -> null;
                case EMPTY -> "";
                case BLANK -> " \t\r\n";
                case WELL -> token;
                case UNTRIMMED -> "  " + token + " \r\n";
                case BROKEN -> token.substring(0, 5) + "\n" + token.substring(5);
            };
        }

        boolean counts() {
            return this == WELL || this == UNTRIMMED || this == BROKEN;
        }
    }

    /** Every combination of surface, split key, shared key and the other surface's key (which must never matter). */
    static Stream<Arguments> combinations() {
        return Stream.of(Surface.values()).flatMap(surface -> Stream.of(Lies.values())
                .flatMap(split -> Stream.of(Lies.values()).flatMap(shared -> Stream.of(Lies.values())
                        .map(other -> Arguments.of(surface, split, shared, other)))));
    }

    @ParameterizedTest(name = "{0}: split {1}, shared {2}, the other surface''s {3}")
    @MethodSource("combinations")
    void theSplitKeyComesBeforeTheSharedOneAndBlankCountsAsAbsent(
            Surface surface, Lies split, Lies shared, Lies other) {
        Surface otherSurface = surface == Surface.RUNTIME ? Surface.DEPLOY : Surface.RUNTIME;
        Map<String, String> data = new HashMap<>();
        put(data, surface.splitKey(), split.value(SPLIT));
        put(data, Surface.SHARED_KEY, shared.value(SHARED));
        put(data, otherSurface.splitKey(), other.value("the-other-surfaces-token-0123456789-01234567"));

        TokenResolution resolved = TokenResolution.resolve(surface, SecretData.ofBase64(data));

        boolean splitWins = split.counts();
        String key = splitWins ? surface.splitKey() : Surface.SHARED_KEY;
        Lies winner = splitWins ? split : shared;
        if (!winner.counts()) {
            assertThat(resolved).isEqualTo(new Absent(surface.keys()));
        } else if (winner == Lies.BROKEN) {
            assertThat(resolved)
                    .isEqualTo(new Malformed(
                            key, "it contains a line break at position 6: store only the value, in one line"));
        } else {
            assertThat(resolved)
                    .isEqualTo(new Found(
                            ApiToken.of(splitWins ? SPLIT : SHARED), key, splitWins ? KeyKind.Split : KeyKind.Shared));
        }
    }

    @ParameterizedTest
    @EnumSource(Surface.class)
    void aSecretWithoutDataHasNoToken(Surface surface) {
        assertThat(TokenResolution.resolve(surface, SecretData.ofBase64(null))).isEqualTo(new Absent(surface.keys()));
    }

    @Test
    void theKeysAreThoseThatTheDocumentationNames() {
        assertThat(Surface.RUNTIME.keys()).containsExactly("CLOUDFLARE_RUNTIME_API_TOKEN", "CLOUDFLARE_API_TOKEN");
        assertThat(Surface.DEPLOY.keys()).containsExactly("CLOUDFLARE_DEPLOY_API_TOKEN", "CLOUDFLARE_API_TOKEN");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("abc\0def", "it contains a control character (0x00) at position 4"),
                Arguments.of("abc\u007fdef", "it contains a control character (0x7f) at position 4"),
                Arguments.of("\0abcdef", "it contains a control character (0x00) at position 1"),
                Arguments.of("abcdef\u001b", "it contains a control character (0x1b) at position 7"),
                Arguments.of("abc\tdef", "it contains a tab at position 4"),
                Arguments.of("abc\r\ndef", "it contains a line break at position 4"),
                Arguments.of("abc def", "it contains a space"),
                Arguments.of("abcdéf", "it contains a character outside ASCII at position 5"),
                Arguments.of("\ufeffabcdef", "it contains a character outside ASCII at position 1"),
                Arguments.of("abc\u00a0", "it contains a character outside ASCII at position 4"),
                Arguments.of("x".repeat(257), "it is longer than 256 characters"),
                Arguments.of("Bearer abcdef", "it begins with \"Bearer\""),
                Arguments.of("bearer  abcdef", "it begins with \"Bearer\""),
                Arguments.of("Bearer", "it begins with \"Bearer\""),
                Arguments.of("Bearer:abcdef", "it begins with \"Bearer\""));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsNoTokenIsRefusedWithAReasonThatDoesNotShowIt(String value, String reason) {
        TokenResolution resolved = TokenResolution.resolve(
                Surface.RUNTIME,
                SecretData.ofBytes(Map.of(Surface.SHARED_KEY, value.getBytes(StandardCharsets.UTF_8))));

        assertThat(resolved).isInstanceOf(Malformed.class);
        assertThat(((Malformed) resolved).reason()).startsWith(reason).doesNotContain("abc", "def");
        assertThat(((Malformed) resolved).key()).isEqualTo(Surface.SHARED_KEY);
    }

    @Test
    void aMalformedSplitKeyIsNotPaperedOverByTheSharedOne() {
        SecretData secret = SecretData.ofBase64(
                Map.of("CLOUDFLARE_RUNTIME_API_TOKEN", "not*base64", "CLOUDFLARE_API_TOKEN", base64(SHARED)));

        assertThat(TokenResolution.resolve(Surface.RUNTIME, secret))
                .isEqualTo(new Malformed("CLOUDFLARE_RUNTIME_API_TOKEN", "its base64 is malformed"));
        assertThat(TokenResolution.resolve(Surface.DEPLOY, secret))
                .isEqualTo(new Found(ApiToken.of(SHARED), "CLOUDFLARE_API_TOKEN", KeyKind.Shared));
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        SecretData secret = SecretData.ofBytes(Map.of(Surface.SHARED_KEY, new byte[] {'a', (byte) 0xff, 'b'}));

        assertThat(TokenResolution.resolve(Surface.RUNTIME, secret))
                .isEqualTo(new Malformed(Surface.SHARED_KEY, "it is no UTF-8 text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearers-of-news-0123456789", "BearerABCDEF0123456789", "bearer_0123456789"})
    void aTokenMayBeginWithThoseLetters(String token) {
        assertThat(TokenResolution.resolve(
                        Surface.RUNTIME, SecretData.ofBase64(Map.of(Surface.SHARED_KEY, base64(token)))))
                .isInstanceOf(Found.class);
    }

    @Test
    void theLongestAllowedTokenIsTaken() {
        assertThat(TokenResolution.resolve(
                        Surface.RUNTIME, SecretData.ofBase64(Map.of(Surface.SHARED_KEY, base64("x".repeat(256))))))
                .isInstanceOf(Found.class);
    }

    @Test
    void noTextEverShowsAToken() {
        SecretData secret = SecretData.ofBase64(Map.of(Surface.SHARED_KEY, base64(SHARED)));
        Found found = (Found) TokenResolution.resolve(Surface.RUNTIME, secret);

        assertThat(found.toString() + found.token() + secret + secret.value(Surface.SHARED_KEY))
                .doesNotContain(SHARED)
                .doesNotContain(base64(SHARED));
        assertThat(found.token().fingerprint()).hasSize(64).doesNotContain(SHARED);
        assertThatThrownBy(() -> ApiToken.of(SHARED + "\n" + SHARED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(SHARED);
    }

    @Test
    void aKeyThatHoldsAnythingIsSeen() {
        SecretData secret = SecretData.ofBase64(Map.of("full", base64("x"), "blank", base64(" \n"), "odd", "*"));

        assertThat(secret.has("full")).isTrue();
        assertThat(secret.has("odd")).isTrue();
        assertThat(secret.has("blank")).isFalse();
        assertThat(secret.has("none")).isFalse();
    }

    private static void put(Map<String, String> data, String key, String value) {
        if (value != null) {
            data.put(key, base64(value));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
