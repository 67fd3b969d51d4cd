package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String UUID = "1db6bcf0-c645-4f6f-96dd-7c405e54e496";

    private static Redaction of(String... secrets) {
        return Redaction.of(Stream.of("the-token-0123456789"), Stream.of(secrets));
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String message(String body, String... secrets) {
        return read(of(secrets).inBody(body, JSON)).path("message").textValue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/secret/path",
                "a\\/secret\\/path",
                "a\\u002fsecret\\u002Fpath",
                "\\u0061/s\\u0065cret/path",
                "a\\\\/secret\\\\/path",
                "a\\\\u002fsecret\\\\u002fpath",
                "a\\\\\\/secret\\\\\\/path",
                "a\\\\\\\\u002fsecret/path"
            })
    void aSecretIsFoundHoweverJsonWritesIt(String written) {
        assertThat(message("{\"message\":\"bad: " + written + " here\"}", "a/secret/path"))
                .isEqualTo("bad: [redacted] here");
    }

    @Test
    void aSecretIsFoundInJsonThatTheAnswerQuotes() throws JsonProcessingException {
        String secret = "line 1\nline \"2\" \\ \u00fc \ud83d\ude00";
        String metadata = JSON.writeValueAsString(List.of(secret));
        String twice = JSON.writeValueAsString(List.of(metadata));

        for (String quoted : List.of(secret, metadata, twice)) {
            String body = JSON.writeValueAsString(JSON.createObjectNode().put("message", "got " + quoted));
            assertThat(message(body, secret))
                    .startsWith("got ")
                    .contains("[redacted]")
                    .doesNotContain("line");
        }
    }

    @Test
    void ofSecretsThatOverlapNothingIsLeft() {
        assertThat(of("secret", "secret-long").in("a secret-long b")).isEqualTo("a [redacted] b");
        assertThat(of("abcdefgh", "efghijkl").in("x abcdefghijkl y")).isEqualTo("x [redacted] y");
        assertThat(of("XabcdeX").in("XabcdeXabcdeX")).isEqualTo("[redacted]");
        assertThat(of("redacted", "another-secret").in("another-secret"))
                .as("what stands in the place of one is no other")
                .isEqualTo("[redacted]");
    }

    @Test
    void aSecretThatTheServerCutsShortIsFound() {
        assertThat(of("a-very-long-secret-value").in("unexpected \"a-very-long-se...\" at 34"))
                .isEqualTo("unexpected \"[redacted]...\" at 34");
        assertThat(of("a-very-long-secret-value").in("a-very-long")).isEqualTo("a-very-long");
        assertThat(of("a/very/long/secret").inBody("[\"a\\/very\\u002flong/s\"]", JSON))
                .isEqualTo("[\"[redacted]\"]");
    }

    @ParameterizedTest
    @CsvSource({"message", "success", "true", "id", "errors", "10021", "1", "e", "-", "\"", "null"})
    void aSecretThatIsCommonDoesNotWreckTheAnswer(String secret) {
        String body =
                "{\"success\":true,\"errors\":[{\"code\":10021,\"message\":\"a \\\"word\\\"\"}],\"result\":{\"id\":\""
                        + UUID + "\",\"none\":null}}";

        JsonNode answer = read(of(secret).inBody(body, JSON));

        assertThat(answer.path("success").booleanValue()).isTrue();
        assertThat(answer.at("/errors/0/code").intValue()).isEqualTo(10021);
        assertThat(answer.at("/result/id").textValue()).isEqualTo(UUID);
        assertThat(answer.at("/result/none").isNull()).isTrue();
    }

    @Test
    void aShortSecretIsFoundByItselfAndNotWithinWords() {
        assertThat(of("pin1").in("pin1 is bad, and so are pin12 and \"pin1\""))
                .isEqualTo("[redacted] is bad, and so are pin12 and \"[redacted]\"");
        assertThat(of("").in("nothing")).isEqualTo("nothing");
    }

    @Test
    void anIdIsHiddenOnlyWhereItIsTheSecretItself() {
        String body = "{\"message\":\"" + UUID + "\"}";

        assertThat(message(body, "c645-4f6f")).isEqualTo(UUID);
        assertThat(message(body, UUID)).isEqualTo("[redacted]");
        assertThat(message("{\"message\":\"no " + UUID + "\"}", UUID)).isEqualTo("no [redacted]");
    }

    @Test
    void theTokenIsHiddenInNamesOfFieldsAsWell() {
        assertThat(of().inBody("{\"the-token-0123456789\":{\"x\":[\"the\\u002dtoken-0123456789\"]}}", JSON))
                .isEqualTo("{\"[redacted]\":{\"x\":[\"[redacted]\"]}}");
    }

    @Test
    void whatIsNoJsonIsCleanedAsText() {
        assertThat(of("a/secret").inBody("<p>a\\/secret and a/secret", JSON)).isEqualTo("<p>[redacted] and [redacted]");
        assertThat(of("a/secret").inBody("", JSON)).isEmpty();
        assertThat(of("a/secret").inBody("\\", JSON)).isEqualTo("\\");
        assertThat(of("a/secret").inBody("{\"message\":\"a\\/secret\"} \\", JSON))
                .as("what follows the JSON is not read")
                .isEqualTo("{\"message\":\"[redacted]\"}");
        assertThat(of("a/secret").toString() + new HiddenText("a/secret")).doesNotContain("a/secret");
    }

    @Test
    void itTakesNoTimeThatGrowsWithThePowerOfWhatOthersWrite() {
        String half = "a".repeat(500_000);
        String whole = half + half;

        org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            assertThat(of(half, half + "b", whole).in(whole + whole)).isEqualTo("[redacted]");
        });
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab\\\"/u0061").ofMinLength(6).ofMaxLength(12);
    }

    @Property
    void noSecretOutlivesAnyWayToWriteIt(
            @ForAll("texts") String one, @ForAll("texts") String other, @ForAll("texts") String around)
            throws JsonProcessingException {
        String body =
                JSON.writeValueAsString(JSON.createObjectNode().put("message", around + one + other + one + around));

        String clean = message(body, one, other);

        assertThat(clean.replace("[redacted]", "|")).doesNotContain(one).doesNotContain(other);
    }
}
