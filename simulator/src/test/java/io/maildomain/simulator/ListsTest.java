package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListsTest extends SimulatorTestCase {

    private void zones(int count) {
        for (int i = 0; i < count; i++) {
            zone("zone%02d.example".formatted(i));
        }
    }

    @Test
    void aListIsReadPageByPageToItsEnd() {
        zones(23);
        Reply first = owner.get("/zones?per_page=10");
        Reply last = owner.get("/zones?per_page=10&page=3");
        assertThat(first.result()).hasSize(10);
        assertThat(last.result()).hasSize(3);
        assertThat(last.json().path("result_info").toString())
                .isEqualTo("{\"page\":3,\"per_page\":10,\"count\":3,\"total_count\":23,\"total_pages\":3}");
        assertThat(owner.get("/zones?per_page=10&page=4").result()).isEmpty();
        assertThat(owner.get("/zones").result()).hasSize(20);
    }

    @Test
    void aPageIsNeverLargerThanFiftyHoweverLargeItIsAskedFor() {
        zones(51);
        Reply reply = owner.get("/zones?per_page=1000");
        assertThat(reply.result()).hasSize(50);
        assertThat(reply.json().at("/result_info/per_page").asInt()).isEqualTo(50);
        assertThat(reply.json().at("/result_info/total_pages").asInt()).isEqualTo(2);
        assertThat(owner.get("/zones?per_page=1").result()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page=x", "per_page=-1"})
    void aPageThatIsNoNumberIsRefused(String query) {
        assertThat(owner.get("/zones?" + query).status()).isEqualTo(400);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            name=b.example                                  | b.example
            name=B.EXAMPLE                                  | b.example
            name=contains:.ex                               | a.example b.example
            name=starts_with:c                              | c.test
            name=ends_with:.test                            | c.test
            name=not_equal:c.test                           | a.example b.example
            status=pending                                  | c.test
            status=active                                   | a.example b.example
            account.name=contains:Simulated                 | a.example b.example c.test
            account.id=ffffffffffffffffffffffffffffffff     |
            type=partial,secondary                          |
            name=a.example&status=pending                   |
            name=a.example&status=pending&match=any         | a.example c.test
            order=name&direction=desc                       | c.test b.example a.example
            order=status&direction=desc                     | c.test b.example a.example
            """)
    void zonesAreFilteredAndOrdered(String query, String names) {
        zone("a.example");
        zone("b.example");
        owner.addZone("c.test");
        assertThat(names(owner.get("/zones?" + query).result()))
                .isEqualTo(names == null ? List.of() : List.of(names.split(" ")));
    }

    private static List<String> names(JsonNode result) {
        return result.findValuesAsText("name").stream()
                .filter(name -> name.matches("[abc]\\.(example|test)"))
                .toList();
    }

    @Test
    void accountsAreListedByName() {
        controls.putAccount("ffffffffffffffffffffffffffffffff", "Another", 0);
        assertThat(owner.get("/accounts").result().findValuesAsText("name"))
                .containsExactly("Another", "Simulated account");
        assertThat(owner.get("/accounts?direction=desc").result().at("/0/name").asText())
                .isEqualTo("Simulated account");
        assertThat(owner.get("/accounts?name=Another").result()).hasSize(1);
        assertThat(owner.get("/memberships").result()).hasSize(2);
        assertThat(owner.get("/accounts/" + simulator.accountId())
                        .result()
                        .path("type")
                        .asText())
                .isEqualTo("standard");
    }

    @Test
    void rulesAreListedWithTheCatchAllLastAndOnlyThoseEnabledIfAsked() {
        String rules = routedZone("example.com") + "/email/routing/rules";
        for (int i = 0; i < 6; i++) {
            owner.post(rules, drop("a" + i + "@example.com"));
        }
        Reply all = owner.get(rules);
        assertThat(all.result()).hasSize(7);
        assertThat(all.result().at("/6/priority").asLong()).isEqualTo(2147483647L);
        assertThat(all.result().at("/6/matchers/0/type").asText()).isEqualTo("all");
        assertThat(owner.get(rules + "?enabled=true").result()).hasSize(6);
        assertThat(owner.get(rules + "?enabled=false").result()).hasSize(1);
        assertThat(owner.get(rules + "?per_page=5&page=2").result()).hasSize(2);
        assertThat(owner.get(rules + "?order=created&direction=desc")
                        .result()
                        .at("/0/priority")
                        .asLong())
                .isEqualTo(2147483647L);
    }
}
