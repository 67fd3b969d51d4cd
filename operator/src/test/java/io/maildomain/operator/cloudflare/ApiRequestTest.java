package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ACCOUNT;
import static io.maildomain.operator.cloudflare.FakeCloudflare.RULE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {
    private static final HttpUrl BASE = HttpUrl.get("https://api.cloudflare.com/client/v4");

    private static ApiRequest requestOf(CloudflareCall call) {
        String[] ids = call.segments().stream()
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> switch (segment) {
                    case "{zone_id}" -> ZONE;
                    case "{rule_id}" -> RULE;
                    case "{account_id}" -> ACCOUNT;
                    default -> throw new AssertionError("it is not known what goes into " + segment);
                })
                .toArray(String[]::new);
        return ApiRequest.to(call, ids);
    }

    @ParameterizedTest
    @EnumSource
    void eachCallGoesToItsRouteAndNowhereElse(CloudflareCall call) {
        String route = call.route()
                .replace("{zone_id}", ZONE)
                .replace("{rule_id}", RULE)
                .replace("{account_id}", ACCOUNT);

        assertThat(requestOf(call).url(BASE)).hasToString(BASE + route);
        assertThat(requestOf(call).zoneId()).isEqualTo(call.ofZone() ? ZONE : "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.cloudflare.com/client/v4", "https://api.cloudflare.com/client/v4/"})
    void aSlashAtTheEndOfTheBaseUrlMakesNoDifference(String base) {
        assertThat(ApiRequest.to(CloudflareCall.GET_ZONE, ZONE).url(HttpUrl.get(base)))
                .hasToString("https://api.cloudflare.com/client/v4/zones/" + ZONE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "%2e%2e",
                "catch_all",
                "../../user/tokens",
                "0000000000000000000000000000000/",
                "00000000000000000000000000000001?x=y",
                "00000000000000000000000000000001\r\nHost: elsewhere.example",
                "0000000000000000000000000000000A",
                "000000000000000000000000000000001"
            })
    void whatIsNoIdIsNoPartOfAPath(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> ApiRequest.to(CloudflareCall.GET_ZONE, id));
        assertThatIllegalArgumentException().isThrownBy(() -> ApiRequest.to(CloudflareCall.DELETE_RULE, ZONE, id));
    }

    @Test
    void noIdIsLeftOutAndNoneIsLeftOver() {
        assertThatIllegalArgumentException().isThrownBy(() -> ApiRequest.to(CloudflareCall.DELETE_RULE, ZONE));
        assertThatIllegalArgumentException().isThrownBy(() -> ApiRequest.to(CloudflareCall.DELETE_ZONE, ZONE, RULE));
        assertThatIllegalArgumentException().isThrownBy(() -> ApiRequest.to(CloudflareCall.LIST_ZONES, ZONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example&page=9", "a=b", "a b+c", "x#y", "../..", "ü.example", "%26", "a\r\nb", "?", ""})
    void theValueOfAParameterStaysOneValue(String value) {
        HttpUrl url = ApiRequest.to(CloudflareCall.LIST_ZONES)
                .with("name", value)
                .page(2)
                .url(BASE);

        assertThat(HttpUrl.get(url.toString()).queryParameterValues("name")).containsExactly(value);
        assertThat(url.queryParameterNames()).containsExactly("name", "page", "per_page");
        assertThat(url.queryParameter("page")).isEqualTo("2");
        assertThat(url.encodedPath()).isEqualTo("/client/v4/zones");
        assertThat(url.fragment()).isNull();
    }
}
