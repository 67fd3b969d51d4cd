package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.quirks.Quirk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What others do to what is deployed. */
class DeployControlsTest extends SimulatorTestCase {

    private final String account = "/accounts/" + simulator.accountId();
    private final String script = account + "/workers/scripts/mailbox";

    @Test
    void theWorkersOfTheControlPlaneAreScriptsWithAVersionThatServes() {
        controls.putWorker("mailbox");
        JsonNode deployments = owner.get(script + "/deployments").result().path("deployments");
        assertThat(deployments).hasSize(1);
        assertThat(deployments.at("/0/source").asText()).isEqualTo("dash");
        controls.putWorker("mailbox");
        assertThat(owner.get(script + "/versions").result().path("items"))
                .as("putting it again changes nothing")
                .hasSize(1);
    }

    @Test
    void aColleagueDeploysInTheDashboardOrSplitsADeployment() {
        controls.putWorker("mailbox");
        Reply deployed = owner.post(
                "/_simulator/workers/mailbox/deploy",
                "{\"message\": \"hotfix\", \"tag\": \"v2\", \"bindings\": [{\"name\": \"A\", \"type\": \"plain_text\", \"text\": \"1\"}]}");
        assertThat(deployed.status()).as(deployed.text()).isEqualTo(200);
        JsonNode newest = owner.get(script + "/deployments").result().at("/deployments/0");
        assertThat(newest.at("/annotations/workers~1message").asText()).isEqualTo("hotfix");
        assertThat(owner.get(account + "/workers/services/mailbox")
                        .result()
                        .at("/default_environment/script/last_deployed_from")
                        .asText())
                .isEqualTo("dash");
        owner.post("/_simulator/workers/mailbox/deploy", "{\"serves\": false, \"source\": \"wrangler\"}");
        assertThat(owner.get(script + "/deployments").result().at("/deployments/0"))
                .isEqualTo(newest);
        owner.post(
                "/_simulator/workers/mailbox/deploy",
                "{\"versions\": [{\"version\": \"1\", \"percentage\": 80}, {\"version\": \"3\", \"percentage\": 20}]}");
        assertThat(owner.get(script + "/deployments")
                        .result()
                        .at("/deployments/0/versions/1/percentage")
                        .asInt())
                .isEqualTo(20);
        assertThat(owner.get("/_simulator/workers/mailbox").json().path("versions"))
                .hasSize(3);
        assertThat(owner.post("/_simulator/workers/mailbox/deploy", "{\"versions\": [{\"version\": \"9\"}]}")
                        .status())
                .isEqualTo(404);
        assertThat(owner.post("/_simulator/workers/gone/deploy", "{}").status()).isEqualTo(404);
    }

