package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.quirks.Quirk;
import org.junit.jupiter.api.Test;

class CatchAllTest extends SimulatorTestCase {

    private static final String RESET = """
            {"matchers": [{"type": "all"}], "actions": [{"type": "drop"}], "enabled": false, "name": "",
             "source": "api"}""";

    private final String catchAll = zone("example.com") + "/email/routing/rules/catch_all";

    private static String to(String action, String value) {
        return "{\"matchers\": [{\"type\": \"all\"}], \"actions\": [{\"type\": \"%s\", \"value\": [\"%s\"]}]}"
                .formatted(action, value);
    }

    @Test
    void itIsThereFromTheStartDisabledAndDropping() {
        JsonNode rule = owner.get(catchAll).result();
        assertThat(rule.path("enabled").asBoolean(true)).isFalse();
        assertThat(rule.path("actions").toString()).isEqualTo("[{\"type\":\"drop\"}]");
        assertThat(rule.path("matchers").toString()).isEqualTo("[{\"type\":\"all\"}]");
        assertThat(rule.has("priority")).isFalse();
    }

    @Test
    void itIsReplacedAndResetAndKeepsItsId() {
        controls.putWorker("mailbox");
        JsonNode before = owner.get(catchAll).result();
        JsonNode after = owner.put(catchAll, to("worker", "mailbox")).result();
        assertThat(after.path("enabled").asBoolean()).isTrue();
        assertThat(after.path("id")).isEqualTo(before.path("id"));
        assertThat(owner.put(catchAll, RESET).result()).isEqualTo(before);
    }

    @Test
    void itsTargetsMustBeThere() {
        assertThat(owner.put(catchAll, to("worker", "missing")).refusal()).isEqualTo("400/2016");
        assertThat(owner.put(catchAll, to("forward", "nobody@corp.example")).refusal())
                .isEqualTo("400/2054");
    }

    @Test
    void itMatchesAllMailAndNothingElse() {
        assertThat(owner.put(catchAll, drop("a@example.com")).refusal()).isEqualTo("422/2007");
        assertThat(owner.put(catchAll, "{}").refusal()).isEqualTo("422/2007");
    }

    @Test
    void itCanNeitherBeCreatedNorDeleted() {
        assertThat(owner.delete(catchAll).refusal()).isEqualTo("405/7001");
        assertThat(owner.post(catchAll, RESET).refusal()).isEqualTo("405/7001");
        assertThat(owner.delete(catchAll).header("Allow")).isEqualTo("GET, PUT");
    }

    @Test
    void itMayNotExistBeforeRoutingIsEnabled() {
        quirk(Quirk.CATCH_ALL_BEFORE_ENABLING, "404");
        assertThat(owner.get(catchAll).status()).isEqualTo(404);
        assertThat(owner.put(catchAll, RESET).status()).isEqualTo(404);
        assertThat(owner.get(catchAll.replace("/catch_all", "")).result()).isEmpty();
        owner.post(catchAll.replace("/rules/catch_all", "/enable"), "{}");
        assertThat(owner.get(catchAll).status()).isEqualTo(200);
    }
}
