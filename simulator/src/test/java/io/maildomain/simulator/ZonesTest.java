package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.quirks.Quirk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZonesTest extends SimulatorTestCase {

    private Reply create(String name) {
        return owner.post(
                "/zones", "{\"name\": \"" + name + "\", \"account\": {\"id\": \"" + simulator.accountId() + "\"}}");
    }

    @Test
    void aNewZoneIsPendingAndSaysWhichNameServersToSet() {
        JsonNode zone = create("Example.com").result();
        assertThat(zone.path("name").asText()).isEqualTo("example.com");
        assertThat(zone.path("status").asText()).isEqualTo("pending");
        assertThat(zone.path("type").asText()).isEqualTo("full");
        assertThat(zone.path("name_servers")).hasSize(2).allMatch(ns -> ns.asText()
                .endsWith(".ns.cloudflare.com"));
        assertThat(zone.path("original_name_servers")).hasSize(2);
        assertThat(zone.path("created_on").asText()).isEqualTo("2026-11-24T10:00:00.123456Z");
        assertThat(zone.path("activated_on").isNull()).isTrue();
    }

    @Test
    void theDateOfTheAnswerAndTheTimeOfCreationGoByTheSameClock() {
        clock.advance(Duration.ofDays(400));
        Reply reply = create("example.com");
        assertThat(reply.header("Date")).isEqualTo("Wed, 29 Dec 2027 10:00:00 GMT");
        assertThat(reply.result().path("created_on").asText()).startsWith("2027-12-29T10:00:00.123456");
    }

    @Test
    void aZoneBecomesActiveWhenTheRegistrarSaysSoAndMayMoveAway() {
        String id = owner.addZone("example.com");
        assertThat(owner.post("/_simulator/zones/example.com/activate", "").status())
                .isEqualTo(200);
        JsonNode active = owner.get("/zones/" + id).result();
        assertThat(active.path("status").asText()).isEqualTo("active");
        assertThat(active.path("activated_on").isTextual()).isTrue();
        assertThat(owner.post("/_simulator/zones/example.com/move", "").status())
                .isEqualTo(200);
        assertThat(owner.get("/zones/" + id).result().path("status").asText()).isEqualTo("moved");
        assertThat(owner.post("/_simulator/zones/nobody.example/activate", "").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "'',1002",
        "exa mple.com,1002",
        "-a.example,1002",
        "com,1099",
        "co.uk,1099",
        "in.example.com,1116",
        "a.b.co.uk,1116"
    })
    void namesThatAreNoRegistrableDomainAreRefused(String name, int code) {
        assertThat(create(name).refusal()).isEqualTo("400/" + code);
    }

    @Test
    void aDomainUnderATwoLabelSuffixIsRegistrable() {
        assertThat(create("example.co.uk").status()).isEqualTo(200);
    }

    @Test
    void aZoneExistsOncePerAccount() {
        create("example.com");
        assertThat(create("EXAMPLE.com").refusal()).isEqualTo("400/1061");
        assertThat(create("example.com").message()).isEqualTo("example.com already exists");
        assertThat(owner.get("/zones?name=example.com").result()).hasSize(1);
    }

    @Test
    void aBodyWithoutAnAccountIsRefused() {
        assertThat(owner.post("/zones", "{\"name\": \"example.com\"}").refusal())
                .isEqualTo("400/1067");
        assertThat(owner.post("/zones", "{\"name\": ").refusal()).isEqualTo("400/6007");
        assertThat(owner.post("/zones", "[]").refusal()).isEqualTo("400/6007");
    }

    @Test
    void bannedDomainsAreRefusedUntilTheyAreAllowed() {
        controls.refuseDomain("banned.example", 1097);
        assertThat(create("banned.example").refusal()).isEqualTo("400/1097");
        controls.allowDomain("banned.example");
        assertThat(create("banned.example").status()).isEqualTo(200);
    }

    @Test
    void aNameThatIsAddedTooOftenMustWait() {
        for (int i = 0; i < 10; i++) {
            owner.delete("/zones/" + owner.addZone("example.com"));
        }
        assertThat(create("example.com").refusal()).isEqualTo("400/1105");
        clock.advance(Duration.ofHours(3));
        assertThat(create("example.com").status()).isEqualTo(200);
    }

    @Test
    void anAccountHasACapOfPendingZones() {
        owner.put("/_simulator/accounts/" + simulator.accountId(), "{\"pending_zone_limit\": 1}");
        create("one.example");
        assertThat(create("two.example").refusal()).isEqualTo("400/1118");
        controls.activate("one.example");
        assertThat(create("two.example").status()).isEqualTo(200);
    }

    @Test
    void aZoneThatIsAddedAgainGetsAnotherIdAndOtherNameServers() {
        JsonNode first = create("example.com").result();
        owner.delete("/zones/" + first.path("id").asText());
        JsonNode second = create("example.com").result();
        assertThat(second.path("id")).isNotEqualTo(first.path("id"));
        assertThat(second.path("name_servers")).isNotEqualTo(first.path("name_servers"));
    }

    @Test
    void deletingAZoneTakesEverythingInItAlong() {
        String zone = routedZone("example.com");
        owner.post(zone + "/email/routing/rules", drop("a@example.com"));
        Reply reply = owner.delete(zone);
        assertThat(zone).endsWith(reply.result().path("id").asText());
        assertThat(owner.get("/zones").result()).isEmpty();
        assertThat(owner.get(zone).refusal()).isEqualTo("400/9109");
        assertThat(owner.get(zone).message()).isEqualTo("Invalid zone identifier");
        assertThat(owner.get(zone + "/email/routing").refusal()).isEqualTo("400/9109");
        assertThat(owner.delete(zone).refusal()).isEqualTo("400/9109");
    }

    @ParameterizedTest
    @CsvSource({"9109,400/9109,400/9109", "7003,400/7003,400/7003", "10000,400/9109,403/10000"})
    void howAnUnknownZoneIsAnsweredIsDisputed(String reading, String zoneRefusal, String routingRefusal) {
        quirk(Quirk.UNKNOWN_ZONE, reading);
        String unknown = "/zones/ffffffffffffffffffffffffffffffff";
        assertThat(owner.get(unknown).refusal()).isEqualTo(zoneRefusal);
        assertThat(owner.get(unknown + "/email/routing").refusal()).isEqualTo(routingRefusal);
    }

    @Test
    void oneThingOfAZoneIsEditedAtATime() {
        String zone = zone("example.com");
        assertThat(owner.patch(zone, "{\"paused\": true}")
                        .result()
                        .path("paused")
                        .asBoolean())
                .isTrue();
        assertThat(owner.patch(zone, "{\"vanity_name_servers\": [\"ns1.example.com\", \"ns2.example.com\"]}")
                        .result()
                        .path("vanity_name_servers"))
                .hasSize(2);
        assertThat(owner.patch(zone, "{\"type\": \"partial\"}")
                        .result()
                        .path("verification_key")
                        .asText())
                .isNotEmpty();
        assertThat(owner.patch(zone, "{\"paused\": true, \"type\": \"full\"}").refusal())
                .isEqualTo("400/1022");
    }

    @Test
    void anActivationCheckIsGrantedOnceAnHour() {
        String zone = "/zones/" + owner.addZone("example.com");
        assertThat(owner.put(zone + "/activation_check", "").status()).isEqualTo(200);
        assertThat(owner.put(zone + "/activation_check", "").refusal()).isEqualTo("400/1224");
        clock.advance(Duration.ofHours(1));
        assertThat(owner.put(zone + "/activation_check", "").status()).isEqualTo(200);
        assertThat(owner.get(zone).result().path("status").asText()).isEqualTo("pending");
    }

    @Test
    void twoAccountsMayAddTheSameName() {
        String other = "ffffffffffffffffffffffffffffffff";
        controls.putAccount(other, "Other", 0);
        create("example.com");
        Reply theirs = owner.post("/zones", "{\"name\": \"example.com\", \"account\": {\"id\": \"" + other + "\"}}");
        assertThat(theirs.status()).isEqualTo(200);
        assertThat(owner.get("/zones?name=example.com&account.id=" + other).result())
                .hasSize(1);
    }
}
