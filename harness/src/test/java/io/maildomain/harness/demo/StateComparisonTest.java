package io.maildomain.harness.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateComparisonTest {

    private static final String ZONES = """
            {"zones": [
              {"id": "z1", "name": "example.com", "registration": {"modified_on": "T1"},
               "rules": [{"id": "r1", "name": "sales", "priority": 1}, {"id": "r2", "name": "sales", "priority": 2}]},
              {"id": "z2", "name": "example.org", "rules": [], "quirks": [1, 2]}]}
            """;

    @Test
    void theSameStateHasNoDifference() {
        assertThat(differences(ZONES, ZONES)).isEmpty();
    }

    @Test
    void theOrderOfAListDoesNotMatter() {
        assertThat(differences(
                        "{\"a\": [{\"id\": \"1\"}, {\"id\": \"2\"}]}", "{\"a\": [{\"id\": \"2\"}, {\"id\": \"1\"}]}"))
                .isEmpty();
    }

    @Test
    void aLeftoverIsNamed() {
        String after = ZONES.replace("\"rules\": []", "\"rules\": [{\"id\": \"r9\", \"name\": \"leaked\"}]");

        assertThat(differences(ZONES, after))
                .singleElement()
                .asString()
                .startsWith("/zones/example.org/rules/leaked is new: ");
    }

    @Test
    void aLossIsNamed() {
        String after = ZONES.replace(", {\"id\": \"r2\", \"name\": \"sales\", \"priority\": 2}", "");

        assertThat(differences(ZONES, after))
                .singleElement()
                .asString()
                .startsWith("/zones/example.com/rules/sales is gone: {\"id\":\"r2\"");
    }

    @Test
    void aThingThatWasMadeAgainUnderANewIdIsNotTheSame() {
        assertThat(differences(ZONES, ZONES.replace("\"r1\"", "\"r7\"")))
                .hasSize(2)
                .anyMatch(line -> line.contains(" is gone: "))
                .anyMatch(line -> line.contains(" is new: "));
    }

    @Test
    void aChangedFieldIsNamedWithBothValues() {
        assertThat(differences(ZONES, ZONES.replace("\"T1\"", "\"T2\"")))
                .containsExactly("/zones/example.com/registration/modified_on was \"T1\" and is \"T2\"");
    }

    @Test
    void aFieldThatCameOrWentIsADifference() {
        assertThat(differences("{\"a\": {\"b\": 1}}", "{\"a\": {\"c\": 1}}"))
                .containsExactly("/a/b is gone: 1", "/a/c is new: 1");
    }

    @Test
    void aListOfPlainValuesIsComparedAsAWhole() {
        assertThat(differences(ZONES, ZONES.replace("[1, 2]", "[2, 1]")))
                .containsExactly("/zones/example.org/quirks was [1,2] and is [2,1]");
    }

    @Test
    void aDuplicateIsSeenEvenWhereItIsEqual() {
        assertThat(differences("{\"a\": [{\"id\": \"1\"}]}", "{\"a\": [{\"id\": \"1\"}, {\"id\": \"1\"}]}"))
                .hasSize(1);
    }

    @Test
    void whatIsExpectedToDifferIsLeftOutAndNothingElse() {
        String after = ZONES.replace("\"T1\"", "\"T2\"").replace("\"priority\": 2", "\"priority\": 3");

        assertThat(differences(ZONES, after, "/zones/[^/]+/registration/modified_on"))
                .containsExactly("/zones/example.com/rules/sales/priority was 2 and is 3");
    }

    private static List<String> differences(String before, String after, String... expected) {
        return new StateComparison(Stream.of(expected).map(Pattern::compile).toList())
                .differences(json(before), json(after));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
