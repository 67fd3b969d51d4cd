package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    private static String rules(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj("{\"id\":\"%032x\",\"matchers\":[],\"actions\":[]}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private int rulesRead() {
        return cloudflare.client().rules(ZONE).rules().size();
    }

    /** A server with so many rules that gives at most so many per page, and this much about the totals. */
    private void serves(int count, int most, String info) {
        cloudflare.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                int page = Integer.parseInt(request.getUrl().queryParameter("page"));
                int asked = Integer.parseInt(request.getUrl().queryParameter("per_page"));
                int size = Math.min(asked, most);
                int from = Math.min(count, (page - 1) * size);
                int to = Math.min(count, from + size);
                String body = "{\"success\":true,\"result\":%s,\"result_info\":%s}"
                        .formatted(
                                rules(from, to),
                                info.replace("COUNT", "" + count)
                                        .replace("PAGES", "" + (count + size - 1) / size)
                                        .replace("PER", "" + size));
                return new MockResponse.Builder().body(body).build();
            }
        });
    }

    @ParameterizedTest(name = "{0} rules, {1} per page, {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | 50 | {\"total_count\":COUNT,\"total_pages\":PAGES,\"per_page\":PER}",
                "1   | 50 | {\"total_count\":COUNT,\"total_pages\":PAGES,\"per_page\":PER}",
                "50  | 50 | {\"total_count\":COUNT,\"total_pages\":PAGES,\"per_page\":PER}",
                "51  | 50 | {\"total_count\":COUNT,\"total_pages\":PAGES,\"per_page\":PER}",
                "201 | 50 | {\"total_count\":COUNT,\"total_pages\":PAGES,\"per_page\":PER}",
                "201 | 20 | {\"total_count\":COUNT,\"total_pages\":PAGES,\"per_page\":PER}",
                "201 | 50 | {\"total_count\":COUNT}",
                "201 | 50 | {\"total_count\":COUNT,\"per_page\":PER}",
                "201 | 20 | {\"total_count\":COUNT}",
                "201 | 20 | {\"total_pages\":PAGES}",
                "201 | 20 | {\"per_page\":PER}",
                "201 | 50 | {}",
                "201 | 50 | null",
                "100 | 50 | null",
                "201 | 50 | []",
                "201 | 50 | \"nonsense\"",
                "201 | 50 | {\"total_count\":\"many\",\"total_pages\":null,\"per_page\":-1}",
            })
    void aListIsReadToItsEndWhateverIsSaidOfItsTotals(int count, int most, String info) {
        serves(count, most, info);

        assertThat(rulesRead()).isEqualTo(count);
    }

    @Test
    void aListOfOnePageCostsOneCall() {
        serves(50, 50, "{\"total_count\":COUNT,\"total_pages\":PAGES,\"per_page\":PER}");

        rulesRead();

        assertThat(cloudflare.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aListThatRepeatsItselfIsRefusedInsteadOfTakenForWhole() {
        cloudflare.page(rules(0, 50), "{\"total_pages\":9}").page(rules(0, 50), "{\"total_pages\":9}");

        CloudflareException exception = failing(this::rulesRead);

        assertThat(exception.call()).isEqualTo(CloudflareCall.LIST_RULES);
        assertThat(((Failure.Malformed) exception.failure()).detail())
                .isEqualTo("page 2 of the list brings nothing new, yet the list is said to go on");
        assertThat(exception.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void aListWithoutEndIsGivenUp() {
        int[] asked = {0};
        JsonNode moreToCome = new ObjectMapper().createObjectNode().put("total_pages", 1_000_000);
        assertThatExceptionOfType(BadAnswer.class)
                .isThrownBy(() -> Pages.read(
                        page -> {
                            asked[0]++;
                            return new ApiResponse<>(List.of("item " + page), moreToCome, FakeCloudflare.NOW, 200_000);
                        },
                        item -> item))
                .withMessage("the list does not end within 200 pages");
        assertThat(asked[0]).isEqualTo(200);
    }

    @Test
    void aListThatIsTooLargeToBeKeptIsGivenUp() {
        String large = "x".repeat(3 << 20);
        for (int page = 0; page < 4; page++) {
            cloudflare.page(
                    "[{\"name\":\"%d%s\",\"id\":\"%032x\"}]".formatted(page, large, page), "{\"total_pages\":200}");
        }

        CloudflareException exception =
                failing(() -> cloudflare.deploy().databases().named("mail-db"));

        assertThat(((Failure.Malformed) exception.failure()).detail()).contains("on 3 pages, which is too large");
        assertThat(cloudflare.server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void aRuleThatMovesToTheNextPageMeanwhileIsSeenOnce() {
        cloudflare.page(rules(0, 50), "{\"total_pages\":2}").page(rules(49, 60), "{\"total_pages\":2}");

        assertThat(rulesRead()).isEqualTo(60);
    }

    @Test
    void anEmptyPageEndsAListOfRulesThatShrinksMeanwhile() {
        cloudflare.page(rules(0, 50), "{\"total_count\":51}").page("[]", "{\"total_count\":50}");

        assertThat(rulesRead()).isEqualTo(50);
    }

    /** One bad answer must not make a zone look unused, nor an existing rule look missing. */
    @ParameterizedTest(name = "{0} of which it says {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0  | {\"total_count\":3,\"total_pages\":1}",
                "0  | {\"total_count\":1}",
                "0  | {\"total_count\":0,\"count\":2}",
                "1  | {\"total_count\":2,\"total_pages\":1}",
                "1  | {\"total_count\":1,\"count\":2}",
                "50 | {\"total_count\":51,\"total_pages\":1}",
                "50 | {\"total_count\":60,\"total_pages\":2}",
                "50 | {\"total_pages\":2}",
            })
    void aListThatContradictsItselfIsRefused(int items, String info) {
        cloudflare.page(rules(0, items), info).page("[]", info).page("[]", info);

        assertThat(failing(this::rulesRead).failure()).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void aListWithTheSameRuleTwiceIsRefused() {
        cloudflare.page(rules(0, 1).replace("]", "") + "," + rules(0, 1).substring(1), "{\"total_count\":1}");

        assertThat(failing(this::rulesRead).failure()).isInstanceOf(Failure.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"total_count\":9}", "{\"total_count\":9,\"total_pages\":1,\"per_page\":50}"})
    void aZoneIsNeverTakenForUnusedOnAListOfRecordsThatCameShort(String info) {
        cloudflare.page("[{\"id\":\"1\",\"type\":\"MX\"}]", info).page("[]", info);

        CloudflareException exception = failing(() -> cloudflare.client().dnsRecords(ZONE));

        assertThat(exception.failure()).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void aFailureOnALaterPageFailsTheList() {
        cloudflare.page(rules(0, 50), "{\"total_pages\":2}").answers(502, "");

        assertThat(failing(this::rulesRead).refused().orElseThrow().status()).isEqualTo(502);
    }
}
