package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeployListsTest extends SimulatorTestCase {

    @Test
    void theListsThatADeployTokenIsProbedWithAreEmpty() {
        String account = "/accounts/" + simulator.accountId();
        assertThat(owner.get(account + "/d1/database").result()).isEmpty();
        assertThat(owner.get(account + "/pages/projects").result()).isEmpty();
        assertThat(owner.get(account + "/r2/buckets").result().path("buckets")).isEmpty();
        assertThat(owner.get(zone("example.com") + "/workers/routes").result()).isEmpty();
    }
}
