package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.faults.Fault;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of a list that are lost, come twice or are old: what a client that reads many pages has to see through. */
class WrongPagesTest extends SimulatorTestCase {

    private static final String LIST = "/zones?per_page=5&page=";

    @BeforeEach
    void sevenZones() {
        for (int i = 0; i < 7; i++) {
            zone("zone%d.example".formatted(i));
        }
    }

    private void plant(String page, String wrong) {
        Reply reply = owner.post(
                "/_simulator/faults",
                "{\"path\": \"page=" + page + "$\", \"times\": 0, \"fault\": {\"page\": \"" + wrong + "\"}}");
        assertThat(reply.status()).isEqualTo(200);
    }

    private List<String> names(int page) {
        return owner.get(LIST + page).result().findValuesAsText("name").stream()
                .filter(name -> name.startsWith("zone"))
                .toList();
    }

    private JsonNode info(int page) {
        return owner.get(LIST + page).json().path("result_info");
    }

    @Test
    void aLostPageIsEmptyAndContradictsItsTotals() {
        plant("2", "lost");
        assertThat(names(1)).hasSize(5);
        assertThat(names(2)).isEmpty();
        assertThat(info(2).toString())
                .isEqualTo("{\"page\":2,\"per_page\":5,\"count\":0,\"total_count\":7,\"total_pages\":2}");
    }

    @Test
    void aShortPageIsEmptyAndItsTotalsAgree() {
        plant("2", "short");
        assertThat(names(2)).isEmpty();
        assertThat(info(2).toString())
                .isEqualTo("{\"page\":2,\"per_page\":5,\"count\":0,\"total_count\":5,\"total_pages\":1}");
    }

    @Test
    void aDoubledPageHasHalfOfItsItemsTwiceAndTheOthersNot() {
        plant("1", "doubled");
        assertThat(names(1))
                .containsExactly("zone0.example", "zone1.example", "zone2.example", "zone0.example", "zone1.example");
        assertThat(info(1).path("count").asInt()).isEqualTo(5);
        assertThat(info(1).path("total_count").asInt()).isEqualTo(7);
    }

    @Test
    void aDoubledPageOfOneItemHasItTwiceAndOneOfNoneHasNone() {
        controls.removeZone("zone6.example");
        plant("[23]", "doubled");
        assertThat(names(2)).containsExactly("zone5.example", "zone5.example");
        assertThat(names(3)).isEmpty();
    }

    @Test
    void aStalePageShowsWhatThereWasWhenTheFaultWasPlanted() {
        plant("1", "stale");
        controls.removeZone("zone0.example");
        assertThat(names(1)).first().isEqualTo("zone0.example");
        assertThat(names(2)).as("a page that is not stale").containsExactly("zone6.example");
        controls.clearFaults();
        assertThat(names(1)).first().isEqualTo("zone1.example");
    }

    @Test
    void aSingleThingIsReadStaleToo() {
        String zone = routedZone("example.com");
        owner.post(
                "/_simulator/faults",
                "{\"path\": \"/email/routing$\", \"times\": 0, \"fault\": {\"page\": \"stale\"}}");
        assertThat(owner.post(zone + "/email/routing/disable", "{}").status()).isEqualTo(200);
        assertThat(owner.get(zone + "/email/routing").result().path("enabled").asBoolean())
                .isTrue();
    }

    @Test
    void writesMeetNoSuchFault() {
        controls.failNext(null, "/zones", Fault.page(Fault.Page.LOST));
        owner.addZone("new.example");
        assertThat(controls.faults().get(0).matched()).isZero();
        assertThat(owner.get("/zones").result()).isEmpty();
    }

    @Test
    void whatIsNoListStaysAsItIs() {
        String zone = zone("example.com");
        controls.failNext("GET", zone, Fault.page(Fault.Page.LOST));
        assertThat(owner.get(zone).result().path("name").asText()).isEqualTo("example.com");
    }
}
