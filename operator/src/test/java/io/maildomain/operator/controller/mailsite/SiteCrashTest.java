package io.maildomain.operator.controller.mailsite;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.simulator.faults.Fault;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever the operator dies, and whichever answer is lost, the same end is reached and nothing is done twice. */
class SiteCrashTest {

    private final SiteScenario scenario = new SiteScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    private MailSite site() {
        scenario.files("index.html", "<h1>mail</h1>", "app.js", "go()");
        return scenario.site(
                "web",
                "'createProject':true,'variables':{'API':'/api'},'customDomains':['" + SiteScenario.HOST
                        + "','www.example.com']");
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void itDiesJustAfterANote(int record) {
        MailSite site = site();
        boolean[] died = {false};
        scenario.store.afterOwnership(() -> {
            if (scenario.store.ownershipRecords().size() == record) {
                died[0] = true;
                throw new Death();
            }
        });

        try {
            scenario.reconcile(site);
        } catch (Death dead) {
            scenario.starts();
        }
        scenario.store.afterOwnership(() -> {});
        scenario.settle(site);

        assertThat(died[0]).as("there are so many notes").isTrue();
        assertAllOnce(site);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, .*/pages/projects",
        "PATCH, .*/pages/projects/mail-web",
        "POST, .*/assets/upload",
        "POST, .*/assets/upsert-hashes",
        "POST, .*/deployments",
        "POST, .*/domains"
    })
    void anAnswerIsLost(String method, String path) {
        MailSite site = site();
        scenario.simulator.controls().failNext(method, path, Fault.resetAfter());

        scenario.settle(site);

        assertAllOnce(site);
    }

    private void assertAllOnce(MailSite site) {
        assertThat(scenario.ready(site)).isEqualTo("Ready");
        assertThat(scenario.project().path("deployments")).hasSize(1);
        assertThat(scenario.project().path("domains")).hasSize(2);
        assertThat(Collections.frequency(scenario.writes(), "POST /pages/projects"))
                .isEqualTo(1);
        assertThat(scenario.ownership(site).notedProject().orElseThrow().origin())
                .isEqualTo(DeployOrigin.Created);
        assertThat(scenario.ownership(site).customDomains()).hasSize(2);
        assertThat(scenario.ownership(site).variables()).containsExactly("API");
    }
}
