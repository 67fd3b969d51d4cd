package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that a server may send and okhttp takes in, though it would not let us send them. */
class HostileHeadersTest {
    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    @Test
    void headersOfOddNamesAreNoneOfOurs() {
        cloudflare.answers(new MockResponse.Builder()
                .addHeaderLenient("odd name", "x")
                .addHeaderLenient("\u0001", "x")
                .addHeaderLenient("", "x")
                .addHeaderLenient("Date", "\u0007")
                .body("{\"success\":true,\"result\":[]}"));

        assertThat(cloudflare.deploy().triggers().customDomains("w")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "2147483648", "000000000000", "9999999999999999999999"})
    void aTimeToWaitThatIsNoNumberOfOursIsNoReasonToBreakDown(String seconds) {
        cloudflare.answers(new MockResponse.Builder()
                .code(503)
                .setHeader("Retry-After", seconds)
                .body(""));

        CloudflareException failed =
                failing(() -> cloudflare.deploy().triggers().putSchedules("w", List.of()));

        assertThat(failed.refused())
                .hasValueSatisfying(it -> assertThat(it.status()).isEqualTo(503));
        assertThat(failed.mayHaveTakenEffect()).isTrue();
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(1);
    }
}
