package io.maildomain.operator.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigTest {

    private static byte[] config(String host) {
        String auth = Base64.getEncoder().encodeToString("user:pass".getBytes(StandardCharsets.UTF_8));
        return "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(host, auth).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, ghcr.io/acme/mailbox:v1, true",
        "https://ghcr.io/v2/, ghcr.io/acme/mailbox:v1, true",
        "registry.corp.example:5000, registry.corp.example:5000/mailbox, true",
        "registry.corp.example, registry.corp.example:5000/mailbox, false",
        "https://index.docker.io/v1/, acme/mailbox, true",
        "ghcr.io, evil.example/acme/mailbox, false"
    })
    void credentialsAreForTheirRegistryOnly(String host, String reference, boolean theirs) {
        assertThat(DockerConfig.credentialsFor(reference, config(host)).isPresent())
                .isEqualTo(theirs);
    }

    @Test
    void whatIsMalformedIsNotQuoted() {
        byte[] malformed = "hunter2".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> DockerConfig.credentialsFor("ghcr.io/acme/mailbox", malformed))
                .isInstanceOf(SourceException.class)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void whatIsSentOfItIsKnownToTheLog() {
        byte[] plain = "{\"auths\": {\"ghcr.io\": {\"username\": \"user\", \"password\": \"hunter2hunter2\"}}}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(DockerConfig.secretsIn("ghcr.io/acme/mailbox", config("ghcr.io")))
                .contains("dXNlcjpwYXNz", "pass");
        assertThat(DockerConfig.secretsIn("ghcr.io/acme/mailbox", plain)).contains("hunter2hunter2");
        assertThat(DockerConfig.secretsIn("ghcr.io/acme/mailbox", "hunter2".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
