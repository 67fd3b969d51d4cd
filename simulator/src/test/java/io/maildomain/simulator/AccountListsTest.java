package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.simulator.quirks.Quirk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists over all zones of an account, from which a client can tell the state of many domains with few calls. */
class AccountListsTest extends SimulatorTestCase {

    private static final String ANOTHER = "ffffffffffffffffffffffffffffffff";

    private final String rules = "/accounts/" + simulator.accountId() + "/email/routing/rules";
    private final String settings = "/accounts/" + simulator.accountId() + "/email/routing/zones";

    private String path(String list) {
        return list.equals("rules") ? rules : settings;
    }

    /** Reaches one zone, by the right and the scope; the other zone is out of its scope. */
    private Client narrow() {
        controls.putZone("mine.example", "{\"routing\": true}");
        controls.putZone("theirs.example", "{\"routing\": true}");
        clientWith("Zone: Zone: Read", "Zone: Zone Settings: Read", "Zone: Email Routing Rules: Read");
        return owner.as(owner.put("/_simulator/tokens/limited", "{\"zones\": [\"mine.example\"]}")
                .json()
                .path("value")
                .asText());
    }

    @Test
    void allThreeAreReadInPagesOfFiftyToTheirEnds() {
        controls.putAccount(ANOTHER, "Another", 0);
        controls.putZone("elsewhere.example", "{\"routing\": true, \"account_id\": \"" + ANOTHER + "\"}");
        for (int i = 0; i < 60; i++) {
            controls.putZone("zone%02d.example".formatted(i), "{\"routing\": true}");
        }
        for (String list : List.of("/zones?account.id=" + simulator.accountId() + "&", rules + "?", settings + "?")) {
            Reply first = owner.get(list + "per_page=50");
            assertThat(first.result()).as(list).hasSize(50);
            assertThat(first.json().path("result_info").toString())
                    .isEqualTo("{\"page\":1,\"per_page\":50,\"count\":50,\"total_count\":60,\"total_pages\":2}");
            assertThat(owner.get(list + "per_page=50&page=2").result()).hasSize(10);
            assertThat(owner.get(list + "per_page=50&page=3").result()).isEmpty();
        }
    }

    @Test
    void theSettingsOfAllZonesAreThoseThatEachZoneShows() {
        String zone =
                "/zones/" + controls.putZone("a.example", "{\"routing\": true}").id();
        controls.putZone("b.example", "{}");
        assertThat(owner.get(settings).result().get(0))
                .isEqualTo(owner.get(zone + "/email/routing").result());
        assertThat(owner.get(settings).result().findValuesAsText("enabled")).containsExactly("true", "false");
        quirk(Quirk.SETTINGS_ENABLED, "false");
        assertThat(owner.get(settings).result().get(0))
                .isEqualTo(owner.get(zone + "/email/routing").result());
    }

    @ParameterizedTest
    @CsvSource({
        "rules, Zone: Email Routing Rules: Read, 200",
        "rules, Zone: Zone Settings: Edit, 403",
        "zones, Zone: Zone Settings: Read, 200",
        "zones, Zone: Email Routing Rules: Edit, 200",
        "zones, Zone: Zone: Edit, 403"
    })
    void eachNeedsARight(String list, String right, int status) {
        assertThat(clientWith(right).get(path(list)).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules", "zones"})
    void aTokenSeesOnlyTheZonesOfItsScope(String list) {
        Client narrow = narrow();
        assertThat(narrow.get(path(list)).result()).hasSize(1);
        assertThat(narrow.get("/zones").result()).hasSize(1);
        assertThat(owner.get(path(list)).result()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"rules, account-rules-list", "zones, account-zones-list"})
    void eachCanBeRefusedToTokensOfANarrowScopeOrToAll(String list, String quirk) {
        Client narrow = narrow();
        owner.put("/_simulator/quirks", "{\"" + quirk + "\": \"all-zones\"}");
        assertThat(narrow.get(path(list)).refusal()).isEqualTo("403/10000");
        assertThat(owner.get(path(list)).status()).isEqualTo(200);
        owner.put("/_simulator/quirks", "{\"" + quirk + "\": \"refused\"}");
        assertThat(owner.get(path(list)).refusal()).isEqualTo("403/10000");
    }

    @Test
    void eachCanBeRefusedToOneTokenByAFault() {
        Client narrow = narrow();
        owner.post(
                "/_simulator/faults",
                "{\"path\": \"/accounts/.*/email/routing/\", \"token\": \"limited\", \"times\": 0, \"fault\": {\"status\":"
                        + " 403}}");
        assertThat(narrow.get(rules).refusal()).isEqualTo("403/10000");
        assertThat(owner.get(rules).status()).isEqualTo(200);
    }

    @Test
    void theListThatIsInNoSchemaMayNotBeThere() {
        quirk(Quirk.ACCOUNT_ZONES_LIST, "gone");
        assertThat(owner.get(settings).refusal()).isEqualTo("400/7003");
    }

    @Test
    void theListThatIsInNoSchemaMayHaveSmallerPages() {
        for (int i = 0; i < 21; i++) {
            controls.putZone("zone%02d.example".formatted(i), "{}");
        }
        quirk(Quirk.ACCOUNT_ZONES_PER_PAGE, "20");
        Reply first = owner.get(settings + "?per_page=50");
        assertThat(first.result()).hasSize(20);
        assertThat(first.json().at("/result_info/total_pages").asInt()).isEqualTo(2);
    }

    @Test
    void theRulesMayLeaveOutTheCatchAlls() {
        controls.putZone(
                "a.example", "{\"routing\": true, \"rules\": [{\"address\": \"x@a.example\", \"drop\": true}]}");
        assertThat(owner.get(rules).result()).hasSize(2);
        quirk(Quirk.ACCOUNT_RULES_CATCH_ALL, "left-out");
        assertThat(owner.get(rules).result()).hasSize(1);
    }
}
