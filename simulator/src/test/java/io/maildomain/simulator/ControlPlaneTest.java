package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.control.DeploySpec;
import io.maildomain.simulator.quirks.Quirk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlPlaneTest extends SimulatorTestCase {

    private static final String SOMEBODYS_ZONE = """
            {"routing": true, "subdomains": ["in"], "unlocked": true, "support_subaddress": true,
             "original_registrar": "Cloudflare, Inc. (id: 1910)", "created_on": "2020-01-02T03:04:05.678901Z",
             "dns_records": [{"type": "MX", "content": "mx.elsewhere.example", "priority": 10},
                             {"type": "A", "name": "www", "content": "192.0.2.1"}],
             "rules": [{"address": "a@example.com", "forward_to": "nobody@corp.example", "name": "theirs"},
                       {"address": "b@example.com", "drop": true, "enabled": false, "priority": 3},
                       {"matchers": [{"type": "literal", "field": "to", "value": "c@example.com"}],
                        "actions": [{"type": "forward", "value": ["x@corp.example", "y@corp.example"]}]}],
             "catch_all": {"worker": "gone"}}""";

    @Test
    void somebodyElsesZoneMayHoldWhatTheApiWouldRefuse() {
        Reply put = owner.put("/_simulator/zones/example.com", SOMEBODYS_ZONE);
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        String zone = "/zones/" + put.json().path("id").asText();
        JsonNode shown = owner.get(zone).result();
        assertThat(shown.path("status").asText()).isEqualTo("active");
        assertThat(shown.path("created_on").asText()).isEqualTo("2020-01-02T03:04:05.678901Z");
        assertThat(shown.path("original_registrar").asText()).startsWith("Cloudflare");
        assertThat(owner.get(zone + "/email/routing").result().path("status").asText())
                .isEqualTo("unlocked");
        assertThat(owner.get(zone + "/dns_records?type=MX").result()).hasSize(7);
        assertThat(owner.get(zone + "/email/routing/rules").result()).hasSize(4);
        assertThat(owner.get(zone + "/email/routing/rules/catch_all")
                        .result()
                        .at("/actions/0/value/0")
                        .asText())
                .isEqualTo("gone");
    }

    @Test
    void puttingAZoneAgainChangesOnlyWhatIsNamed() {
        String id = controls.putZone("example.com", SOMEBODYS_ZONE).id();
        controls.putZone("example.com", "{\"status\": \"pending\", \"routing\": false}");
        JsonNode state = owner.get("/_simulator/zones/example.com").json();
        assertThat(state.path("id").asText()).isEqualTo(id);
        assertThat(state.at("/registration/status").asText()).isEqualTo("pending");
        assertThat(state.at("/routing/hosts")).isEmpty();
        assertThat(state.path("dns_records")).hasSize(2);
        assertThat(state.path("rules")).hasSize(3);
        assertThat(owner.delete("/_simulator/zones/example.com").status()).isEqualTo(204);
        assertThat(owner.get("/_simulator/zones/example.com").status()).isEqualTo(404);
    }

    @Test
    void theStateIsWholeAndCanBeLoadedElsewhere() {
        controls.putZone("example.com", SOMEBODYS_ZONE);
        controls.putWorker("mailbox");
        controls.putAddress("team@corp.example", true);
        controls.putToken("limited", "Zone: Zone: Edit");
        controls.refuseDomain("banned.example", 1097);
        quirk(Quirk.DNS_FORM, "object");
        owner.post("/accounts/" + simulator.accountId() + "/email/routing/suppression", "{\"email\": \"a@b.example\"}");
        JsonNode state = owner.get("/_simulator/state").json();
        try (Simulator other = Simulator.start(recorded(SimulatorOptions.defaults()))) {
            Client client = Client.of(other);
            assertThat(client.put("/_simulator/state", state.toString()).status())
                    .isEqualTo(204);
            assertThat(client.get("/_simulator/state").json()).isEqualTo(state);
            assertThat(client.get("/zones?name=example.com").result()).hasSize(1);
        }
    }

    @Test
    void theStateIsComparableWithoutTimesAndHistory() {
        controls.putZone("example.com", SOMEBODYS_ZONE);
        JsonNode before = owner.get("/_simulator/state?comparable=true").json();
        clock.advance(Duration.ofHours(1));
        owner.delete("/zones/" + owner.addZone("other.example"));
        controls.putZone("example.com", "{\"support_subaddress\": false}");
        assertThat(controls.comparableState()).isNotEqualTo(before);
        controls.putZone("example.com", "{\"support_subaddress\": true}");
        assertThat(controls.comparableState()).isEqualTo(before);
        assertThat(owner.get("/_simulator/state").json()).isNotEqualTo(before);
    }

    @Test
    void aShortStateIsCompletedAndABadOneChangesNothing() {
        String shortState = "{\"accounts\": [{\"id\": \"" + simulator.accountId() + "\"}],"
                + " \"tokens\": [{\"name\": \"t\", \"value\": \"" + simulator.startToken()
                + "\", \"rights\": [\"Zone: Zone: Read\", \"Zone: Email Routing Rules: Read\"]}],"
                + " \"zones\": [{\"name\": \"short.example\"}]}";
        assertThat(owner.put("/_simulator/state", shortState).status()).isEqualTo(204);
        String zone = "/zones/" + owner.get("/zones").result().at("/0/id").asText();
        assertThat(owner.get(zone + "/email/routing/rules").status()).isEqualTo(200);
        assertThat(owner.get("/accounts").result().at("/0/created_on").isTextual())
                .isTrue();
        JsonNode before = controls.state();
        Reply bad = owner.put("/_simulator/state", "{\"zones\": [{\"name\": \"x.example\", \"rulez\": []}]}");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.json().path("error").asText()).contains("rulez").contains("zones");
        assertThat(owner.put("/_simulator/state", "{\"quirks\": {\"a\": \"b\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(owner.put("/_simulator/state", "{\"zones\": [{\"name\": \"x.example\"}]}")
                        .json()
                        .path("error")
                        .asText())
                .contains("which is not there");
        assertThat(owner.put("/_simulator/state", "{\"zones\": [{}]}")
                        .json()
                        .path("error")
                        .asText())
                .contains("name is required");
        assertThat(controls.state()).isEqualTo(before);
    }

    @Test
    void pagesOfOtherSitesCannotUseIt() {
        Reply reply = Client.exchange(
                owner.request("DELETE", "/_simulator/calls", null).header("Origin", "https://elsewhere.example"));
        assertThat(reply.status()).isEqualTo(403);
        Reply own = Client.exchange(owner.request("DELETE", "/_simulator/calls", null)
                .header("Origin", simulator.baseUri().toString()));
        assertThat(own.status()).isEqualTo(204);
    }

    @Test
    void tokensAreMintedChangedAndListedWithoutTheirValues() {
        String value = "t".repeat(40);
        Reply minted = owner.put(
                "/_simulator/tokens/t",
                "{\"value\": \"" + value + "\", \"rights\": [\"Zone: Zone: Read\"], \"expiresOn\":"
                        + " \"2027-01-01T00:00:00Z\"}");
        assertThat(minted.json().path("value").asText()).isEqualTo(value);
        assertThat(owner.put("/_simulator/tokens/t", "{\"rights\": [\"Zone: Zone: Edit\"]}")
                        .json()
                        .path("expires_on"))
                .isEqualTo(minted.json().path("expires_on"));
        assertThat(owner.get("/_simulator/tokens").json().findValues("value")).isEmpty();
        assertThat(owner.as(value)
                        .get("/user/tokens/verify")
                        .result()
                        .path("expires_on")
                        .asText())
                .isEqualTo("2027-01-01T00:00:00Z");
        assertThat(owner.delete("/_simulator/tokens/t").status()).isEqualTo(204);
        assertThat(owner.delete("/_simulator/tokens/t").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"value": "short"}                                                       | 40 to 80 characters
            {"rights": ["Zone: Everything: Edit"]}                                   | no right is called
            {"value": "simulator-token-that-may-do-everything-00"}                   | same value
            {"status": "tired"}                                                      | tired
            {"write": true}                                                          | write
            """)
    void whatIsNoTokenIsRefused(String json, String reason) {
        Reply reply = owner.put("/_simulator/tokens/t", json);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).contains(reason).doesNotContain("\n");
    }

    @Test
    void callsAreCountedAndListedAndForgotten() {
        owner.get("/zones?name=x.example");
        owner.get("/nonsense");
        JsonNode calls = owner.get("/_simulator/calls").json();
        assertThat(calls.path("total").asInt()).isEqualTo(2);
        assertThat(calls.path("counts").toString()).isEqualTo("{\"GET (no route)\":1,\"GET /zones\":1}");
        assertThat(calls.at("/calls/0/path").asText()).isEqualTo("/client/v4/zones?name=x.example");
        assertThat(calls.at("/calls/0/token").asText()).isEqualTo("start");
        assertThat(owner.get("/_simulator/calls?limit=1").json().path("calls")).hasSize(1);
        owner.delete("/_simulator/calls");
        assertThat(owner.get("/_simulator/calls").json().path("total").asInt()).isZero();
    }

    @Test
    void callsAreCountedByTokenAndInIntervals() {
        Client limited = clientWith("Zone: Zone: Read");
        owner.get("/zones");
        clock.advance(Duration.ofSeconds(11));
        limited.get("/zones");
        limited.get("/nonsense");
        owner.as("x".repeat(40)).get("/zones");
        JsonNode calls = owner.get("/_simulator/calls?every=5s").json();
        assertThat(calls.path("tokens").toString())
                .isEqualTo("{\"(no token)\":{\"calls\":1,\"refused\":0},\"limited\":{\"calls\":2,\"refused\":0},"
                        + "\"start\":{\"calls\":1,\"refused\":0}}");
        assertThat(calls.path("intervals")).hasSize(3);
        assertThat(calls.at("/intervals/0/from").asText()).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(calls.path("intervals").findValuesAsText("from")).hasSize(3);
        assertThat(calls.at("/intervals/1/calls").asInt())
                .as("an interval without calls")
                .isZero();
        assertThat(calls.at("/intervals/2/calls").asInt()).isEqualTo(3);
        assertThat(calls.at("/intervals/2/tokens/limited/calls").asInt()).isEqualTo(2);
        assertThat(calls.at("/intervals/2/routes").toString())
                .isEqualTo(
                        "{\"GET (no route)\":{\"calls\":1,\"refused\":0},\"GET /zones\":{\"calls\":2,\"refused\":0}}");
        assertThat(owner.get("/_simulator/calls?every=0s").status()).isEqualTo(400);
        assertThat(owner.get("/_simulator/calls?every=1500ms").status()).isEqualTo(400);
        assertThat(owner.get("/_simulator/calls").json().has("intervals")).isFalse();
        owner.delete("/_simulator/calls");
        assertThat(owner.get("/_simulator/calls?every=5s").json().path("intervals"))
                .isEmpty();
    }

    @Test
    void quirksAreListedWithTheirReadingsAndChosen() {
        JsonNode quirks = owner.get("/_simulator/quirks").json();
        assertThat(quirks.at("/dns-form/readings")).hasSize(3);
        assertThat(quirks).hasSize(Quirk.values().length);
        assertThat(owner.put("/_simulator/quirks", "{\"dns-form\": \"object\"}")
                        .json()
                        .path("dns-form")
                        .asText())
                .isEqualTo("object");
        assertThat(owner.put("/_simulator/quirks", "{\"dns-form\": \"odd\"}")
                        .json()
                        .path("error")
                        .asText())
                .contains("auto, array, object");
        assertThat(owner.put("/_simulator/quirks", "{\"odd\": \"x\"}").status()).isEqualTo(400);
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(owner.get("/_simulator").text()).contains("/_simulator/state");
        assertThat(owner.get("/_simulator/nonsense").status()).isEqualTo(404);
        assertThat(owner.post("/_simulator/state", "{}").status()).isEqualTo(405);
        assertThat(owner.delete("/_simulator/workers/none").status()).isEqualTo(404);
        assertThat(owner.delete("/_simulator/refused-domains/none.example").status())
                .isEqualTo(404);
        assertThat(owner.put("/_simulator/zones/example.com", "{\"account_id\": \"none\"}")
                        .status())
                .isEqualTo(400);
        assertThat(owner.put("/_simulator/zones/example.com", "{\"rules\": [{}]}")
                        .status())
                .isEqualTo(400);
        assertThat(controls.zone("example.com"))
                .as("a zone that is refused is not there")
                .isEmpty();
        assertThatThrownBy(() -> controls.activate("none.example")).hasMessage("there is no zone none.example");
    }

    @Test
    void aMailIsFollowedToTheVersionOfTheWorkerThatGetsIt() {
        controls.putZone(
                "example.com", "{\"routing\": true, \"catch_all\": {\"worker\": \"mailbox\", \"enabled\": true}}");
        assertThat(mailed("x@example.com").path("outcome").asText()).isEqualTo("rejected");

        controls.putWorker("mailbox");
        controls.platform()
                .deployWorker("mailbox", new DeploySpec("wrangler", "from wrangler", null, null, null, null));

        JsonNode mailed = mailed("x@example.com");
        assertThat(mailed.path("outcome").asText()).isEqualTo("handed to the Worker mailbox");
        assertThat(mailed.path("steps"))
                .extracting(JsonNode::asText)
                .endsWith("the Worker mailbox is there", "version 2 of it serves: from wrangler");
        assertThat(mailed.path("rule_id").asText())
                .isEqualTo(controls.zone("example.com").orElseThrow().catchAll().id());
    }

    private JsonNode mailed(String address) {
        Reply reply = owner.post("/_simulator/mail/" + address, "{}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    @Test
    void workersAndAddressesAppearByName() {
        assertThat(owner.put("/_simulator/workers/mailbox", "").status()).isEqualTo(204);
        assertThat(owner.put("/_simulator/addresses/team@corp.example", "").status())
                .isEqualTo(204);
        assertThat(controls.state().at("/accounts/0/workers/0/name").asText()).isEqualTo("mailbox");
        assertThat(controls.state().at("/accounts/0/addresses/0/verified").isTextual())
                .isTrue();
        assertThat(owner.delete("/_simulator/workers/mailbox").status()).isEqualTo(204);
    }
}
