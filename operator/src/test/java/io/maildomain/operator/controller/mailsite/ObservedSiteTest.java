package io.maildomain.operator.controller.mailsite;

import static io.maildomain.operator.controller.mailsite.SiteScenario.HOST;
import static io.maildomain.operator.controller.mailsite.SiteScenario.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.SiteOwnership;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a MailSite in mode Observe shows is what mode Manage then does: that, no more, and nothing is lost on the way. */
class ObservedSiteTest {

    private static final String OBSERVE = ",'mode':'Observe'";
    private static final String WHOLE =
            "'createProject':true,'customDomains':['" + HOST + "'],'variables':{'API':'https://api.example.com'}";

    private final SiteScenario scenario = new SiteScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void aFirstDeploymentIsShownAndThenDone() {
        scenario.files("index.html", "<h1>mail</h1>");
        MailSite site = scenario.site("web", WHOLE + OBSERVE);

        assertThat(observed(site))
                .containsExactly(
                        "create the project, with main as its production branch",
                        "set the variable API",
                        "deploy the files, which then serve",
                        "lead " + HOST + " to it");
        assertThat(scenario.live(site).getStatus().ownershipRecord()).isEmpty();
        scenario.starts();
        assertThat(observed(site)).hasSize(4);

        managed(WHOLE);
        assertThat(scenario.writes())
                .filteredOn(write -> !write.contains("/assets/"))
                .containsExactly(
                        "POST /pages/projects",
                        "PATCH /pages/projects/{project_name}",
                        "POST /pages/projects/{project_name}/deployments",
                        "POST /pages/projects/{project_name}/domains");
        scenario.site("web", WHOLE + OBSERVE);
        assertThat(observed(site)).isEmpty();
        assertThat(scenario.condition(site, ConditionType.IN_SYNC).status()).isEqualTo("True");
    }

    @Test
    void whatChangedMeanwhileWaitsForTheSwitchAndTheRecordIsKept() {
        scenario.files("index.html", "one");
        MailSite site = managed(WHOLE);
        SiteOwnership noted = scenario.ownership(site);
        scenario.files("index.html", "two");
        String fewer = "'createProject':true";
        scenario.site("web", fewer + OBSERVE);

        assertThat(observed(site))
                .containsExactly(
                        "remove the variable API",
                        "deploy the files, which then serve",
                        "lead " + HOST + " to it no more");
        assertThat(scenario.ownership(site)).isEqualTo(noted);

        managed(fewer);
        assertThat(scenario.writes())
                .filteredOn(write -> !write.contains("/assets/"))
                .containsExactly(
                        "PATCH /pages/projects/{project_name}",
                        "POST /pages/projects/{project_name}/deployments",
                        "DELETE /pages/projects/{project_name}/domains/{domain_name}");
    }

    /** What mode Manage would refuse is said as it would say it. */
    @Test
    void aProjectThatIsNotThereIsSaid() {
        scenario.files("index.html", "one");
        MailSite site = scenario.site("web", "'mode':'Observe'");

        assertThat(observed(site)).isEmpty();
        assertThat(scenario.condition(site, ConditionType.IN_SYNC).reason()).isEqualTo("ProjectNotFound");
    }

    @Test
    void oneThatOnlyObservesIsDeletedWithoutACallAndIsInNoOthersWay() {
        scenario.files("index.html", "one");
        String deleting = WHOLE + ",'deletionPolicy':'Delete'";
        MailSite observing = managed(deleting);
        scenario.site("web", deleting + OBSERVE);
        observed(observing);
        MailSite younger = scenario.site("younger", WHOLE);
        scenario.settle(younger);
        assertThat(scenario.ready(younger)).isEqualTo("Ready");
        scenario.forgetCalls();

        scenario.delete(observing);
        scenario.reconcile(observing);

        assertThat(scenario.isGone(observing)).isTrue();
        assertThat(scenario.calls()).isZero();
        assertThat(scenario.project().path("name").asText()).isEqualTo(PROJECT);
    }

    private List<String> observed(MailSite site) {
        JsonNode before = scenario.simulator.controls().comparableState();
        scenario.forgetCalls();
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Observing");
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.simulator.controls().comparableState()).isEqualTo(before);
        return scenario.live(site).getStatus().pendingChanges();
    }

    private MailSite managed(String spec) {
        scenario.forgetCalls();
        MailSite site = scenario.site("web", spec);
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
        return site;
    }
}
