package io.maildomain.operator.kubernetes.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretReadingTest {

    private static final SecretKey KEY = new SecretKey("mail", "tokens");
    private static final SecretState PRESENT = new SecretState.Present(Map.of("KEY", bytes("value")), "1");
    private static final SecretState ABSENT = new SecretState.Absent();

    @Test
    void valuesAreDecoded() {
        assertThat(SecretReading.of(KEY, secret(Map.of("KEY", "dmFsdWU=")))).isEqualTo(PRESENT);
    }

    @Test
    void aSecretWithoutDataIsPresentAndEmpty() {
        assertThat(SecretReading.of(KEY, secret(null))).isEqualTo(new SecretState.Present(Map.of(), "1"));
    }

    @Test
    void whatIsNotBase64IsUnknownAndItsValueIsNotQuoted() {
        SecretState state = SecretReading.of(KEY, secret(Map.of("KEY", "c2VjcmV0=X")));
        assertThat(state).isInstanceOf(SecretState.Unknown.class);
        assertThat(state.toString()).contains("key KEY of Secret mail/tokens").doesNotContain("c2VjcmV0");
    }

    @ParameterizedTest
    @CsvSource({
        "403, FORBIDDEN, not allowed to read Secret mail/tokens",
        "401, API_ERROR, does not accept the operator's own credentials",
        "500, API_ERROR, answered 500",
        "429, API_ERROR, answered 429"
    })
    void aFailureBeforeTheFirstReadingIsUnknownWithItsCause(int code, SecretState.Cause cause, String words) {
        SecretState state = SecretReading.afterFailure(KEY, SecretReading.notYet(KEY), answer(code));
        assertThat(state).isInstanceOfSatisfying(SecretState.Unknown.class, unknown -> {
            assertThat(unknown.cause()).isEqualTo(cause);
            assertThat(unknown.why()).contains(words);
        });
    }

    @Test
    void aTokenInHandOutlivesAnOutageOfTheApiServer() {
        assertThat(SecretReading.afterFailure(KEY, PRESENT, answer(503))).isSameAs(PRESENT);
        assertThat(SecretReading.afterFailure(KEY, PRESENT, answer(401)))
                .as("the API server does not know the operator for a moment")
                .isSameAs(PRESENT);
        assertThat(SecretReading.afterFailure(KEY, PRESENT, new IOException("reset")))
                .isSameAs(PRESENT);
    }

    @Test
    void aWithdrawnRightIsToldEvenWithATokenInHand() {
        assertThat(SecretReading.afterFailure(KEY, PRESENT, answer(403))).isInstanceOf(SecretState.Unknown.class);
    }

    @Test
    void anAbsenceIsNotBelievedThroughAnOutage() {
        assertThat(SecretReading.afterFailure(KEY, ABSENT, new IOException("reset")))
                .isInstanceOfSatisfying(SecretState.Unknown.class, unknown -> assertThat(unknown.cause())
                        .isEqualTo(SecretState.Cause.API_ERROR));
    }

    @Test
    void theCodeIsFoundBehindWrappersAndTheFailuresOwnWordsAreNotRepeated() {
        Throwable wrapped = new CompletionException("token=abcdef", answer(403));
        SecretState state = SecretReading.afterFailure(KEY, SecretReading.notYet(KEY), wrapped);
        assertThat(state.toString()).contains("FORBIDDEN").doesNotContain("abcdef");
    }

    @Test
    void equalContentIsAnEqualStateWhateverTheResourceVersion() {
        assertThat(new SecretState.Present(Map.of("KEY", bytes("value")), "2"))
                .isEqualTo(PRESENT)
                .hasSameHashCodeAs(PRESENT);
        assertThat(new SecretState.Present(Map.of("KEY", bytes("other")), "1")).isNotEqualTo(PRESENT);
        assertThat(new SecretState.Present(Map.of("OTHER", bytes("value")), "1"))
                .isNotEqualTo(PRESENT);
    }

    @Test
    void whoeverChangesAValueChangesACopy() {
        SecretState.Present present = new SecretState.Present(Map.of("KEY", bytes("value")), "1");
        present.data().get("KEY")[0] = 'X';
        present.value("KEY").orElseThrow()[0] = 'X';
        assertThat(present).isEqualTo(PRESENT);
    }

    private static KubernetesClientException answer(int code) {
        return new KubernetesClientException(new StatusBuilder()
                .withCode(code)
                .withMessage("secrets \"tokens\" is forbidden")
                .build());
    }

    private static Secret secret(Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withResourceVersion("1")
                .endMetadata()
                .withData(data)
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
