package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.quirks.Quirk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest extends SimulatorTestCase {

    private static final String UNKNOWN = "/ffffffffffffffffffffffffffffffff";

    private String rules;

    @BeforeEach
    void aZoneAndWhatRulesSendMailTo() {
        rules = routedZone("example.com") + "/email/routing/rules";
        controls.putAddress("team@corp.example", true);
        controls.putWorker("mailbox");
    }

    @Test
    void aRuleIsCreatedReadReplacedAndDeleted() {
        JsonNode created = owner.post(rules, rule("a@example.com", "forward", "team@corp.example"))
                .result();
        assertThat(created.toString())
                .isEqualTo("""
                        {"id":"ID","tag":"ID","name":"a rule","enabled":true,\
                        "matchers":[{"type":"literal","field":"to","value":"a@example.com"}],\
                        "actions":[{"type":"forward","value":["team@corp.example"]}],"source":"api","priority":0}""".replace("ID", created.path("id").asText()));
        String path = rules + "/" + created.path("id").asText();
        assertThat(owner.get(path).result()).isEqualTo(created);
        JsonNode replaced =
                owner.put(path, rule("a@example.com", "worker", "mailbox")).result();
        assertThat(replaced.path("id")).isEqualTo(created.path("id"));
        assertThat(replaced.at("/actions/0/type").asText()).isEqualTo("worker");
        assertThat(owner.delete(path).result()).isEqualTo(replaced);
        assertThat(owner.get(path).status()).isEqualTo(404);
    }

    @Test
    void replacingARuleReplacesAllOfIt() {
        String id = owner.post(rules, """
                        {"name": "named", "enabled": false, "priority": 7, "actions": [{"type": "drop"}],
                         "matchers": [{"type": "literal", "field": "to", "value": "a@example.com"}]}""").result().path("id").asText();
        JsonNode replaced = owner.put(rules + "/" + id, drop("a@example.com")).result();
        assertThat(replaced.path("name").asText()).isEmpty();
        assertThat(replaced.path("enabled").asBoolean()).isTrue();
        assertThat(replaced.path("priority").asInt()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no matcher          | "matchers": [], "actions": [{"type": "drop"}]
            matchers missing    | "actions": [{"type": "drop"}]
            unknown matcher     | "matchers": [{"type": "regex", "field": "to", "value": "a@example.com"}], "actions": [{"type": "drop"}]
            field missing       | "matchers": [{"type": "literal", "value": "a@example.com"}], "actions": [{"type": "drop"}]
            no address          | "matchers": [{"type": "literal", "field": "to", "value": "nonsense"}], "actions": [{"type": "drop"}]
            another domain      | "matchers": [{"type": "literal", "field": "to", "value": "a@other.example"}], "actions": [{"type": "drop"}]
            another's suffix    | "matchers": [{"type": "literal", "field": "to", "value": "a@notexample.com"}], "actions": [{"type": "drop"}]
            no action           | M, "actions": []
            actions missing     | M
            two actions         | M, "actions": [{"type": "drop"}, {"type": "drop"}]
            unknown action      | M, "actions": [{"type": "bounce"}]
            forward to nobody   | M, "actions": [{"type": "forward"}]
            forward to two      | M, "actions": [{"type": "forward", "value": ["team@corp.example", "b@corp.example"]}]
            forward to no email | M, "actions": [{"type": "forward", "value": ["team"]}]
            no worker           | M, "actions": [{"type": "worker"}]
            drop with a value   | M, "actions": [{"type": "drop", "value": ["x"]}]
            value is no list    | M, "actions": [{"type": "worker", "value": "mailbox"}]
            value of a number   | M, "actions": [{"type": "worker", "value": [1]}]
            enabled is no flag  | M, "actions": [{"type": "drop"}], "enabled": "yes"
            priority below 0    | M, "actions": [{"type": "drop"}], "priority": -1
            unknown source      | M, "actions": [{"type": "drop"}], "source": "terraform"
            wrangler, no owner  | M, "actions": [{"type": "drop"}], "source": "wrangler"
            """)
    void whatIsNoRuleIsRefused(String why, String body) {
        String matcher = "\"matchers\": [{\"type\": \"literal\", \"field\": \"to\", \"value\": \"a@example.com\"}]";
        Reply reply = owner.post(rules, "{" + body.replaceFirst("^M", matcher) + "}");
        assertThat(reply.refusal()).as(reply.text()).isEqualTo("422/2007");
        assertThat(reply.message()).startsWith("Invalid Input: ");
        assertThat(owner.get(rules).result()).as("only the catch-all").hasSize(1);
    }

    @Test
    void namesAndValuesHaveALimit() {
        assertThat(owner.post(rules, rule("a@example.com", "worker", "w".repeat(91)))
                        .refusal())
                .isEqualTo("422/2007");
        assertThat(owner.post(rules, drop("a".repeat(90) + "@example.com")).refusal())
                .isEqualTo("422/2007");
        String named = drop("a@example.com").replaceFirst("\\{", "{\"name\": \"" + "n".repeat(257) + "\", ");
        assertThat(owner.post(rules, named).refusal()).isEqualTo("422/2007");
        assertThat(owner.post(rules, named.replaceFirst("n{257}", "n".repeat(256)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAddressHasOneRuleWhateverItsCase() {
        owner.post(rules, drop("a@example.com"));
        Reply second = owner.post(rules, drop("A@Example.COM"));
        assertThat(second.refusal()).isEqualTo("409/2014");
        assertThat(second.header("x-should-retry")).isEqualTo("false");
        String other =
                owner.post(rules, drop("b@example.com")).result().path("id").asText();
        assertThat(owner.put(rules + "/" + other, drop("a@example.com")).refusal())
                .isEqualTo("409/2014");
        assertThat(owner.put(rules + "/" + other, drop("B@example.com")).status())
                .isEqualTo(200);
    }

    @Test
    void mailIsForwardedToVerifiedDestinationsAlone() {
        assertThat(owner.post(rules, rule("a@example.com", "forward", "nobody@corp.example"))
                        .refusal())
                .isEqualTo("400/2054");
        controls.putAddress("new@corp.example", false);
        assertThat(owner.post(rules, rule("a@example.com", "forward", "new@corp.example"))
                        .refusal())
                .isEqualTo("400/2054");
        controls.verifyAddress("new@corp.example");
        assertThat(owner.post(rules, rule("a@example.com", "forward", "NEW@corp.example"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRuleToAnUnverifiedDestinationMayBeWrittenButDisabled() {
        quirk(Quirk.UNVERIFIED_DESTINATION, "disabled");
        Reply reply = owner.post(rules, rule("a@example.com", "forward", "nobody@corp.example"));
        assertThat(reply.result().path("enabled").asBoolean(true)).isFalse();
    }

    @Test
    void mailIsHandedToExistingWorkersAlone() {
        assertThat(owner.post(rules, rule("a@example.com", "worker", "missing")).refusal())
                .isEqualTo("400/2016");
        controls.putWorker("missing");
        assertThat(owner.post(rules, rule("a@example.com", "worker", "missing")).status())
                .isEqualTo(200);
        controls.removeWorker("missing");
        assertThat(owner.post(rules, rule("b@example.com", "worker", "missing")).refusal())
                .isEqualTo("400/2016");
        assertThat(owner.get(rules + "?enabled=true").result())
                .as("rules that are there stay")
                .hasSize(1);
    }

    @Test
    void aSecondCatchAllAndTheCatchAllsIdAreInvalidOperations() {
        assertThat(owner.post(rules, "{\"matchers\": [{\"type\": \"all\"}], \"actions\": [{\"type\": \"drop\"}]}")
                        .refusal())
                .isEqualTo("409/2020");
        String catchAll = rules + "/" + owner.get(rules).result().at("/0/id").asText();
        assertThat(owner.get(catchAll).refusal()).isEqualTo("409/2020");
        assertThat(owner.put(catchAll, drop("a@example.com")).refusal()).isEqualTo("409/2020");
        assertThat(owner.delete(catchAll).refusal()).isEqualTo("409/2020");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void anUnknownRuleIsNotFound(String method) {
        assertThat(owner.send(method, rules + UNKNOWN, method.equals("PUT") ? drop("a@example.com") : null)
                        .refusal())
                .isEqualTo("404/1001");
    }

    @Test
    void aZoneHasAtMostTwoHundredRules() {
        for (int i = 0; i < 200; i++) {
            assertThat(owner.post(rules, drop("a" + i + "@example.com")).status())
                    .isEqualTo(200);
        }
        assertThat(owner.post(rules, drop("one-too-many@example.com")).refusal())
                .isEqualTo("422/2007");
        String some = owner.get(rules).result().at("/0/id").asText();
        owner.delete(rules + "/" + some);
        assertThat(owner.post(rules, drop("one-too-many@example.com")).status()).isEqualTo(200);
    }

    @Test
    void writingRulesWhileRoutingIsOffIsDisputed() {
        String off = zone("off.example") + "/email/routing/rules";
        String id = owner.post(off, drop("a@off.example")).result().path("id").asText();
        quirk(Quirk.RULE_WRITES_WHILE_OFF, "refused");
        assertThat(owner.post(off, drop("b@off.example")).refusal()).isEqualTo("409/2020");
        assertThat(owner.put(off + "/" + id, drop("b@off.example")).refusal()).isEqualTo("409/2020");
        assertThat(owner.delete(off + "/" + id).refusal()).isEqualTo("409/2020");
        assertThat(owner.get(off + "/" + id).status()).isEqualTo(200);
    }

    @Test
    void aRuleMayBeForAnAddressOfASubdomain() {
        assertThat(owner.post(rules, drop("a@in.example.com")).status()).isEqualTo(200);
    }
}
