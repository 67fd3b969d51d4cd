package io.maildomain.operator.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a head is read. */
class RequestTest {

    /** One thread reads all requests, those of the probes among them. */
    @Test
    void aHeadOfBlanksIsReadAtOnce() {
        byte[] head = ("GET / HTTP/1.1\r\n" + ("Host:" + " ".repeat(4_000) + "a b\n").repeat(2) + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(Request.parse(head, head.length, true))
                        .hasValueSatisfying(
                                request -> assertThat(request.host()).isEmpty());
            }
        });
    }
}