    @Test
    void hostNamesAndRoutesAreTakenByOthers() {
        String zone = zone("example.com");
        controls.putWorker("mailbox");
        owner.put(account + "/workers/domains", "{\"hostname\": \"api.example.com\", \"service\": \"mailbox\"}");
        assertThat(owner.put("/_simulator/custom-domains/api.example.com", "{\"worker\": \"theirs\"}")
                        .status())
                .isEqualTo(200);
        assertThat(owner.get(account + "/workers/domains")
                        .result()
                        .at("/0/service")
                        .asText())
                .isEqualTo("theirs");
        assertThat(owner.delete("/_simulator/custom-domains/api.example.com").status())
                .isEqualTo(204);
        assertThat(owner.put("/_simulator/routes", "{\"pattern\": \"example.com/api/*\", \"script\": \"theirs\"}")
                        .status())
                .isEqualTo(200);
        assertThat(owner.get(zone + "/workers/routes").result().at("/0/script").asText())
                .isEqualTo("theirs");
        assertThat(owner.put("/_simulator/custom-domains/api.elsewhere.example", "{\"worker\": \"theirs\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void databasesBucketsAndProjectsExistOrNot() {
        assertThat(owner.put(
                                "/_simulator/databases/mail-db",
                                "{\"sql\": \"CREATE TABLE t(a); INSERT INTO t VALUES (7)\"}")
                        .json()
                        .path("uuid"))
                .isEqualTo(owner.get(account + "/d1/database/mail-db").result().path("uuid"));
        assertThat(owner.get("/_simulator/databases/mail-db")
                        .json()
                        .at("/tables/t/rows")
                        .toString())
                .isEqualTo("[[7]]");
        Reply wrong = owner.put("/_simulator/databases/mail-db", "{\"sql\": \"nonsense\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("syntax error");
        assertThat(owner.put("/_simulator/buckets/mail-bucket", "{\"jurisdiction\": \"eu\"}")
                        .status())
                .isEqualTo(200);
        assertThat(owner.put("/_simulator/pages/site", "{\"domains\": [\"www.example.com\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(owner.get(account + "/pages/projects/site").result().path("domains"))
                .hasSize(2);
        assertThat(owner.post("/_simulator/pages/site/deploy", "{\"message\": \"by hand\"}")
                        .status())
                .isEqualTo(200);
        owner.post("/_simulator/pages/site/deploy", "{\"branch\": \"feature\"}");
        assertThat(owner.get(account + "/pages/projects/site")
                        .result()
                        .at("/canonical_deployment/deployment_trigger/metadata/commit_message")
                        .asText())
                .isEqualTo("by hand");
        JsonNode state = controls.state();
        controls.load(state);
        assertThat(controls.state()).isEqualTo(state);
        for (String thing : new String[] {"databases/mail-db", "buckets/mail-bucket", "pages/site"}) {
            assertThat(owner.delete("/_simulator/" + thing).status()).isEqualTo(204);
            assertThat(owner.delete("/_simulator/" + thing).status()).isEqualTo(404);
        }
        assertThat(owner.get(account + "/d1/database").result()).isEmpty();
    }

    @Test
    void aStateWrittenByHandNeedsNamesOnly() {
        Reply loaded = owner.put("/_simulator/state", """
                {"accounts": [{"id": "0123456789abcdef0123456789abcdef", "workers": [{"name": "mailbox"}],
                  "platform": {"databases": [{"name": "mail-db"}], "buckets": [{"name": "mail-bucket"}],
                               "pages": [{"name": "site"}]}}],
                 "tokens": [{"name": "start", "value": "simulator-token-that-may-do-everything-00",
                             "rights": ["Account: D1: Edit", "Account: Workers Scripts: Edit"]}]}""");
        assertThat(loaded.status()).as(loaded.text()).isEqualTo(204);
        assertThat(owner.get(script + "/deployments").result().path("deployments"))
                .hasSize(1);
        assertThat(owner.post(account + "/d1/database/mail-db/query", "{\"sql\": \"CREATE TABLE t(a)\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void readingADatabaseChangesNothingThatIsCompared() {
        controls.platform().putDatabase("mail-db", "CREATE TABLE t(a)");
        JsonNode before = controls.comparableState();
        String database = account + "/d1/database/mail-db";
        owner.get(database);
        owner.post(database + "/query", "{\"sql\": \"SELECT * FROM t\"}");
        assertThat(controls.comparableState()).isEqualTo(before);
        owner.post(database + "/query", "{\"sql\": \"INSERT INTO t VALUES (1)\"}");
        assertThat(controls.comparableState()).isNotEqualTo(before);
    }

    @Test
    void aHostAnswersAsItWasToldByTheVersionThatServes() {
        zone("example.com");
        controls.putWorker("mailbox");
        owner.put(account + "/workers/domains", "{\"hostname\": \"api.example.com\", \"service\": \"mailbox\"}");
        assertThat(ask("api.example.com", "")).as("nothing was said").contains("Cloudflare API simulator");
        assertThat(owner.put(
                                "/_simulator/answers/api.example.com",
                                "{\"body\": \"well\", \"headers\": {\"X-Own\": \"1\"}, \"versions\": {\"2\": {\"status\": 503,"
                                        + " \"body\": \"ill\"}, \"v3\": {\"body\": \"three\"}}}")
                        .status())
                .isEqualTo(204);
        assertThat(ask("api.example.com", "")).startsWith("HTTP/1.1 200").contains("X-Own: 1", "well");
        assertThat(ask("other.example.com", "")).contains("Cloudflare API simulator");
        owner.post("/_simulator/workers/mailbox/deploy", "{\"serves\": false}");
        String second =
                owner.get(script + "/versions").result().at("/items/0/id").asText();
        String override = "Cloudflare-Workers-Version-Overrides: mailbox=\"" + second + "\"\r\n";
        assertThat(ask("api.example.com", override)).as("it is not deployed").contains("well");
        owner.post(
                "/_simulator/workers/mailbox/deploy",
                "{\"versions\": [{\"version\": \"1\", \"percentage\": 100}, {\"version\": \"2\", \"percentage\": 0}]}");
        assertThat(ask("api.example.com", override)).startsWith("HTTP/1.1 503").contains("ill");
        assertThat(ask("api.example.com", "")).contains("well");
        owner.post("/_simulator/workers/mailbox/deploy", "{\"tag\": \"v3\"}");
        assertThat(ask("api.example.com", "")).contains("three");
        JsonNode state = controls.state();
        controls.load(state);
        assertThat(controls.state()).isEqualTo(state);
        assertThat(owner.delete("/_simulator/answers/api.example.com").status()).isEqualTo(204);
        assertThat(ask("api.example.com", "")).contains("Cloudflare API simulator");
        assertThat(owner.put("/_simulator/answers/a.example", "{\"status\": 99}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aNewWorkerMayBeSeenByRulesOnlyAfterAWhile() {
        String rules = routedZone("example.com") + "/email/routing/rules";
        quirk(Quirk.WORKER_SEEN_AFTER, "3s");
        controls.putWorker("mailbox");
        assertThat(owner.post(rules, rule("a@example.com", "worker", "mailbox")).refusal())
                .isEqualTo("400/2016");
        clock.advance(Duration.ofSeconds(3));
        assertThat(owner.post(rules, rule("a@example.com", "worker", "mailbox")).status())
                .isEqualTo(200);
    }

    @Test
    void whatOpensTheListOfZonesIsDisputed() {
        zone("example.com");
        Client routesOnly = clientWith("Zone: Workers Routes: Edit");
        assertThat(routesOnly.get("/zones").refusal()).isEqualTo("403/0");
        quirk(Quirk.ZONES_LIST_NEEDS, "any-zone-right");
        assertThat(routesOnly.get("/zones?name=example.com").result()).hasSize(1);
        assertThat(clientWith("Account: D1: Edit").get("/zones").refusal()).isEqualTo("403/0");
    }

    /** The whole answer; Java's client does not let one say the Host. */
    private String ask(String host, String headers) {
        try (Socket socket = new Socket("127.0.0.1", simulator.baseUri().getPort())) {
            socket.getOutputStream()
                    .write(("GET /health HTTP/1.1\r\nHost: " + host + ":80\r\n" + headers + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
