package io.maildomain.operator.controller.mailsite;

import static io.maildomain.operator.controller.mailsite.SiteScenario.HOST;
import static io.maildomain.operator.controller.mailsite.SiteScenario.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.DeployedVersion;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.SiteOwnership;
import io.maildomain.operator.controller.deploy.DeployTurns;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The controller with the real client against the simulator; statuses are kept in memory. */
class MailSiteReconcilerTest {

    private static final String CREATED = "'createProject':true";
    private static final String WHOLE =
            CREATED + ",'customDomains':['" + HOST + "'],'variables':{'API':'https://api.example.com'}";

    private static final String FETCHED =
            CREATED + ",'source':{'oci':{'reference':'ghcr.io/acme/web:v1','path':'client'}},'directory':'dist'";

    private final SiteScenario scenario = new SiteScenario();

    @AfterEach
    void stop() {
        scenario.close();
    }

    private MailSite deployed(String more) {
        scenario.files("index.html", "<h1>mail</h1>", "app.js", "go()");
        MailSite site = scenario.site("web", more);
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
        scenario.forgetCalls();
        scenario.events.clear();
        return site;
    }

    /** Deployed, and the operator is told nothing of it: Cloudflare has got so far with it. */
    private MailSite underWay(String status) {
        scenario.files("index.html", "");
        MailSite site = scenario.site("web", CREATED);
        scenario.simulator.controls().failNext("POST", ".*/deployments", Fault.resetAfter());
        scenario.reconcile(site);
        scenario.platform().endPages(PROJECT, status);
        return site;
    }

    private void oneOfOthers() {
        scenario.platform().putPages(PROJECT, JsonNodeFactory.instance.objectNode());
        scenario.platform().deployPages(PROJECT, null, "by hand");
    }

    private JsonNode newest() {
        JsonNode deployments = scenario.project().path("deployments");
        return deployments.path(deployments.size() - 1);
    }

    private String message(MailSite site, ConditionType type) {
        return scenario.condition(site, type).message();
    }

    @Test
    void aFirstDeploymentBringsProjectVariablesFilesAndHostNameInThatOrder() {
        scenario.files("index.html", "<h1>mail</h1>", "app.js", "go()", "_headers", "/*\n  X-Frame-Options: DENY\n");
        MailSite site = scenario.site("web", WHOLE);

        scenario.settle(site);

        assertThat(scenario.ready(site)).isEqualTo("Ready");
        assertThat(scenario.writes())
                .containsExactly(
                        "POST /pages/projects",
                        "PATCH /pages/projects/{project_name}",
                        "POST /pages/assets/check-missing",
                        "POST /pages/assets/upload",
                        "POST /pages/assets/upsert-hashes",
                        "POST /pages/projects/{project_name}/deployments",
                        "POST /pages/projects/{project_name}/domains");
        assertThat(newest().path("misfits")).isEmpty();
        assertThat(newest().path("files").properties())
                .extracting(file -> file.getKey())
                .containsExactly("/app.js", "/index.html");
        assertThat(newest().at("/trigger/commit_message").asText())
                .startsWith("mail-system/web sha256:")
                .contains("[mdo:");
        assertThat(scenario.ownership(site).notedProject().orElseThrow().origin())
                .isEqualTo(DeployOrigin.Created);
        assertThat(scenario.ownership(site).customDomains()).containsExactly(HOST);
        assertThat(scenario.ownership(site).variables()).containsExactly("API");
        assertThat(scenario.live(site).getStatus().serving().id())
                .isEqualTo(newest().path("id").asText());
        assertThat(scenario.events)
                .containsExactly(
                        "Deployed: deployed " + newest().path("id").asText() + " to mail-web",
                        "TriggersApplied: web.example.com leads to it");
    }

