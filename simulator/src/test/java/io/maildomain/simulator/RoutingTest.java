package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.quirks.Quirk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Turning Email Routing on and off, and what its settings say meanwhile. */
class RoutingTest extends SimulatorTestCase {

    private String status(String zone) {
        return owner.get(zone + "/email/routing").result().path("status").asText();
    }

    private JsonNode records(String zone, String query) {
        return owner.get(zone + "/dns_records" + query).result();
    }

    @Test
    void routingIsOffInANewZone() {
        JsonNode settings = owner.get(zone("example.com") + "/email/routing").result();
        assertThat(settings.path("enabled").asBoolean()).isFalse();
        assertThat(settings.path("status").asText()).isEqualTo("unconfigured");
        assertThat(settings.path("name").asText()).isEqualTo("example.com");
        assertThat(settings.path("tag")).isEqualTo(settings.path("id"));
        assertThat(settings.path("id")).isEqualTo(owner.get("/zones").result().at("/0/id"));
        assertThat(settings.path("support_subaddress").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/enable", "/dns"})
    void enablingAddsAndLocksItsRecords(String call) {
        String zone = zone("example.com");
        Reply reply = owner.post(zone + "/email/routing" + call, "{}");
        assertThat(reply.result().path("enabled").asBoolean()).isTrue();
        assertThat(reply.result().path("status").asText()).isEqualTo("ready");
        assertThat(records(zone, "?type=MX").findValuesAsText("content"))
                .containsExactly("route1.mx.cloudflare.net", "route2.mx.cloudflare.net", "route3.mx.cloudflare.net");
        assertThat(records(zone, "?type=TXT").findValuesAsText("content"))
                .contains("v=spf1 include:_spf.mx.cloudflare.net ~all");
        assertThat(records(zone, "?name=cf2024-1._domainkey.example.com")).hasSize(1);
        assertThat(records(zone, ""))
                .allMatch(record -> record.at("/meta/email_routing").asBoolean()
                        && record.at("/meta/read_only").asBoolean());
    }

    @Test
    void enablingTakesABodyOrNone() {
        String routing = zone("example.com") + "/email/routing";
        assertThat(owner.send("POST", routing + "/enable", null).status()).isEqualTo(200);
        assertThat(owner.post(routing + "/dns", "null").status()).isEqualTo(200);
    }

    @Test
    void enablingTwiceChangesNothing() {
        String zone = routedZone("example.com");
        JsonNode before = records(zone, "");
        assertThat(owner.post(zone + "/email/routing/enable", "{}").status()).isEqualTo(200);
        assertThat(records(zone, "")).isEqualTo(before);
    }

    @Test
    void aPendingZoneCanBeEnabled() {
        String zone = "/zones/" + owner.addZone("example.com");
        assertThat(owner.post(zone + "/email/routing/enable", "{}").status()).isEqualTo(200);
        assertThat(status(zone)).isEqualTo("ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /disable", "DELETE /dns"})
    void disablingRemovesItsRecordsAndKeepsTheRules(String call) {
        String zone = routedZone("example.com");
        owner.post(zone + "/email/routing/rules", drop("a@example.com"));
        owner.post(zone + "/email/routing/dns", "{\"name\": \"in.example.com\"}");
        String[] methodAndPath = call.split(" ");
        assertThat(owner.send(methodAndPath[0], zone + "/email/routing" + methodAndPath[1], "{}")
                        .status())
                .isEqualTo(200);
        assertThat(status(zone)).isEqualTo("unconfigured");
        assertThat(records(zone, "")).isEmpty();
        assertThat(owner.get(zone + "/email/routing/rules").result()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /unlock", "PATCH /dns"})
    void unlockedRecordsCanBeEditedAndMailIsStillRouted(String call) {
        String zone = routedZone("example.com");
        String mx = records(zone, "?type=MX").at("/0/id").asText();
        assertThat(owner.delete(zone + "/dns_records/" + mx).refusal()).isEqualTo("403/1046");
        String[] methodAndPath = call.split(" ");
        Reply reply = owner.send(methodAndPath[0], zone + "/email/routing" + methodAndPath[1], "{}");
        assertThat(reply.result().path("status").asText()).isEqualTo("unlocked");
        assertThat(reply.result().path("enabled").asBoolean()).isTrue();
        assertThat(owner.delete(zone + "/dns_records/" + mx).status()).isEqualTo(200);
        assertThat(status(zone)).isEqualTo("misconfigured");
        assertThat(owner.post(zone + "/email/routing/enable", "{}").status()).isEqualTo(200);
        assertThat(status(zone)).isEqualTo("ready");
        assertThat(records(zone, "?type=MX")).hasSize(3);
    }

    @Test
    void aSecondSenderPolicyMakesALockedZoneMisconfigured() {
        String zone = routedZone("example.com");
        owner.post(
                zone + "/dns_records",
                "{\"type\": \"TXT\", \"name\": \"@\", \"content\": \"v=spf1 -all\", \"ttl\": 1}");
        assertThat(status(zone)).isEqualTo("misconfigured/locked");
    }

    @Test
    void recordsThatSomebodyEditedAreNotRemovedOnDisabling() {
        String zone = routedZone("example.com");
        owner.post(zone + "/email/routing/unlock", "{}");
        String spf = records(zone, "?content.contains=spf1").at("/0/id").asText();
        owner.patch(
                zone + "/dns_records/" + spf,
                "{\"content\": \"v=spf1 include:_spf.mx.cloudflare.net include:other.example ~all\"}");
        assertThat(status(zone)).isEqualTo("unlocked");
        owner.post(zone + "/email/routing/disable", "{}");
        assertThat(records(zone, "").findValuesAsText("id")).containsExactly(spf);
    }

    @Test
    void settingsTakeSubaddressingAndIgnoreEnabled() {
        String routing = zone("example.com") + "/email/routing";
        JsonNode before = owner.get(routing).result();
        clock.advance(Duration.ofSeconds(5));
        JsonNode after = owner.patch(routing, "{\"support_subaddress\": true, \"enabled\": true}")
                .result();
        assertThat(after.path("support_subaddress").asBoolean()).isTrue();
        assertThat(after.path("enabled").asBoolean()).isFalse();
        assertThat(after.path("modified")).isNotEqualTo(before.path("modified"));
        assertThat(owner.put(routing, "{\"skip_wizard\": true}")
                        .result()
                        .path("support_subaddress")
                        .asBoolean())
                .isTrue();
        assertThat(owner.patch(routing, "{\"support_subaddress\": \"yes\"}").refusal())
                .isEqualTo("422/2007");
    }

    @Test
    void aSubdomainIsEnabledAndDisabledByName() {
        String zone = routedZone("example.com");
        assertThat(owner.post(zone + "/email/routing/dns", "{\"name\": \"IN.example.com\"}")
                        .status())
                .isEqualTo(200);
        assertThat(records(zone, "?type=MX&name=in.example.com")).hasSize(3);
        Reply removed = owner.send("DELETE", zone + "/email/routing/dns", "{\"name\": \"in.example.com\"}");
        assertThat(removed.result())
                .hasSize(5)
                .allMatch(r -> r.path("name").asText().endsWith("in.example.com"));
        assertThat(records(zone, "?name.endswith=in.example.com")).isEmpty();
        assertThat(status(zone)).isEqualTo("ready");
    }

    @Test
    void unlockingASubdomainLeavesTheZonesOwnRecordsLocked() {
        String zone = routedZone("example.com");
        owner.post(zone + "/email/routing/dns", "{\"name\": \"in.example.com\"}");
        owner.patch(zone + "/email/routing/dns", "{\"name\": \"in.example.com\"}");
        String theirs =
                records(zone, "?type=MX&name=in.example.com").at("/0/id").asText();
        String apex = records(zone, "?type=MX&name=example.com").at("/0/id").asText();
        assertThat(owner.delete(zone + "/dns_records/" + theirs).status()).isEqualTo(200);
        assertThat(owner.delete(zone + "/dns_records/" + apex).refusal()).isEqualTo("403/1046");
        assertThat(status(zone)).isEqualTo("ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "other.example", "notexample.com"})
    void onlySubdomainsAreEnabledByName(String name) {
        Reply reply = owner.post(zone("example.com") + "/email/routing/dns", "{\"name\": \"" + name + "\"}");
        assertThat(reply.refusal()).isEqualTo("422/2007");
        assertThat(reply.message()).isEqualTo("Invalid Input: must be a a subdomains of example.com");
        assertThat(reply.json().at("/messages/0/code").asInt())
                .as("Email Routing repeats its errors as messages")
                .isEqualTo(2007);
    }

    @Test
    void aZoneRoutesMailForThirtyDomains() {
        String dns = routedZone("example.com") + "/email/routing/dns";
        for (int i = 1; i < 30; i++) {
            assertThat(owner.post(dns, "{\"name\": \"s" + i + ".example.com\"}").status())
                    .isEqualTo(200);
        }
        assertThat(owner.post(dns, "{\"name\": \"s30.example.com\"}").refusal()).isEqualTo("422/2007");
        assertThat(owner.post(dns, "{\"name\": \"s29.example.com\"}").status()).isEqualTo(200);
    }

    @Test
    void disablingASubdomainMayTakeTheApexAlong() {
        String zone = routedZone("example.com");
        owner.post(zone + "/email/routing/dns", "{\"name\": \"in.example.com\"}");
        quirk(Quirk.DNS_DELETE_IGNORES_BODY, "yes");
        owner.send("DELETE", zone + "/email/routing/dns", "{\"name\": \"in.example.com\"}");
        assertThat(status(zone)).isEqualTo("unconfigured");
    }

    @ParameterizedTest
    @CsvSource({"404,404/7000", "405,405/7001", "410,410/7000"})
    void theDeprecatedCallsMayBeGone(String reading, String refusal) {
        quirk(Quirk.DEPRECATED_CALLS, reading);
        String routing = zone("example.com") + "/email/routing";
        assertThat(owner.post(routing + "/enable", "{}").refusal()).isEqualTo(refusal);
        assertThat(owner.post(routing + "/disable", "{}").refusal()).isEqualTo(refusal);
        assertThat(owner.post(routing + "/dns", "{}").result().path("enabled").asBoolean())
                .isTrue();
    }

    @Test
    void theAccountListsTheSettingsOfItsZones() {
        routedZone("a.example");
        zone("b.example");
        JsonNode zones = owner.get("/accounts/" + simulator.accountId() + "/email/routing/zones?per_page=50")
                .result();
        assertThat(zones.findValuesAsText("name")).containsExactly("a.example", "b.example");
        assertThat(zones.findValuesAsText("status")).containsExactly("ready", "unconfigured");
    }
}
