package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestArtifactsTest {

    private static final String TOKEN = "Q7xVt2nLr9KdWp4sYb6mHc8jZf1gTa3uEe5iOo0v";
    private static final TokenScan SCAN = TokenScan.of(List.of("another-token-that-nobody-prints-0000000", TOKEN));

    @TempDir
    Path folder;

    private TestArtifacts evidence;

    @BeforeEach
    void harmlessEvidence() {
        evidence = new TestArtifacts(folder, "SomeIT-1");
        evidence.keep("events.json", "{\"reason\": \"RuleCreated\"}\n");
    }

    @Test
    void whatHoldsNoTokenIsClean() {
        assertThat(evidence.leaks(SCAN)).isEmpty();
        assertThat(folder.resolve("SomeIT-1.events.json")).hasContent("{\"reason\": \"RuleCreated\"}");
    }

    @Test
    void aLeakIsFoundAndToldWithoutTheToken() {
        evidence.keep("http.txt", "GET /metrics: 200\nmaildomain_token{value=\"" + TOKEN + "\"} 1\n");

        assertThat(evidence.leaks(SCAN))
                .singleElement()
                .asString()
                .isEqualTo("SomeIT-1.http.txt: line 2 holds token 2 of 2, or a part of it");
    }

    @Test
    void aLeakInAFileOfAProgramIsFound() throws IOException {
        Path log = Files.writeString(folder.resolve("SomeIT-1.operator.log"), "refused " + TOKEN);

        evidence.read(log);

        assertThat(evidence.leaks(SCAN)).isNotEmpty();
    }

    @Test
    void halfATokenIsALeak() {
        evidence.keep("resources.json", "it begins with " + TOKEN.substring(0, TokenScan.PART) + "…");

        assertThat(evidence.leaks(SCAN)).isNotEmpty();
    }

    @Test
    void ofAJwtItsSignatureAndMostOfItsClaimsAreALeakAndTheTimeOfAnotherIsNone() {
        String claims =
                base64("{\"iss\":\"https://issuer.example\",\"exp\":1795982567,\"iat\":1795978967,\"sub\":\"mail\"}");
        String jwt = base64("{\"alg\":\"RS256\"}") + "." + claims + ".K3pXv8sQ1nWz6rLb4yTf9mHc2jDg7eUa";
        TokenScan scan = TokenScan.of(List.of(jwt));

        assertThat(scan.in(base64("{\"alg\":\"RS256\"}") + "."
                        + base64("{\"kind\":\"pages-assets\",\"up\":\"x\",\"exp\":1795982567,\"iat\":1795978967}")
                        + ".Zz0Yx1Ww2Vv3Uu4Tt5Ss6Rr7Qq8Pp9Oo"))
                .isEmpty();
        assertThat(scan.in("K3pXv8sQ1nWz6rLb")).isNotEmpty();
        assertThat(scan.in(claims)).isNotEmpty();
        assertThat(scan.in(Base64.getEncoder()
                        .encodeToString(jwt.getBytes(StandardCharsets.UTF_8))
                        .substring(160)))
                .isNotEmpty();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTokenInBase64IsALeak() {
        evidence.keep(
                "resources.json",
                "data: " + Base64.getEncoder().encodeToString(TOKEN.getBytes(StandardCharsets.UTF_8)));

        assertThat(evidence.leaks(SCAN)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"requestHeaders\":{\"Authorization\":\"x\"}}",
                "{\"authorization\" : \"Bearer y\"}",
                "sent Bearer 0123456789abcdef0123",
            })
    void anAuthorizationHeaderIsALeakWhateverStandsInIt(String line) {
        evidence.keep("jsonl", line);

        assertThat(evidence.leaks(SCAN)).containsExactly("SomeIT-1.jsonl: holds an Authorization header");
    }

    @Test
    void aScanThatReadNothingFails() {
        evidence.keep("http.txt", " \n");

        assertThatThrownBy(() -> evidence.leaks(SCAN))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("SomeIT-1.http.txt");
        assertThatThrownBy(() -> new TestArtifacts(folder, "x").leaks(SCAN)).isInstanceOf(HarnessException.class);
    }

    @Test
    void aScanThatLooksForNothingFails() {
        assertThatThrownBy(() -> evidence.leaks(TokenScan.of(List.of("", "short"))))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("0 tokens");
    }

    @Test
    void aFileThatIsNotThereFails() {
        assertThatThrownBy(() -> evidence.read(folder.resolve("missing.log"))).hasMessageContaining("missing.log");
    }
}
