package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerProxyTest {

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final AnswerProxy proxy = AnswerProxy.before(simulator.apiUri());
    private final Dashboard direct = new Dashboard(simulator.apiUri(), simulator.startToken());
    private final Dashboard through = new Dashboard(proxy.baseUrl(), simulator.startToken());

    @AfterEach
    void close() {
        proxy.close();
        simulator.close();
    }

    @Test
    void whatIsNotChangedArrivesAsItIsInBothDirections() {
        String zone = through.createZone("example.com");
        through.call(
                "PUT",
                "/zones/" + zone + "/email/routing/rules/catch_all",
                Map.of(
                        "enabled",
                        true,
                        "name",
                        "ü",
                        "matchers",
                        java.util.List.of(Map.of("type", "all")),
                        "actions",
                        java.util.List.of(Map.of("type", "drop"))));

        assertThat(through.rules(zone)).isEqualTo(direct.rules(zone));
        assertThat(direct.rules(zone).get(0).path("name").asText()).isEqualTo("ü");
    }

    @Test
    void answersAreChangedAsOftenAsAskedAndWhatWasDoneStaysDone() {
        proxy.change("POST", "/zones$", 1, answer -> answer.refused(400, 1052, "An error has occurred"));

        assertThatThrownBy(() -> through.createZone("example.com")).hasMessageContaining("1052");

        JsonNode zones = direct.get("/zones");
        assertThat(zones).hasSize(1);
        assertThat(through.createZone("other.example")).isNotEmpty();
        proxy.change("GET", "/zones\\b", answer -> answer.json(body -> body.putArray("result")));
        assertThat(through.get("/zones")).isEmpty();
        proxy.changeNothing();
        assertThat(through.get("/zones")).hasSize(2);
        assertThat(proxy.requests()).contains("POST /client/v4/zones", "GET /client/v4/zones");
    }
}
