package io.maildomain.operator.cloudflare;

import static io.maildomain.operator.cloudflare.FakeCloudflare.ACCOUNT;
import static io.maildomain.operator.cloudflare.FakeCloudflare.RULE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.ZONE;
import static io.maildomain.operator.cloudflare.FakeCloudflare.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.ownership.MailAction;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that are none of ours and hold what is not expected: they must not hide those that are. */
class OddAnswersTest {
    private static final String OTHER = "00000000000000000000000000000009";
    private static final String OURS = """
            {"id":"%s","name":"ours [mdo:x]","enabled":true,"priority":7,
             "matchers":[{"type":"literal","field":"to","value":"a@example.com"}],
             "actions":[{"type":"forward","value":["b@x.example"]}]}""".formatted(RULE);

    private final FakeCloudflare cloudflare = new FakeCloudflare();

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    /** A rule of another user's for c@example.com, with one of its values replaced. */
    private static String theirs(String field, String value) {
        String rule = """
                {"id":"%s","name":"theirs","enabled":true,"priority":3,"source":"api",
                 "matchers":[{"type":"literal","field":"to","value":"c@example.com"}],
                 "actions":[{"type":"forward","value":["d@x.example"]}]}""".formatted(OTHER);
        return rule.replaceFirst("\"" + field + "\":(\"[^\"]*\"|true|3|\\[\"[^\"]*\"])", "\"" + field + "\":" + value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "priority|99999999999999999999",
                "priority|-1",
                "priority|1.5",
                "priority|\"high\"",
                "priority|{}",
                "enabled|\"yes\"",
                "enabled|7",
                "name|17",
                "name|[]",
                "type|null",
                "type|4",
                "value|[[]]",
                "value|[7]",
                "value|{\"to\":1}",
                "value|\"d@x.example\"",
                "field|[]",
                "source|1",
                "id|12",
                "id|\"ABC\"",
                "id|null",
            })
    void aRuleOfOthersThatNobodyUnderstandsIsNotExpressibleAndHidesNoOther(String odd) {
        String[] change = odd.split("\\|");
        cloudflare.result("[" + theirs(change[0], change[1]) + "," + OURS + "]");

        List<RoutingRule> rules = cloudflare.client().rules(ZONE).rules();

        assertThat(rules).hasSize(2);
        assertThat(rules.get(1).name()).isEqualTo("ours [mdo:x]");
        assertThat(rules.get(1).priority()).isEqualTo(7);
        boolean literal =
                rules.get(0).matchers().stream().anyMatch(matcher -> matcher.equals(Matcher.to("c@example.com")));
        assertThat(literal && MailAction.of(rules.get(0).actions()).isPresent())
                .as("what it does can be said")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"x\"", "[]", "{}", "{\"matchers\":{\"type\":\"all\"}}", "{\"matchers\":[null,3]}"})
    void whatIsNoRuleAtAllHidesNoneOfThem(String odd) {
        cloudflare.result("[" + odd + "," + OURS + "]");

        List<RoutingRule> rules = cloudflare.client().rules(ZONE).rules();

        assertThat(rules).hasSize(2);
        assertThat(rules.get(0).id()).isEmpty();
        assertThat(rules.get(0).name()).isEmpty();
    }

    @Test
    void aRuleWithoutAnIdIsNeverOurs() {
        cloudflare.result("[" + OURS.replace(RULE, "?") + "]");

        assertThat(cloudflare.client().rules(ZONE).rules().get(0).name()).isEmpty();
    }

    @Test
    void aRuleForAnAddressAndAllMailBesidesIsNotTheCatchAll() {
        cloudflare.result("[" + OURS.replace("\"matchers\":[", "\"matchers\":[{\"type\":\"all\"},") + "]");

        RuleList list = cloudflare.client().rules(ZONE);

        assertThat(list.listedCatchAll()).isEmpty();
        assertThat(list.rules()).singleElement().satisfies(rule -> assertThat(rule.matchers())
                .hasSize(2));
    }

    @Test
    void aCatchAllThatNobodyUnderstandsIsNotExpressible() {
        cloudflare.result("{\"id\":5,\"enabled\":true,\"matchers\":[{\"type\":\"all\"}],"
                + "\"actions\":[{\"type\":\"drop\",\"value\":{}}]}");

        assertThat(MailAction.of(cloudflare.client().catchAll(ZONE).actions())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":4,\"name\":\"other.example\"}",
                "{\"id\":\"x\",\"name\":\"other.example\",\"created_on\":7}",
                "{\"name\":\"other.example\",\"status\":[]}",
                "{\"name\":7}",
                "3"
            })
    void aZoneOfOthersHidesNoneOfOurs(String odd) {
        String ours =
                "{\"id\":\"%s\",\"name\":\"example.com\",\"created_on\":\"2026-11-24T02:00:00.123Z\",\"status\":\"frozen\",\"name_servers\":[4,\"a.example\"]}"
                        .formatted(ZONE);
        for (int i = 0; i < 3; i++) {
            cloudflare.result("[" + odd + "," + ours + "]");
        }

        assertThat(cloudflare.client().zonesNamed("example.com").zones())
                .singleElement()
                .satisfies(zone -> assertThat(zone.status()).isEqualTo("frozen"))
                .satisfies(zone -> assertThat(zone.nameServers()).containsExactly("a.example"));
        assertThat(cloudflare.client().zones()).hasSize(1);
        assertThat(cloudflare.client().someZones()).hasSize(1);
    }

    @Test
    void ourOwnZoneMustBeReadable() {
        cloudflare.result("[{\"id\":\"x\",\"name\":\"example.com\"}]");

        assertThat(failing(() -> cloudflare.client().zonesNamed("example.com")).failure())
                .isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void anActivationThatCannotBeReadIsOne() {
        cloudflare.result(
                "{\"id\":\"%s\",\"name\":\"example.com\",\"created_on\":\"2026-11-24T02:00:00Z\",\"activated_on\":1764000000}"
                        .formatted(ZONE));

        assertThat(cloudflare.client().zone(ZONE).everActive()).isTrue();
    }

    @Test
    void anOddDnsRecordIsARecordThatIsNotEmailRoutings() {
        cloudflare.result("[{\"id\":1,\"type\":null,\"name\":{},\"content\":[],\"priority\":1e99},7]");

        assertThat(cloudflare.client().dnsRecords(ZONE)).hasSize(2);
    }

    @Test
    void anAccountOfOthersHidesNone() {
        cloudflare.result("[{\"id\":7},{\"id\":\"" + ACCOUNT + "\",\"name\":null}]");

        assertThat(cloudflare.client().accounts())
                .extracting(AccountSummary::id)
                .containsExactly(ACCOUNT);
    }

    @Test
    void aListThatIsNoneIsMalformed() {
        cloudflare.result("{\"rules\":[]}");

        assertThat(failing(() -> cloudflare.client().rules(ZONE)).failure()).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void aCodeOutOfRangeIsNoCodeThatIsKnown() {
        cloudflare.answers(403, "{\"success\":false,\"errors\":[{\"code\":4294977296,\"message\":\"x\"}]}");

        assertThat(failing(() -> cloudflare.client().zone(ZONE))
                        .refused()
                        .orElseThrow()
                        .code())
                .isEqualTo(-1);
    }
}
