package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a reader of the status page gets from a replica that has read no resource. */
class OperatorProcessPageTest {

    private static String page(boolean stopping, String leader) {
        return OperatorProcess.pageWithoutResources("1.2.3", stopping, leader);
    }

    @Test
    void oneThatStandsByNamesTheLeader() {
        assertThat(page(false, "mdo-7c9_1a2b3c4d")).contains("stands by", "mdo-7c9<");
    }

    @Test
    void oneThatHasNoOtherBesideItIsStarting() {
        assertThat(page(false, "")).contains("is starting");
    }

    @Test
    void oneThatEndsSaysSoWithAnyLeader() {
        assertThat(page(true, "")).contains("is stopping");
        assertThat(page(true, "mdo-7c9_1a2b3c4d")).contains("is stopping");
    }
}
