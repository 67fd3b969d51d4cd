package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenOutcomeTest {

    @ParameterizedTest(name = "{0}/{1} {2}: {3}")
    @CsvSource({
        "400, 6003,  Invalid request headers,                    REFUSED",
        "400, 6111,  Invalid format for Authorization header,    REFUSED",
        "400, 9106,  Missing X-Auth-Key,                         REFUSED",
        "401, 1000,  Invalid API Token,                          REFUSED",
        "400, 1000,  Invalid API Token,                          REFUSED",
        "403, 9109,  Invalid access token,                       REFUSED",
        "403, 9109,  Cannot use the access token from location: 203.0.113.9, REFUSED",
        "403, 10000, This API token has expired,                 REFUSED",
        "403, 10000, Email Routing is disabled,                  UNKNOWN",
        "401, 555,   something new,                              REFUSED",
        "403, 10502, Too many authentication failures,           REFUSED_TOO_OFTEN",
        "429, 10502, Too many authentication failures,           REFUSED_TOO_OFTEN",
        "403, 9109,  Unauthorized to access requested resource,  UNKNOWN",
        "404, 9109,  Invalid zone identifier,                    UNKNOWN",
        "403, 10000, Authentication error,                       UNKNOWN",
        "401, 10000, Authentication error,                       UNKNOWN",
        "401, 2036,  Unauthorized,                               UNKNOWN",
        "403, 0,     Requires permission x,                      UNKNOWN",
        "400, 1000,  something else,                             ACCEPTED",
        "404, 7003,  Could not route,                            ACCEPTED",
        "409, 2008,  Non-Cloudflare MX records exist,            ACCEPTED",
        "422, 2007,  Invalid Input,                              ACCEPTED",
        "429, 971,   Please wait,                                UNKNOWN",
        "500, 1,     oops,                                       UNKNOWN",
    })
    void onlyWhatIsAboutTheTokenItselfOpensTheBreaker(int status, int code, String message, TokenOutcome outcome) {
        assertThat(TokenOutcome.on(new Failure.Refused(status, List.of(new ApiError(code, message)), null)))
                .isEqualTo(outcome);
    }

    @Test
    void aRefusalInTheChainCounts() {
        assertThat(TokenOutcome.on(new Failure.Refused(
                        400, List.of(new ApiError(1, "x"), new ApiError(6111, "Invalid format")), null)))
                .isEqualTo(TokenOutcome.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"400, UNKNOWN", "401, REFUSED", "403, UNKNOWN", "404, UNKNOWN", "502, UNKNOWN"})
    void withoutAnEnvelopeOnly401IsAboutTheToken(int status, TokenOutcome outcome) {
        assertThat(TokenOutcome.on(new Failure.Refused(status, List.of(), null)))
                .isEqualTo(outcome);
    }
}
