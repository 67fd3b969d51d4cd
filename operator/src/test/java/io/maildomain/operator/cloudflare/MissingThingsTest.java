package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingThingsTest {

    @ParameterizedTest(name = "{0} {1}/{2} {3}: zone missing {4}, rule missing {5}")
    @CsvSource({
        "GET_ZONE,     404, 1,    x,                        true,  false",
        "DELETE_ZONE,  404, 7003, Could not route,          true,  false",
        "GET_ZONE,     400, 7003, Could not route,          true,  false",
        "GET_ZONE,     400, 9109, Invalid zone identifier,  true,  false",
        "GET_ZONE,     403, 9109, Unauthorized to access,   false, false",
        "GET_ZONE,     403, 10000, Authentication error,    false, false",
        "GET_ROUTING,  404, 1,    x,                        false, false",
        "GET_ROUTING,  404, 7003, Could not route,          true,  false",
        "GET_ROUTING,  404, 1001, Invalid zone,             true,  false",
        "LIST_RULES,   400, 9109, Invalid zone identifier,  true,  false",
        "LIST_RULES,   400, 1001, Invalid query parameter,  false, false",
        "DELETE_RULE,  404, 1,    rule not found,           false, true",
        "UPDATE_RULE,  404, 0,    x,                        false, true",
        "DELETE_RULE,  404, 7003, Could not route,          false, false",
        "DELETE_RULE,  404, 9109, Invalid zone identifier,  true,  false",
        "UPDATE_RULE,  404, 2016, Workers Script not found, false, false",
        "UPDATE_RULE,  404, 2015, destination not found,    false, false",
        "UPDATE_RULE,  409, 2020, Invalid rule operation,   false, false",
        "CREATE_RULE,  404, 1,    x,                        false, false",
        "CREATE_ZONE,  404, 1001, x,                        false, false",
        "LIST_ACCOUNTS, 404, 7003, Could not route,         false, false",
        "GET_RULE,     404, 7003, Could not route,          false, false",
        "LIST_WORKERS_ROUTES,  404, 7003, Could not route,  true,  false",
        "CREATE_WORKERS_ROUTE, 404, 7003, Could not route,  true,  false",
        "DELETE_WORKERS_ROUTE, 404, 7003, Could not route,  false, false",
        "DELETE_WORKERS_ROUTE, 400, 7000, No route for,     false, false",
        "DELETE_WORKERS_ROUTE, 404, 9109, Invalid zone identifier, true, false",
    })
    void aMissingZoneIsToldFromAMissingRuleAndFromEverythingElse(
            CloudflareCall call, int status, int code, String message, boolean zoneMissing, boolean ruleMissing) {
        CloudflareException exception =
                new CloudflareException(call, new Failure.Refused(status, List.of(new ApiError(code, message)), null));

        assertThat(exception.zoneMissing()).isEqualTo(zoneMissing);
        assertThat(exception.ruleMissing()).isEqualTo(ruleMissing);
    }

    @Test
    void whatWasNotAnsweredIsNotMissing() {
        CloudflareException exception = new CloudflareException(
                CloudflareCall.DELETE_RULE,
                new Failure.Unreachable(Failure.Unreachable.TransportError.DNS, "x", false));

        assertThat(exception.zoneMissing()).isFalse();
        assertThat(exception.ruleMissing()).isFalse();
    }
}
