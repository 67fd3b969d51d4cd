package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudflareErrorTest {
    private static CloudflareException refusal(CloudflareCall call, int status, int code, String message) {
        return new CloudflareException(
                call, new Failure.Refused(status, List.of(new ApiError(1, "x"), new ApiError(code, message)), null));
    }

    @Test
    void eachCodeStandsOnceAndInItsPlace() {
        assertThat(CloudflareError.values())
                .extracting(CloudflareError::code)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE_ZONE, 400, 1061, already exists,          zoneExists",
        "DELETE_ZONE, 400, 1061, already exists,          nothing",
        "CREATE_ZONE, 400, 1097, banned,                  nothing",
        "CREATE_RULE, 400, 2054, is not verified,         targetRefused",
        "CREATE_RULE, 404, 2015, not found,               targetRefused",
        "PUT_CATCH_ALL, 404, 2016, Script Info not found, targetRefused",
        "CREATE_RULE, 409, 2014, Duplicated Zone rule,    ruleExists",
        "CREATE_RULE, 409, 2020, Invalid rule operation,  nothing",
        "GET_ZONE,    403, 9109, Unauthorized to access,  hidesZone",
        "GET_ZONE,    403, 9109, Invalid access token,    nothing",
        "GET_ZONE,    403, 10000, Authentication error,   nothing",
    })
    void aRefusalSaysWhatItIsAbout(CloudflareCall call, int status, int code, String message, String expected) {
        CloudflareException refusal = refusal(call, status, code, message);

        assertThat(refusal.zoneExists()).isEqualTo(expected.equals("zoneExists"));
        assertThat(refusal.targetRefused()).isEqualTo(expected.equals("targetRefused"));
        assertThat(refusal.ruleExists()).isEqualTo(expected.equals("ruleExists"));
        assertThat(refusal.hidesZone()).isEqualTo(expected.equals("hidesZone"));
    }

    @Test
    void whatIsNoRefusalSaysNothing() {
        CloudflareException lost = new CloudflareException(
                CloudflareCall.CREATE_ZONE,
                new Failure.Unreachable(Failure.Unreachable.TransportError.TIMEOUT, "2054 1061", true));

        assertThat(lost.zoneExists() || lost.targetRefused() || lost.ruleExists() || lost.hidesZone())
                .isFalse();
    }
}
