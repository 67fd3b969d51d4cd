package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The main job from end to end: a domain from nothing to mail being routed, and back to nothing. */
class SimulatorTest extends SimulatorTestCase {

    @Test
    void theThreeRuntimeRightsSufficeForAWholeLifeOfADomain() {
        var before = simulator.controls().comparableState();
        simulator.controls().putWorker("mailbox");
        simulator.controls().putAddress("team@corp.example", true);
        var token = simulator
                .controls()
                .putToken(
                        "runtime", "Zone: Zone: Edit", "Zone: Email Routing Rules: Edit", "Zone: Zone Settings: Edit");
        Client operator = owner.as(token.value());

        assertThat(operator.get("/zones?name=example.com").result()).isEmpty();
        String zone = "/zones/" + operator.addZone("example.com");
        assertThat(operator.get(zone).result().path("status").asText()).isEqualTo("pending");
        simulator.controls().activate("example.com");
        assertThat(operator.get(zone).result().path("status").asText()).isEqualTo("active");

        String routing = zone + "/email/routing";
        assertThat(operator.get(routing).result().path("status").asText()).isEqualTo("unconfigured");
        assertThat(operator.post(routing + "/enable", "{}")
                        .result()
                        .path("status")
                        .asText())
                .isEqualTo("ready");
        assertThat(operator.patch(routing, "{\"support_subaddress\": true}")
                        .result()
                        .path("support_subaddress")
                        .asBoolean())
                .isTrue();
        assertThat(operator.post(routing + "/dns", "{\"name\": \"in.example.com\"}")
                        .status())
                .isEqualTo(200);
        Reply rule = operator.post(routing + "/rules", """
                {"name": "support", "matchers": [{"type": "literal", "field": "to", "value": "support@example.com"}],
                 "actions": [{"type": "forward", "value": ["team@corp.example"]}]}""");
        assertThat(rule.status()).as(rule.text()).isEqualTo(200);
        Reply catchAll = operator.put(routing + "/rules/catch_all", """
                {"matchers": [{"type": "all"}], "actions": [{"type": "worker", "value": ["mailbox"]}]}""");
        assertThat(catchAll.status()).isEqualTo(200);
        assertThat(operator.get(routing + "/rules").result()).hasSize(2);
        assertThat(operator.get(zone + "/dns_records").refusal()).isEqualTo("403/10000");

        String ruleId = rule.result().path("id").asText();
        assertThat(operator.delete(routing + "/rules/" + ruleId).status()).isEqualTo(200);
        assertThat(operator.send("DELETE", routing + "/dns", "{\"name\": \"in.example.com\"}")
                        .status())
                .isEqualTo(200);
        assertThat(operator.post(routing + "/disable", "{}").status()).isEqualTo(200);
        assertThat(operator.delete(zone).status()).isEqualTo(200);
        assertThat(simulator.controls().comparableState().path("zones")).isEqualTo(before.path("zones"));
    }

    @Test
    void countsTheCallsByMethodAndRoute() {
        String zone = owner.addZone("example.com");
        owner.get("/zones/" + zone);
        owner.get("/zones/" + zone);
        assertThat(simulator.controls().callCounts())
                .containsEntry("GET /zones/{zone_id}", 2L)
                .containsEntry("POST /zones", 1L);
        assertThat(simulator.controls().calls())
                .extracting(call -> call.method() + " " + call.status())
                .isEqualTo(List.of("POST 200", "GET 200", "GET 200"));
    }
}
