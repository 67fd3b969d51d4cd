package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.calls.SeenCall;
import io.maildomain.simulator.faults.Fault;
import io.maildomain.simulator.faults.FaultPlan;
import io.maildomain.simulator.state.Token;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PagesTest extends SimulatorTestCase {

    /** As wrangler made them: of "<h1>mail</h1>\n" in a .html and "body{}\n" in a .css. */
    private static final String HTML = "2b9c50f085c9a8627841ba96d53a694f";

    private static final String CSS = "aa42bba514e8ddfea838ec1a715ca332";

    private final String projects = "/accounts/" + simulator.accountId() + "/pages/projects";
    private final String project = projects + "/site";

    @Test
    void aProjectIsCreatedShownChangedAndDeleted() {
        assertThat(owner.get(project).refusal()).isEqualTo("404/8000007");
        JsonNode created = create();
        assertThat(created.path("subdomain").asText()).isEqualTo("site.pages.dev");
        assertThat(created.at("/deployment_configs/production").isObject()).isTrue();
        assertThat(owner.post(projects, "{\"name\": \"site\"}").refusal()).isEqualTo("409/8000002");
        assertThat(owner.post(projects, "{\"name\": \"No Name\"}").status()).isEqualTo(400);
        assertThat(owner.patch(project, "{\"production_branch\": \"live\"}")
                        .result()
                        .path("production_branch")
                        .asText())
                .isEqualTo("live");
        String one = "{\"deployment_configs\": {\"production\": {\"env_vars\": {\"%s\": %s}}}}";
        owner.patch(project, one.formatted("A", "{\"type\": \"plain_text\", \"value\": \"1\"}"));
        owner.patch(project, one.formatted("B", "{\"type\": \"secret_text\", \"value\": \"2\"}"));
        assertThat(owner.patch(project, one.formatted("A", "null"))
                        .result()
                        .at("/deployment_configs/production/env_vars")
                        .properties())
                .as("one by one, as wrangler sets them")
                .extracting(variable -> variable.getKey())
                .containsExactly("B");
        assertThat(owner.get(projects).result()).hasSize(1);
        assertThat(owner.delete(project).status()).isEqualTo(200);
        assertThat(owner.get(projects).result()).isEmpty();
    }

    @Test
    void filesAreUploadedByKeyAndThenDeployed() {
        create();
        String jwt = uploadToken();
        String hashes = "{\"hashes\": [\"" + HTML + "\", \"" + CSS + "\"]}";
        assertThat(upload(jwt, "check-missing", hashes).result()).hasSize(2);
        assertThat(deploy("{\"/index.html\": \"" + HTML + "\"}", "main").status())
                .as("before it came")
                .isEqualTo(400);
        assertThat(upload(jwt, "upload", files(HTML, "<h1>mail</h1>\n", "text/html"))
                        .status())
                .isEqualTo(200);
        assertThat(upload(jwt, "check-missing", hashes).result().toString()).isEqualTo("[\"" + CSS + "\"]");
        upload(jwt, "upload", files(CSS, "body{}\n", "text/css"));
        assertThat(upload(jwt, "upsert-hashes", hashes).result().asBoolean()).isTrue();

        JsonNode deployed = deploy("{\"/index.html\": \"" + HTML + "\", \"/a.css\": \"" + CSS + "\"}", "main")
                .result();
        String id = deployed.path("id").asText();
        assertThat(deployed.path("url").asText()).isEqualTo("https://" + id.substring(0, 8) + ".site.pages.dev");
        assertThat(deployed.at("/latest_stage/name").asText()).isEqualTo("deploy");
        assertThat(deployed.at("/deployment_trigger/metadata/commit_hash").asText())
                .isEqualTo("abc");
        assertThat(deployed.path("environment").asText()).isEqualTo("production");
        assertThat(owner.get(project + "/deployments/" + id).result().path("id").asText())
                .isEqualTo(id);
        assertThat(owner.get(project + "/deployments/" + id + "/history/logs").status())
                .isEqualTo(200);
        assertThat(owner.delete(project + "/deployments/" + id).status())
                .as("it is live")
                .isEqualTo(400);
        JsonNode held = controls.state().at("/accounts/0/platform/pages/0/deployments/0");
        assertThat(held.path("files")).hasSize(2);
        assertThat(held.path("misfits"))
                .as("keys are made as wrangler makes them")
                .isEmpty();

        assertThat(deploy("{}", "feature").result().path("environment").asText())
                .isEqualTo("preview");
        assertThat(owner.get(project + "/deployments?env=production").result()).hasSize(1);
        assertThat(owner.get(project + "/deployments").result()).hasSize(2);
        assertThat(owner.get(project).result().at("/canonical_deployment/id").asText())
                .isEqualTo(id);
        deploy("{}", "main");
        assertThat(owner.post(project + "/deployments/" + id + "/rollback", null)
                        .status())
                .isEqualTo(200);
        assertThat(owner.get(project).result().at("/canonical_deployment/id").asText())
                .isEqualTo(id);
    }

    @Test
    void anUploadCountsAsACallOfTheTokenThatAskedForItsUploadTokenAndMeetsItsFaults() {
        create();
        Client deployer = owner.as(
                controls.putToken("deploy", "Account: Cloudflare Pages: Edit").value());
        String jwt =
                deployer.get(project + "/upload-token").result().path("jwt").asText();
        controls.addFault(
                FaultPlan.next("POST", "/pages/assets/", Fault.status(500)).withToken("deploy"));

        assertThat(upload(uploadToken(), "check-missing", "{\"hashes\": []}").status())
                .isEqualTo(200);
        assertThat(upload(jwt, "check-missing", "{\"hashes\": []}").status()).isEqualTo(500);

        assertThat(controls.calls())
                .filteredOn(call -> call.route().startsWith("/pages/assets/"))
                .extracting(SeenCall::token)
                .containsExactly(Token.START_NAME, "deploy");
    }

    @Test
    void aKeyThatIsNotMadeOfItsContentIsSeenInTheState() {
        create();
        upload(uploadToken(), "upload", files(CSS, "other", "text/css"));
        deploy("{\"/a.css\": \"" + CSS + "\"}", "main");
        assertThat(controls.state()
                        .at("/accounts/0/platform/pages/0/deployments/0/misfits")
                        .toString())
                .isEqualTo("[\"/a.css\"]");
    }

    @Test
    void uploadsTakeTheirOwnTokenForAnHour() {
        create();
        String jwt = uploadToken();
        String claims = new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains("\"max_file_count_allowed\":20000").contains("\"exp\":");
        assertThat(owner.post("/pages/assets/check-missing", "{\"hashes\": []}").refusal())
                .isEqualTo("403/10000");
        assertThat(upload(jwt + "x", "check-missing", "{\"hashes\": []}").refusal())
                .isEqualTo("403/10000");
        clock.advance(Duration.ofHours(1));
        assertThat(upload(jwt, "check-missing", "{\"hashes\": []}").refusal()).isEqualTo("403/10000");
        assertThat(clientWith("Account: Cloudflare Pages: Read")
                        .get(project + "/upload-token")
                        .refusal())
                .isEqualTo("403/10000");
    }

    @Test
    void domainsAreAddedOnceAndRemoved() {
        create();
        assertThat(owner.post(project + "/domains", "{\"name\": \"www.example.com\"}")
                        .result()
                        .path("status")
                        .asText())
                .isEqualTo("active");
        assertThat(owner.post(project + "/domains", "{\"name\": \"www.example.com\"}")
                        .refusal())
                .isEqualTo("409/8000018");
        assertThat(owner.get(project).result().path("domains")).hasSize(2);
        assertThat(owner.get(project + "/domains/www.example.com").status()).isEqualTo(200);
        assertThat(owner.delete(project + "/domains/www.example.com").status()).isEqualTo(200);
        assertThat(owner.get(project + "/domains").result()).isEmpty();
        assertThat(owner.delete(project + "/domains/www.example.com").status()).isEqualTo(404);
    }

    @Test
    void projectsLiveInTheState() {
        filesAreUploadedByKeyAndThenDeployed();
        JsonNode before = controls.state();
        controls.load(before);
        assertThat(controls.state()).isEqualTo(before);
    }

    private JsonNode create() {
        return owner.post(projects, "{\"name\": \"site\", \"production_branch\": \"main\"}")
                .result();
    }

    private String uploadToken() {
        return owner.get(project + "/upload-token").result().path("jwt").asText();
    }

    private Reply upload(String jwt, String call, String body) {
        return Client.exchange(
                owner.request("POST", "/pages/assets/" + call, body).header("Authorization", "Bearer " + jwt));
    }

    private static String files(String key, String content, String type) {
        return "[{\"key\": \"" + key + "\", \"value\": \""
                + Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8))
                + "\", \"metadata\": {\"contentType\": \"" + type + "\"}, \"base64\": true}]";
    }

    private Reply deploy(String manifest, String branch) {
        return new Form()
                .field("manifest", manifest)
                .field("branch", branch)
                .field("commit_hash", "abc")
                .field("commit_message", "m")
                .send(owner, "POST", project + "/deployments");
    }
}
