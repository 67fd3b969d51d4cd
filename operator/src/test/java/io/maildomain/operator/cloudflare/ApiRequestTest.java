package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ACCOUNT;
import static io.maildomain.operator.cloudflare.FakeCloudflare.RULE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {
    private static final HttpUrl BASE = HttpUrl.get("https://api.cloudflare.com/client/v4");

    private static final String UUID = "11111111-2222-4333-8444-555555555555";
    private static final Map<String, String> PLACES = Map.ofEntries(
            Map.entry("{zone_id}", ZONE),
            Map.entry("{rule_id}", RULE),
            Map.entry("{address_id}", RULE),
            Map.entry("{account_id}", ACCOUNT),
            Map.entry("{script_name}", "mailbox-worker"),
            Map.entry("{version_id}", UUID),
            Map.entry("{deployment_id}", UUID),
            Map.entry("{domain_id}", RULE),
            Map.entry("{route_id}", RULE),
            Map.entry("{database_id}", UUID),
            Map.entry("{bucket_name}", "mail-bucket"),
            Map.entry("{project_name}", "mail-web"),
            Map.entry("{domain_name}", "www.example.com"));

    private static Stream<String> placesOf(CloudflareCall call) {
        return call.segments().stream().filter(segment -> segment.startsWith("{"));
    }

    private static ApiRequest requestOf(CloudflareCall call) {
        return ApiRequest.to(
                call,
                placesOf(call)
                        .map(place -> Objects.requireNonNull(PLACES.get(place), place))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void eachCallGoesToItsRouteAndNowhereElse(CloudflareCall call) {
        String route = call.route();
        for (String place : PLACES.keySet()) {
            route = route.replace(place, PLACES.get(place));
        }

        assertThat(requestOf(call).url(BASE)).hasToString(BASE + route);
        assertThat(requestOf(call).zoneId()).isEqualTo(call.ofZone() ? ZONE : "");
    }

    @ParameterizedTest
    @EnumSource
    void nothingLeadsACallAwayFromItsRoute(CloudflareCall call) {
        long places = placesOf(call).count();
        for (String elsewhere : List.of(
                "", ".", "..", "%2e%2e", "a/b", "a?b=c", "a#b", "a b", "a\r\nb", "a\\b", "\u00fc", "a".repeat(256))) {
            for (int odd = 0; odd < places; odd++) {
                String[] ids = placesOf(call).map(PLACES::get).toArray(String[]::new);
                ids[odd] = elsewhere;
                assertThatIllegalArgumentException()
                        .as("%s with '%s' as %d", call, elsewhere, odd)
                        .isThrownBy(() -> ApiRequest.to(call, ids));
            }
        }
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
