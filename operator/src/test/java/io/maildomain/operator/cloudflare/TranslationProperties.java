package io.maildomain.operator.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Answers with one value replaced by another: they are read, or refused as malformed; nothing else happens. */
class TranslationProperties {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<JsonNode> VALUES = List.of(
            json("null"),
            json("true"),
            json("-1"),
            json("1e400"),
            json("123456789012345678901234567890"),
            json("1.5"),
            json("\"\""),
            json("\"\\u0000\\ud800\""),
            json("\"xn--99999999999.\""),
            json("\"0001-13-41T99:99:99Z\""),
            json("[]"),
            json("[null]"),
            json("[[{}]]"),
            json("{}"),
            json("{\"id\":{\"id\":[]}}"));

    private static final JsonNode ZONE = json("""
            {"id":"00000000000000000000000000000001","name":"example.com","status":"active","type":"full",
             "account":{"id":"0123456789abcdef0123456789abcdef","name":"A"},"name_servers":["a","b"],
             "original_name_servers":["c"],"original_registrar":"r","created_on":"2026-11-24T02:00:00Z",
             "activated_on":"2026-11-24T03:00:00Z"}""");
    private static final JsonNode RULE = json("""
            {"id":"00000000000000000000000000000002","name":"n","enabled":true,"priority":3,"source":"api",
             "matchers":[{"type":"literal","field":"to","value":"a@example.com"}],
             "actions":[{"type":"forward","value":["b@x.example"]}]}""");
    private static final JsonNode RECORD = json("""
            {"id":"1","type":"MX","name":"example.com","content":"mx.example","priority":5}""");
    private static final JsonNode SETTINGS = json("""
            {"enabled":true,"status":"ready","name":"example.com","support_subaddress":false}""");
    private static final JsonNode REPORT = json("""
            {"errors":[{"code":"mx.missing","missing":{"type":"MX","name":"@","content":"x","priority":1}}],
             "record":[{"type":"MX","name":"example.com","content":"x","priority":1}]}""");
    private static final JsonNode VERIFICATION = json("""
            {"id":"00000000000000000000000000000003","status":"active","expires_on":"2027-01-01T00:00:00Z"}""");

    @Property(tries = 600)
    void ofAListNothingButTheOddItemIsLost(
            @ForAll @IntRange(max = 999) int place, @ForAll @IntRange(max = 14) int value) {
        JsonNode odd = mutated(RULE, place, VALUES.get(value));
        RuleList rules = Translation.rules(List.of(odd, RULE));
        assertThat(rules.rules().get(rules.rules().size() - 1)).isEqualTo(Translation.rule(RULE));
        assertThat(rules.rules().size() + (rules.listedCatchAll().isPresent() ? 1 : 0))
                .isEqualTo(2);

        JsonNode oddZone = mutated(ZONE, place, VALUES.get(value));
        assertThat(Translation.zones(List.of(oddZone, ZONE))).contains(Translation.zone(ZONE));
    }

    @Property(tries = 1500)
    void anAnswerIsReadOrRefused(
            @ForAll @IntRange(max = 5) int which,
            @ForAll @IntRange(max = 999) int place,
            @ForAll @IntRange(max = 14) int value) {
        List<JsonNode> answers = List.of(ZONE, RULE, RECORD, SETTINGS, REPORT, VERIFICATION);
        List<Function<JsonNode, Object>> readings = List.of(
                Translation::zone,
                node -> List.of(Translation.rule(node), Translation.catchAll(node)),
                Translation::dnsRecord,
                Translation::settings,
                Translation::dnsReport,
                Translation::verification);
        try {
            assertThat(readings.get(which).apply(mutated(answers.get(which), place, VALUES.get(value))))
                    .isNotNull();
        } catch (BadAnswer refused) {
            assertThat(refused).hasMessageNotContaining("Exception");
        }
    }

    /** A copy with the value at that place, counted over all of them and round again, replaced. */
    private static JsonNode mutated(JsonNode whole, int place, JsonNode value) {
        JsonNode copy = whole.deepCopy();
        List<Runnable> places = new ArrayList<>();
        collect(copy, value, places);
        places.get(place % places.size()).run();
        return copy;
    }

    private static void collect(JsonNode node, JsonNode value, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                places.add(() -> object.set(field.getKey(), value.deepCopy()));
                collect(field.getValue(), value, places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, value.deepCopy()));
                collect(array.get(i), value, places);
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
