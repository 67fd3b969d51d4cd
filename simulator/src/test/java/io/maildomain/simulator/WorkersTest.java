package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkersTest extends SimulatorTestCase {

    private static final String METADATA = """
            {"main_module": "index.js", "compatibility_date": "2026-04-01", "compatibility_flags": ["nodejs_compat"],
             "bindings": [{"name": "APP_ENV", "type": "plain_text", "text": "production"}],
             "annotations": {"workers/message": "m", "workers/tag": "v1"}, "observability": {"enabled": true}}""";

    private final String workers = "/accounts/" + simulator.accountId() + "/workers";
    private final String script = workers + "/scripts/mailbox";

    @Test
    void aScriptIsUploadedListedReadAndDeleted() {
        JsonNode uploaded = owner.put(script, "export default {}").result();
        assertThat(uploaded.path("startup_time_ms").asInt()).isPositive();
        assertThat(owner.put(script, "export default {}").result().path("tag")).isEqualTo(uploaded.path("tag"));
        assertThat(owner.get(workers + "/scripts").result()).hasSize(1);
        assertThat(owner.get(script).header("Content-Type")).isEqualTo("text/javascript");
        assertThat(owner.get(workers + "/services/mailbox").result().at("/default_environment/script/tag"))
                .isEqualTo(uploaded.path("tag"));
        assertThat(owner.delete(script).status()).isEqualTo(200);
        assertThat(owner.get(script).refusal()).isEqualTo("404/10007");
        assertThat(owner.get(workers + "/services/mailbox").refusal()).isEqualTo("404/10007");
    }

    @Test
    void theFirstUploadServesAtOnceAndALaterVersionOnlyWhenItIsDeployed() {
        JsonNode first = upload(METADATA).result();
        String old = first.path("deployment_id").asText();
        assertThat(first.path("etag").asText()).isNotEmpty();
        assertThat(serving()).containsExactly(old + "@100");
        assertThat(owner.get(script + "/settings")
                        .result()
                        .at("/bindings/0/text")
                        .asText())
                .isEqualTo("production");
        assertThat(owner.get(script + "/settings")
                        .result()
                        .at("/observability/enabled")
                        .asBoolean())
                .isTrue();

        JsonNode second = Form.worker(METADATA.replace("production", "next"), "export default 2")
                .send(owner, "POST", script + "/versions")
                .result();
        String next = second.path("id").asText();
        assertThat(second.path("number").asInt()).isEqualTo(2);
        assertThat(second.at("/resources/script/etag").asText())
                .isNotEmpty()
                .isNotEqualTo(first.path("etag").asText());
        assertThat(serving()).as("as before").containsExactly(old + "@100");
        assertThat(deploy(old, 100, next, 0).status()).isEqualTo(200);
        assertThat(serving()).containsExactly(old + "@100", next + "@0");
        assertThat(deploy(next, 100).result().path("id").asText()).isNotEmpty();
        assertThat(serving()).containsExactly(next + "@100");

        JsonNode versions =
                owner.get(script + "/versions?deployable=true").result().path("items");
        assertThat(versions.findValuesAsText("id")).as("newest first").containsExactly(next, old);
        assertThat(versions.at("/0/annotations/workers~1message").asText()).isEqualTo("m");
        JsonNode shown = owner.get(script + "/versions/" + next).result();
        assertThat(shown.at("/resources/bindings/0/text").asText()).isEqualTo("next");
        assertThat(shown.at("/metadata/source").asText()).isEqualTo("api");
        assertThat(owner.get(script + "/versions/nonsense").refusal()).isEqualTo("404/10222");
        assertThat(owner.get(script + "/deployments").result().path("deployments"))
                .hasSize(3);
    }

    @Test
    void aDeploymentIsOneOrTwoKnownVersionsThatSumToAHundred() {
        String one = upload(METADATA).result().path("deployment_id").asText();
        String two = upload(METADATA).result().path("deployment_id").asText();
        String three = upload(METADATA).result().path("deployment_id").asText();
        assertThat(deploy(one, 50, two, 49).status()).isEqualTo(400);
        assertThat(deploy(one, 100, "nonsense", 0).status()).isEqualTo(400);
        assertThat(deploy(one, 50, one, 50).status()).isEqualTo(400);
        assertThat(deploy(one, 40, two, 40, three, 20).status()).isEqualTo(400);
        assertThat(deploy().status()).isEqualTo(400);
        assertThat(serving()).containsExactly(three + "@100");
        assertThat(owner.post(script + "/deployments", """
                {"strategy": "percentage", "versions": [{"version_id": "%s", "percentage": 33.3},
                 {"version_id": "%s", "percentage": 66.7}]}""".formatted(one, two)).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"main_module": "other.js"}                                                                    | 400/10021 | No such module "other.js"
            {"bindings": []}                                                                               | 400/10021 | main_module
            no JSON                                                                                        | 400/10021 | metadata
            {"main_module": "index.js", "bindings": [{"name": "DB", "type": "d1", "id": "x"}]}             | 400/10181 | DB
            {"main_module": "index.js", "bindings": [{"name": "B", "type": "r2_bucket", "bucket_name": "b"}]} | 400/10085 | 'b'
            {"main_module": "index.js", "bindings": [{"name": "S", "type": "service", "service": "gone"}]} | 400/10144 | gone
            {"main_module": "index.js", "bindings": [{"name": "OLD", "type": "inherit"}]}                  | 400/10057 | OLD
            {"main_module": "index.js", "bindings": [{"name": "A", "type": "plain_text", "text": "1"}, {"name": "A", "type": "plain_text", "text": "2"}]} | 400/10021 | twice
            """)
    void whatAnUploadNamesMustBeThere(String metadata, String refusal, String words) {
        Reply reply = Form.worker(metadata, "").send(owner, "PUT", script + "?bindings_inherit=strict");
        assertThat(reply.refusal()).as(reply.text()).isEqualTo(refusal);
        assertThat(reply.message()).contains(words);
        assertThat(owner.get(script + "/deployments").refusal()).isEqualTo("404/10007");
    }

    @Test
    void aSecretIsKeptAsADigestSurvivesUploadsAndIsNeverShown() {
        upload(METADATA);
        assertThat(owner.put(
                                script + "/secrets",
                                "{\"name\": \"KEY\", \"text\": \"hidden\", \"type\": \"secret_text\"}")
                        .status())
                .isEqualTo(200);
        assertThat(owner.get(script + "/secrets").result().toString())
                .isEqualTo("[{\"name\":\"KEY\",\"type\":\"secret_text\"}]");
        upload("{\"main_module\": \"index.js\", \"keep_bindings\": [\"secret_text\"]}");
        assertThat(owner.get(script + "/secrets").result()).hasSize(1);
        upload(METADATA);
        assertThat(owner.get(script + "/secrets").result())
                .as("nothing was said of what to keep")
                .hasSize(1);
        assertThat(controls.state().toString())
                .doesNotContain("hidden")
                .contains("e564b4081d7a9ea4b00dada53bdae70c99b87b6fce869f0c3dd4d2bfa1e53e1c");
        assertThat(owner.delete(script + "/secrets/KEY").status()).isEqualTo(200);
        assertThat(owner.delete(script + "/secrets/KEY").refusal()).isEqualTo("404/10056");
        owner.put(script + "/secrets", "{\"name\": \"KEY\", \"text\": \"hidden\"}");
        upload("{\"main_module\": \"index.js\", \"keep_bindings\": []}");
        assertThat(owner.get(script + "/secrets").result())
                .as("nothing is to be kept")
                .isEmpty();
        Form.worker("{\"main_module\": \"index.js\"}", "").send(owner, "POST", script + "/versions");
        assertThat(owner.put(script + "/secrets", "{\"name\": \"KEY\", \"text\": \"hidden\"}")
                        .refusal())
                .as("the newest version does not serve")
                .isEqualTo("400/10215");
    }

    @Test
    void anEnvironmentShowsWhatServes() {
        String zone = zone("example.com");
        upload(METADATA);
        owner.put(script + "/routes", "[{\"pattern\": \"example.com/a\"}]");
        owner.put(workers + "/domains", "{\"hostname\": \"api.example.com\", \"service\": \"mailbox\"}");
        String environment = workers + "/services/mailbox/environments/production";
        assertThat(owner.get(environment)
                        .result()
                        .at("/script/observability/enabled")
                        .asBoolean())
                .isTrue();
        assertThat(owner.get(environment + "/bindings").result()).hasSize(1);
        assertThat(owner.get(environment + "/routes?show_zonename=true")
                        .result()
                        .at("/0/zone_name")
                        .asText())
                .isEqualTo("example.com");
        assertThat(owner.get(environment + "/subdomain")
                        .result()
                        .path("enabled")
                        .asBoolean())
                .isFalse();
        assertThat(owner.get(workers + "/domains/records?page=0&per_page=5&service=mailbox&environment=production")
                        .result())
                .hasSize(1);
        assertThat(owner.get(environment.replace("production", "staging")).refusal())
                .isEqualTo("404/10090");
        assertThat(owner.get(zone + "/workers/routes").result()).hasSize(1);
    }

    @Test
    void settingsSubdomainAndSchedulesAreNoPartOfAVersion() {
        upload(METADATA);
        assertThat(owner.patch(
                                script + "/script-settings",
                                "{\"tags\": [\"a\"], \"observability\": {\"enabled\": false}}")
                        .result()
                        .path("tags"))
                .hasSize(1);
        assertThat(owner.get(script + "/subdomain").result().path("enabled").asBoolean())
                .isFalse();
        assertThat(owner.post(script + "/subdomain", "{\"enabled\": true}")
                        .result()
                        .path("previews_enabled")
                        .asBoolean())
                .isTrue();
        assertThat(owner.post(script + "/subdomain", "{}").status()).isEqualTo(400);
        assertThat(owner.put(script + "/schedules", "[{\"cron\": \"*/15 * * * *\"}]")
                        .result()
                        .at("/schedules/0/cron")
                        .asText())
                .isEqualTo("*/15 * * * *");
        assertThat(owner.put(script + "/schedules", "[{\"cron\": \"daily\"}]").status())
                .isEqualTo(400);
        upload(METADATA.replace(", \"observability\": {\"enabled\": true}", ""));
        assertThat(owner.get(script + "/schedules").result().path("schedules")).hasSize(1);
        assertThat(owner.get(script + "/script-settings")
                        .result()
                        .at("/observability/enabled")
                        .asBoolean())
                .isFalse();
        assertThat(owner.get(workers + "/subdomain").result().path("subdomain").asText())
                .isEqualTo("simulated");
    }

    @Test
    void customDomainsLeadToOneWorkerAndBringARecord() {
        String zone = zone("example.com");
        upload(METADATA);
        controls.putWorker("other");
        String put = "{\"hostname\": \"api.example.com\", \"service\": \"%s\", \"environment\": \"production\"}";
        JsonNode domain =
                owner.put(workers + "/domains", put.formatted("mailbox")).result();
        assertThat(domain.path("zone_name").asText()).isEqualTo("example.com");
        assertThat(owner.get(zone + "/dns_records?name=api.example.com")
                        .result()
                        .at("/0/content")
                        .asText())
                .isEqualTo("100::");
        assertThat(owner.put(workers + "/domains", put.formatted("mailbox"))
                        .result()
                        .path("id"))
                .isEqualTo(domain.path("id"));
        assertThat(owner.put(workers + "/domains", put.formatted("other")).refusal())
                .isEqualTo("409/100116");
        assertThat(owner.put(workers + "/domains", put.formatted("gone")).refusal())
                .isEqualTo("404/10007");
        owner.post(
                zone + "/dns_records", "{\"type\": \"A\", \"name\": \"www.example.com\", \"content\": \"192.0.2.1\"}");
        assertThat(owner.put(workers + "/domains", put.formatted("mailbox").replace("api.", "www."))
                        .refusal())
                .isEqualTo("409/100117");
        assertThat(owner.put(workers + "/domains", put.formatted("mailbox").replace("com", "net"))
                        .refusal())
                .isEqualTo("404/10083");
        String records = "{\"override_scope\": true, \"override_existing_origin\": true,"
                + " \"override_existing_dns_record\": true, \"origins\": [{\"hostname\": \"api.example.com\"},"
                + " {\"hostname\": \"www.example.com\"}]}";
        assertThat(owner.put(workers + "/scripts/other/domains/records", records)
                        .result())
                .as("wrangler takes both")
                .hasSize(2);
        assertThat(owner.get(workers + "/domains?service=mailbox").result()).isEmpty();
        assertThat(owner.post(script + "/domains/changeset?replace_state=true", "[{\"hostname\": \"api.example.com\"}]")
                        .result()
                        .at("/updated/0/modified")
                        .asBoolean())
                .isTrue();
        assertThat(owner.delete(workers + "/domains/" + domain.path("id").asText())
                        .status())
                .isEqualTo(200);
        assertThat(owner.get(zone + "/dns_records?name=api.example.com").result())
                .isEmpty();
        owner.delete(workers + "/scripts/other");
        assertThat(owner.get(workers + "/domains").result()).isEmpty();
    }

    @Test
    void routesLeadRequestsOfAZoneToAWorker() {
        String zone = zone("example.com");
        upload(METADATA);
        controls.putWorker("other");
        String routes = zone + "/workers/routes";
        assertThat(owner.get(routes).result()).isEmpty();
        String route = "{\"pattern\": \"example.com/api/*\", \"script\": \"mailbox\"}";
        JsonNode created = owner.post(routes, route).result();
        assertThat(owner.post(routes, route).refusal()).isEqualTo("409/10020");
        assertThat(owner.post(routes, route.replace("mailbox", "gone")).status())
                .isEqualTo(404);
        assertThat(owner.post(routes, route.replace("example.com", "example.net"))
                        .status())
                .isEqualTo(400);
        String one = routes + "/" + created.path("id").asText();
        assertThat(owner.put(one, route.replace("mailbox", "other"))
                        .result()
                        .path("script")
                        .asText())
                .isEqualTo("other");
        assertThat(owner.put(script + "/routes", "[{\"pattern\": \"example.com/api/*\"}]")
                        .refusal())
                .as("another Worker's")
                .isEqualTo("409/10020");
        assertThat(owner.put(script + "/routes", "[{\"pattern\": \"*.example.com/a\"}]")
                        .result()
                        .toString())
                .isEqualTo("[\"*.example.com/a\"]");
        assertThat(owner.put(script + "/routes", "[]").status()).isEqualTo(200);
        assertThat(owner.get(routes).result()).as("only other's is left").hasSize(1);
        assertThat(owner.delete(one).status()).isEqualTo(200);
        assertThat(owner.delete(one).status()).isEqualTo(404);
        Client scriptsOnly = clientWith("Account: Workers Scripts: Edit");
        assertThat(scriptsOnly
                        .put(script + "/routes", "[{\"pattern\": \"example.com/a\"}]")
                        .refusal())
                .isEqualTo("403/10000");
    }

    @Test
    void aWorkerThatIsUsedIsDeletedOnlyByForce() {
        upload(METADATA);
        controls.putZone("example.com", "{\"rules\": [{\"address\": \"a@example.com\", \"worker\": \"mailbox\"}]}");
        assertThat(owner.delete(script).refusal()).isEqualTo("400/10064");
        assertThat(owner.delete(workers + "/services/mailbox?force=true").status())
                .isEqualTo(200);
    }

    @Test
    void staticAssetsAreUploadedWithATokenOfTheirOwn() {
        String hash = "6e685e4883fed022eae92500f07d7f39";
        JsonNode session = owner.post(
                        script + "/assets-upload-session",
                        "{\"manifest\": {\"/index.html\": {\"hash\": \"" + hash + "\", \"size\": 11}}}")
                .result();
        assertThat(session.at("/buckets/0/0").asText()).isEqualTo(hash);
        String withAssets = "{\"main_module\": \"index.js\", \"assets\": {\"jwt\": \"%s\", \"config\": {}}}";
        String jwt = session.path("jwt").asText();
        assertThat(upload(withAssets.formatted(jwt)).refusal())
                .as("nothing came yet")
                .isEqualTo("400/10021");
        Form files = new Form().file(hash, "text/html", "PGgxPg==");
        String upload = workers + "/assets/upload?base64=true";
        assertThat(files.send(owner, "POST", upload).refusal()).isEqualTo("403/10000");
        Reply complete = files.send(owner, "POST", upload, "Bearer " + jwt);
        assertThat(complete.status()).as(complete.text()).isEqualTo(201);
        assertThat(upload(withAssets.formatted(complete.result().path("jwt").asText()))
                        .result()
                        .path("has_assets")
                        .asBoolean())
                .isTrue();
        assertThat(Client.exchange(owner.request("GET", "/zones", null).header("Authorization", "Bearer " + jwt))
                        .status())
                .as("for nothing else")
                .isEqualTo(400);
    }

    @Test
    void versionsAndDeploymentsAreBounded() {
        String first = upload(METADATA).result().path("deployment_id").asText();
        for (int i = 0; i < 110; i++) {
            Form.worker(METADATA, "" + i).send(owner, "POST", script + "/versions");
        }
        assertThat(owner.get(script + "/versions").result().path("items")).hasSize(100);
        assertThat(serving()).as("what serves stays").containsExactly(first + "@100");
        assertThat(owner.get(script + "/versions/" + first).status()).isEqualTo(200);
    }

    @Test
    void theStateIsTheSameAfterItWasLoaded() {
        zone("example.com");
        upload(METADATA);
        owner.put(workers + "/domains", "{\"hostname\": \"api.example.com\", \"service\": \"mailbox\"}");
        JsonNode before = controls.state();
        controls.load(before);
        assertThat(controls.state()).isEqualTo(before);
    }

    private Reply upload(String metadata) {
        return Form.worker(metadata, "export default {}")
                .send(owner, "PUT", script + "?excludeScript=true&bindings_inherit=strict");
    }

    private Reply deploy(Object... idsAndPercentages) {
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < idsAndPercentages.length; i += 2) {
            versions.add("{\"version_id\": \"" + idsAndPercentages[i] + "\", \"percentage\": "
                    + idsAndPercentages[i + 1] + "}");
        }
        return owner.post(
                script + "/deployments",
                "{\"strategy\": \"percentage\", \"versions\": [" + String.join(", ", versions)
                        + "], \"annotations\": {\"workers/message\": \"m\"}}");
    }

    private List<String> serving() {
        List<String> serving = new ArrayList<>();
        owner.get(script + "/deployments")
                .result()
                .at("/deployments/0/versions")
                .forEach(v -> serving.add(v.path("version_id").asText() + "@"
                        + v.path("percentage").asText()));
        return serving;
    }
}
