package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class WorkersTest extends SimulatorTestCase {

    private final String workers = "/accounts/" + simulator.accountId() + "/workers";

    @Test
    void aScriptIsUploadedListedReadAndDeleted() {
        JsonNode uploaded =
                owner.put(workers + "/scripts/mailbox", "export default {}").result();
        assertThat(uploaded.path("startup_time_ms").asInt()).isPositive();
        assertThat(owner.put(workers + "/scripts/mailbox", "export default {}")
                        .result()
                        .path("tag"))
                .isEqualTo(uploaded.path("tag"));
        assertThat(owner.get(workers + "/scripts").result()).hasSize(1);
        assertThat(owner.get(workers + "/scripts/mailbox").header("Content-Type"))
                .isEqualTo("text/javascript");
        assertThat(owner.get(workers + "/services/mailbox").result().at("/default_environment/script/tag"))
                .isEqualTo(uploaded.path("tag"));
        assertThat(owner.delete(workers + "/scripts/mailbox").status()).isEqualTo(200);
        assertThat(owner.get(workers + "/scripts/mailbox").refusal()).isEqualTo("404/10007");
        assertThat(owner.get(workers + "/services/mailbox").refusal()).isEqualTo("404/10007");
    }

    @Test
    void theListsThatADeployTokenIsProbedWithAreEmpty() {
        String account = "/accounts/" + simulator.accountId();
        assertThat(owner.get(account + "/d1/database").result()).isEmpty();
        assertThat(owner.get(account + "/pages/projects").result()).isEmpty();
        assertThat(owner.get(account + "/r2/buckets").result().path("buckets")).isEmpty();
        assertThat(owner.get(zone("example.com") + "/workers/routes").result()).isEmpty();
    }
}