    /** As many deploy as there are places, so that they hold neither all threads nor all memory. */
    @Test
    void oneThatHasToWaitForItsTurnAsksNothingAndSaysNothing() {
        MailSite site = deployed(WHOLE);
        int statuses = scenario.store.statuses().size();

        Duration next = scenario.whileOthersDeploy(() -> scenario.reconcile(site));

        assertThat(next).isEqualTo(DeployTurns.PAUSE);
        assertThat(scenario.calls()).isZero();
        assertThat(scenario.store.statuses()).hasSize(statuses);
        assertThat(scenario.woken).contains(scenario.live(site));
    }

    @Test
    void aSiteThatIsAsItShouldBeIsOnlyLookedAt() {
        MailSite site = deployed(WHOLE);

        Duration next = scenario.reconcile(site);

        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.calls()).isEqualTo(SiteObserver.calls(1));
        assertThat(next).isGreaterThan(Duration.ofMinutes(5));
    }

    @Test
    void aRestartDeploysNothingAnew() {
        MailSite site = deployed(WHOLE);

        scenario.starts();
        scenario.settle(site);

        assertThat(scenario.ready(site)).isEqualTo("Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void ofANewSourceOnlyWhatIsMissingIsUploaded() {
        MailSite site = deployed(CREATED);

        scenario.files("index.html", "<h1>mail</h1>", "app.js", "goOn()", "copy.js", "goOn()");
        scenario.settle(site);

        assertThat(scenario.ready(site)).isEqualTo("Ready");
        assertThat(scenario.writes()).containsOnlyOnce("POST /pages/assets/upload");
        assertThat(scenario.project().path("assets")).as("two files are one").hasSize(3);
        assertThat(newest().path("files")).hasSize(3);
    }

    @Test
    void nothingIsUploadedWhereAllOfItIsThere() {
        MailSite site = deployed(CREATED);

        scenario.files("index.html", "<h1>mail</h1>");
        scenario.settle(site);

        assertThat(scenario.writes())
                .containsExactly(
                        "POST /pages/assets/check-missing",
                        "POST /pages/assets/upsert-hashes",
                        "POST /pages/projects/{project_name}/deployments");
    }

    @Test
    void aProjectThatIsNotThereIsSaidAndHealsOnceItIsCreated() {
        scenario.files("index.html", "");
        MailSite site = scenario.site("web", "");

        scenario.settle(site);
        assertThat(scenario.condition(site, ConditionType.TARGETS_READY).reason())
                .isEqualTo("ProjectNotFound");
        assertThat(message(site, ConditionType.TARGETS_READY)).contains("\"mail-web\"", "createProject: true");
        assertThat(scenario.writes()).isEmpty();

        oneOfOthers();
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
        assertThat(scenario.ownership(site).notedProject()).isEmpty();
    }

    @Test
    void whatOthersDeployAfterwardsIsReportedAndStandsUntilTheSourceChanges() {
        MailSite site = deployed(CREATED);
        scenario.platform().deployPages(PROJECT, null, "by hand");
        String theirs = newest().path("id").asText();

        scenario.settle(site);
        assertThat(scenario.condition(site, ConditionType.DEPLOYED).reason()).isEqualTo("Drifted");
        assertThat(message(site, ConditionType.DEPLOYED)).contains(theirs);
        assertThat(scenario.live(site).getStatus().serving().ours()).isFalse();
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.events).hasSize(1).first().asString().startsWith("Drifted: ");

        scenario.request(site, "look");
        scenario.settle(site);
        assertThat(scenario.writes()).as("a request to look is none to deploy").isEmpty();

        scenario.files("index.html", "new");
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
    }

    @Test
    void previewsOfOthersAreNoDrift() {
        MailSite site = deployed(CREATED);
        for (int i = 0; i < 40; i++) {
            scenario.platform().deployPages(PROJECT, "feature-" + i, "preview");
        }

        scenario.settle(site);

        assertThat(scenario.ready(site)).isEqualTo("Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void aPreviewThatManyOthersCameAfterIsKnownByWhatIsNoted() {
        oneOfOthers();
        MailSite site = deployed("'branch':'next'");
        for (int i = 0; i < 40; i++) {
            scenario.platform().deployPages(PROJECT, "feature-" + i, "preview");
        }

        scenario.settle(site);

        assertThat(scenario.ready(site)).isEqualTo("Ready");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void aHostNameOfAWorkerIsNotTaken() {
        scenario.simulator.controls().putWorker("other");
        scenario.platform().putCustomDomain(HOST, "other");
        scenario.files("index.html", "");
        MailSite site = scenario.site("web", WHOLE);

        scenario.settle(site);

        assertThat(scenario.condition(site, ConditionType.TARGETS_READY).reason())
                .isEqualTo("HostnameTaken");
        assertThat(message(site, ConditionType.TARGETS_READY)).contains("the Worker other");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void aHostNameOfAnotherProjectIsNotTakenAndNotNoted() {
        scenario.platform()
                .putPages(
                        "other",
                        JsonNodeFactory.instance
                                .objectNode()
                                .set(
                                        "domains",
                                        JsonNodeFactory.instance.arrayNode().add(HOST)));
        scenario.files("index.html", "");
        MailSite site = scenario.site("web", WHOLE);

        scenario.settle(site);

        assertThat(scenario.condition(site, ConditionType.DEPLOYED).holds()).isTrue();
        assertThat(scenario.condition(site, ConditionType.TRIGGERS_APPLIED).reason())
                .isEqualTo("HostnameTaken");
        assertThat(scenario.ownership(site).customDomains()).isEmpty();
        assertThat(scenario.project().path("domains")).isEmpty();
    }

    @Test
    void aHostNameThatDoesNotServeYetIsSaidWithTheRecordThatItNeeds() {
        MailSite site = deployed(WHOLE);
        JsonNode pending = SiteScenario.read(
                "{'success':true,'errors':[],'messages':[],'result':[{'name':'" + HOST + "','status':'pending'}]}",
                JsonNode.class);
        scenario.simulator.controls().failNext("GET", ".*/domains", Fault.status(200, pending, Map.of()));

        Duration next = scenario.reconcile(site);

        assertThat(scenario.condition(site, ConditionType.TRIGGERS_APPLIED).reason())
                .isEqualTo("HostnamePending");
        assertThat(message(site, ConditionType.TRIGGERS_APPLIED))
                .contains(HOST + " is pending", "CNAME to mail-web.pages.dev");
        assertThat(next).isLessThan(Duration.ofMinutes(1));
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
    }

    @Test
    void whatCloudflareCannotFinishIsSaidAndTriedAgainWhereAUserAsks() {
        MailSite site = underWay("failure");
        scenario.settle(site);
        String failed = newest().path("id").asText();

        assertThat(scenario.condition(site, ConditionType.DEPLOYED).reason()).isEqualTo("UploadRefused");
        assertThat(message(site, ConditionType.DEPLOYED)).contains(failed, "reconcile-requested-at");
        assertThat(scenario.events).hasSize(1).first().asString().startsWith("UploadRefused: ");

        scenario.request(site, "again");
        scenario.settle(site);
        assertThat(scenario.project().path("deployments")).hasSize(2);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
    }

    @Test
    void aDeploymentThatIsUnderWayIsWaitedFor() {
        MailSite site = underWay("active");

        Duration next = scenario.reconcile(site);

        assertThat(scenario.condition(site, ConditionType.DEPLOYED).reason()).isEqualTo("RollingOut");
        assertThat(next).isLessThan(Duration.ofSeconds(10));
        scenario.platform().endPages(PROJECT, "success");
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
        assertThat(scenario.project().path("deployments")).hasSize(1);
    }

    @Test
    void variablesOfOthersStayAndOursGoWithTheSpec() {
        scenario.platform()
                .putPages(
                        PROJECT,
                        SiteScenario.read(
                                "{'deployment_configs':{'production':{'env_vars':{'THEIRS':{'type':'plain_text','value':'3'}}}}}",
                                JsonNode.class));
        MailSite site = deployed("'variables':{'API':'1','OLD':'2'}");

        scenario.site("web", CREATED + ",'variables':{'API':'4'}");
        scenario.settle(site);

        assertThat(scenario.ready(site)).isEqualTo("Ready");
        assertThat(scenario.project()
                        .at("/deployment_configs/production/env_vars")
                        .properties())
                .extracting(variable -> variable.getKey() + "="
                        + variable.getValue().path("value").asText())
                .containsExactlyInAnyOrder("API=4", "THEIRS=3");
    }

    @Test
    void aSecretOfTheProjectIsNotOverwritten() {
        scenario.platform()
                .putPages(
                        PROJECT,
                        SiteScenario.read(
                                "{'deployment_configs':{'production':{'env_vars':{'API':{'type':'secret_text','value':''}}}}}",
                                JsonNode.class));
        scenario.files("index.html", "");
        MailSite site = scenario.site("web", WHOLE);

        scenario.settle(site);

        assertThat(scenario.condition(site, ConditionType.TARGETS_READY).reason())
                .isEqualTo("RequestInvalid");
        assertThat(message(site, ConditionType.TARGETS_READY)).contains("API is a secret");
        assertThat(scenario.writes()).isEmpty();
    }

    @Test
    void anIdOfAnEditedStatusLeadsNowhere() {
        MailSite site = deployed("'createProject':true,'branch':'next'");
        MailSite live = scenario.live(site);
        SiteOwnership noted = scenario.ownership(site);
        live.setStatus(live.getStatus()
                .withOwnership(new SiteOwnership(
                        noted.accountId(),
                        noted.project(),
                        new DeployedVersion("../../x", "f", List.of()),
                        noted.deploying(),
                        null,
                        List.of(),
                        List.of())));
        scenario.store.put(live);
        scenario.platform().removePages(PROJECT);
        oneOfOthers();

        scenario.settle(site);

        assertThat(scenario.ready(site)).isEqualTo("Ready");
    }

    @Test
    void aHostNameThatLeavesTheSpecGoes() {
        MailSite site = deployed(CREATED + ",'customDomains':['" + HOST + "','www.example.com']");

        scenario.site("web", CREATED + ",'customDomains':['www.example.com']");
        scenario.settle(site);

        assertThat(scenario.project().path("domains"))
                .extracting(JsonNode::asText)
                .containsExactly("www.example.com");
        assertThat(scenario.ownership(site).customDomains()).containsExactly("www.example.com");
        assertThat(scenario.events).contains("TriggersApplied: web.example.com does not lead to it any more");
    }

    @Test
    void ofWhatIsNotGrantedNothingIsLookedAt() {
        scenario.files("index.html", "");
        MailSite site = scenario.site("tenant", "web", WHOLE);

        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("DeployNotGranted");
        scenario.grants("{'pages':['mail-*']}");
        scenario.settle(site);

        assertThat(message(site, ConditionType.TARGETS_READY)).contains(HOST, "access[].deploy.hostnames");
        assertThat(scenario.calls()).isZero();

        scenario.grants("{'pages':['mail-*'],'hostnames':['*.example.com']}");
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
    }

    @Test
    void theOlderOfTwoDeploysToTheProject() {
        scenario.files("index.html", "");
        MailSite older = scenario.site("older", CREATED);
        MailSite younger = scenario.site("younger", CREATED);

        scenario.settle(younger);
        scenario.settle(older);

        assertThat(scenario.ready(younger)).isEqualTo("DeployedByAnother");
        assertThat(message(younger, ConditionType.TARGETS_READY)).contains("older");
        assertThat(scenario.ready(older)).isEqualTo("Ready");
    }

    @Test
    void deletionTakesWhatWasCreated() {
        MailSite site = deployed("'deletionPolicy':'Delete'," + WHOLE);

        scenario.delete(site);
        scenario.reconcile(site);

        assertThat(scenario.isGone(site)).isTrue();
        assertThat(scenario.writes())
                .containsExactly(
                        "DELETE /pages/projects/{project_name}/domains/{domain_name}",
                        "DELETE /pages/projects/{project_name}");
        assertThat(scenario.events).contains("Deleted: deleted the Pages project mail-web");
    }

    @Test
    void deletionKeepsAProjectOfOthersAndSaysSo() {
        oneOfOthers();
        MailSite site = deployed("'deletionPolicy':'Delete','customDomains':['" + HOST + "']");

        scenario.delete(site);
        scenario.reconcile(site);

        assertThat(scenario.isGone(site)).isTrue();
        assertThat(scenario.writes()).containsExactly("DELETE /pages/projects/{project_name}/domains/{domain_name}");
        assertThat(scenario.events).singleElement().asString().startsWith("SiteKept: mail-web goes on serving");
    }

    @Test
    void deletionKeepsAProjectThatHasAPreviewOfOthers() {
        MailSite site = deployed("'deletionPolicy':'Delete'," + CREATED);
        scenario.platform().deployPages(PROJECT, "feature", "by hand");

        scenario.delete(site);
        scenario.reconcile(site);

        assertThat(scenario.isGone(site)).isTrue();
        assertThat(scenario.writes()).isEmpty();
        assertThat(scenario.project().path("deployments")).hasSize(2);
    }

    @Test
    void byDefaultDeletionAsksNothingAndLeavesAll() {
        MailSite site = deployed(WHOLE);
        scenario.secrets.remove("mail-system", "tokens");

        scenario.delete(site);
        scenario.reconcile(site);

        assertThat(scenario.isGone(site)).isTrue();
        assertThat(scenario.calls()).isZero();
    }

    @Test
    void aTokenThatWentWithItsSecretStillCleansUp() {
        MailSite site = deployed("'deletionPolicy':'Delete'," + CREATED);
        scenario.secrets.remove("mail-system", "tokens");

        scenario.delete(site);
        scenario.reconcile(site);

        assertThat(scenario.isGone(site)).isTrue();
        assertThat(scenario.writes()).containsExactly("DELETE /pages/projects/{project_name}");
    }

    @Test
    void withoutAnAccountIdNothingIsAsked() {
        scenario.account(null);
        scenario.files("index.html", "");
        MailSite site = scenario.site("web", CREATED);

        scenario.settle(site);

        assertThat(scenario.condition(site, ConditionType.CREDENTIALS_VALID).reason())
                .isEqualTo("AccountIdMissing");
        assertThat(scenario.calls()).isZero();
    }

    @Test
    void anotherAccountIsNotDeployedTo() {
        MailSite site = deployed(CREATED);
        scenario.account("ffffffffffffffffffffffffffffffff");

        scenario.settle(site);

        assertThat(scenario.condition(site, ConditionType.CREDENTIALS_VALID).reason())
                .isEqualTo("DeployAccountChanged");
        assertThat(scenario.calls()).isZero();
    }

    @Test
    void aRightThatIsMissingIsNamedAndHeals() {
        scenario.rights("Account: Workers Scripts: Edit");
        scenario.files("index.html", "");
        MailSite site = scenario.site("web", CREATED);

        scenario.settle(site);
        assertThat(scenario.condition(site, ConditionType.TARGETS_READY).reason())
                .isEqualTo("PermissionMissing");
        assertThat(message(site, ConditionType.TARGETS_READY)).contains("Cloudflare Pages: Edit");

        scenario.rights("Account: Cloudflare Pages: Edit");
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
    }

    @Test
    void whatIsWrongWithTheTokenIsSaidOfTheCredentials() {
        scenario.secrets.holding(
                "mail-system", "tokens", "CLOUDFLARE_API_TOKEN", "no-such-token-no-such-token-no-such-1");
        scenario.files("index.html", "");
        MailSite site = scenario.site("web", CREATED);

        scenario.settle(site);

        assertThat(scenario.condition(site, ConditionType.CREDENTIALS_VALID).holds())
                .isFalse();
        assertThat(scenario.condition(site, ConditionType.DEPLOYED).reason()).isEqualTo("NotReached");
    }

    @Test
    void aSourceThatIsNotThereIsSaidAndHeals() {
        MailSite site = scenario.site("web", CREATED + ",'directory':'dist'");

        scenario.settle(site);
        assertThat(scenario.condition(site, ConditionType.SOURCE_READY).reason())
                .isEqualTo("SourceNotFound");

        scenario.files("index.html", "");
        scenario.settle(site);
        assertThat(message(site, ConditionType.SOURCE_READY)).contains("no folder \"dist\"");

        scenario.site("web", CREATED);
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
    }

    @Test
    void aFolderOfAnArtifactIsServed() {
        MailSite site = scenario.site("web", FETCHED);

        scenario.settle(site);

        assertThat(newest().path("files").properties())
                .extracting(file -> file.getKey())
                .containsExactly("/index.html");
        assertThat(scenario.condition(site, ConditionType.SOURCE_READY).message())
                .startsWith("web:v1 sha256:");
    }

    @Test
    void theLogIsToldOfWhatASourceIsPulledWith() {
        scenario.secrets.holding(
                "mail-system",
                "registry",
                ".dockerconfigjson",
                "{\"auths\":{\"ghcr.io\":{\"username\":\"me\",\"password\":\"a-registry-password\"}}}");
        MailSite site = scenario.site(
                "web",
                CREATED + ",'source':{'oci':{'reference':'ghcr.io/acme/web:v1','pullSecretRef':{'name':'registry'}}}");

        scenario.settle(site);

        assertThat(scenario.told).contains("a-registry-password");
    }

    @Test
    void codeOfAFunctionIsNotServedAsAFile() {
        scenario.files("index.html", "", "_worker.js", "const secret = 1");
        MailSite site = scenario.site("web", CREATED);

        scenario.settle(site);

        assertThat(scenario.condition(site, ConditionType.SOURCE_READY).reason())
                .isEqualTo("SourceRefused");
        assertThat(scenario.calls()).isZero();
    }

    @Test
    void builtFunctionsAreSentAlongAndNotServed() {
        scenario.files("index.html", "", "_worker.bundle", "--x", "_routes.json", "{}");
        MailSite site = scenario.site("web", CREATED);

        scenario.settle(site);

        assertThat(newest().path("files")).hasSize(1);
        assertThat(newest().path("functions"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("_worker.bundle", "_routes.json");
    }

    @Test
    void aRefusedDeploymentIsSaidInCloudflaresWords() {
        MailSite site = deployed(CREATED);
        JsonNode refusal = SiteScenario.read(
                "{'success':false,'errors':[{'code':8000096,'message':'A manifest was expected'}],'messages':[],'result':null}",
                JsonNode.class);
        scenario.simulator.controls().failNext("POST", ".*/deployments", Fault.status(400, refusal, Map.of()));

        scenario.files("index.html", "two");
        scenario.reconcile(site);

        assertThat(scenario.condition(site, ConditionType.DEPLOYED).reason()).isEqualTo("UploadRefused");
        assertThat(message(site, ConditionType.DEPLOYED)).contains("A manifest was expected", "goes on serving");
    }

    @Test
    void aHiccupChangesNothingOfASiteThatIsDeployed() {
        MailSite site = deployed(CREATED);
        scenario.simulator.controls().failNext("GET", ".*/pages/projects/mail-web", Fault.status(503));

        scenario.reconcile(site);

        assertThat(scenario.ready(site)).isEqualTo("Ready");
    }

    @Test
    void nothingIsRememberedOfOneThatIsGone() {
        MailSite site = scenario.site("web", FETCHED);
        scenario.settle(site);
        assertThat(scenario.ready(site)).isEqualTo("Ready");
        String uid = site.getMetadata().getUid();
        assertThat(scenario.controller().uids()).contains(uid);

        scenario.controller().forget(uid);

        assertThat(scenario.controller().uids()).doesNotContain(uid);
    }
}
