package io.maildomain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The account's view of all rules, and the plan that wrangler asks for before it deploys a Worker. */
class AccountRulesTest extends SimulatorTestCase {

    private final String rules = "/accounts/" + simulator.accountId() + "/email/routing/rules";
    private String tag;

    @BeforeEach
    void aWorker() {
        tag = owner.put("/accounts/" + simulator.accountId() + "/workers/scripts/mailbox", "export default {}")
                .result()
                .path("tag")
                .asText();
    }

    private Reply plan(String addresses, String catchAlls) {
        List<String> wanted = new ArrayList<>();
        for (String address : addresses.isEmpty() ? new String[0] : addresses.split(" ")) {
            wanted.add(rule(address, "worker", "mailbox"));
        }
        List<String> wantedCatchAlls = new ArrayList<>();
        for (String target : catchAlls.isEmpty() ? new String[0] : catchAlls.split(" ")) {
            wantedCatchAlls.add("{\"target\": \"" + target + "\", \"rule\": {\"matchers\": [{\"type\": \"all\"}],"
                    + " \"actions\": [{\"type\": \"worker\", \"value\": [\"mailbox\"]}]}}");
        }
        return owner.post(
                rules + "/plan",
                "{\"owner_worker_tag\": \"" + tag + "\", \"rules\": " + wanted + ", \"catch_all_rules\": "
                        + wantedCatchAlls + "}");
    }

    private static List<String> changes(Reply reply) {
        List<String> changes = new ArrayList<>();
        for (JsonNode zone : reply.result().path("zones")) {
            zone.path("changes")
                    .forEach(change -> changes.add(change.path("type").asText() + " "
                            + change.path("target").asText()));
        }
        return changes;
    }

    private String owned(String address, String action) {
        return rule(address, action, "mailbox")
                .replaceFirst("\\{", "{\"source\": \"wrangler\", \"owner_worker_tag\": \"" + tag + "\", ");
    }

    @Test
    void allRulesOfTheAccountAreListedWithTheirZones() {
        String zone = routedZone("a.example");
        routedZone("b.example");
        owner.post(zone + "/email/routing/rules", drop("x@a.example"));
        JsonNode all = owner.get(rules).result();
        assertThat(all).hasSize(3);
        assertThat(all.at("/0/zone/name").asText()).isEqualTo("a.example");
        assertThat(all.at("/2/zone/name").asText()).isEqualTo("b.example");
        assertThat(owner.get(rules + "?enabled=true").result()).hasSize(1);
    }

    @Test
    void aPlanNamesWhatWouldBeAddedChangedTakenOverAndDeleted() {
        String zoneRules = routedZone("example.com") + "/email/routing/rules";
        owner.post(zoneRules, owned("same@example.com", "worker"));
        owner.post(zoneRules, owned("gone@example.com", "worker"));
        owner.post(zoneRules, owned("other@example.com", "worker").replace("\"enabled\": true", "\"enabled\": false"));
        owner.post(zoneRules, drop("theirs@example.com"));
        Reply reply = plan("new@example.com same@example.com other@example.com THEIRS@example.com", "*@example.com");
        assertThat(changes(reply))
                .containsExactly(
                        "added new@example.com",
                        "updated other@example.com",
                        "conflict THEIRS@example.com",
                        "added *@example.com",
                        "deleted gone@example.com");
        assertThat(reply.result().at("/zones/0/zone_name").asText()).isEqualTo("example.com");
        assertThat(reply.result()
                        .at("/zones/0/changes/1/remote/owner_worker_name")
                        .asText())
                .isEqualTo("mailbox");
        assertThat(reply.result().at("/zones/0/changes/2/remote/source").asText())
                .isEqualTo("api");
        assertThat(owner.get(zoneRules).result()).as("nothing was changed").hasSize(5);
    }

    @Test
    void theWorkersOwnCatchAllIsKeptOrResetAndAnothersIsAConflict() {
        String catchAll = routedZone("example.com") + "/email/routing/rules/catch_all";
        owner.put(
                catchAll,
                "{\"source\": \"wrangler\", \"owner_worker_tag\": \"" + tag + "\", \"matchers\": [{\"type\": \"all\"}],"
                        + " \"actions\": [{\"type\": \"worker\", \"value\": [\"mailbox\"]}]}");
        assertThat(changes(plan("", "*@example.com"))).isEmpty();
        assertThat(changes(plan("", ""))).containsExactly("deleted *@example.com");
        owner.put(catchAll, "{\"matchers\": [{\"type\": \"all\"}], \"actions\": [{\"type\": \"drop\"}]}");
        assertThat(changes(plan("", "*@example.com"))).containsExactly("conflict *@example.com");
    }

    @Test
    void aPlanForAnUnknownDomainOrWorkerIsRefused() {
        routedZone("example.com");
        assertThat(plan("a@unknown.example", "").refusal()).isEqualTo("400/2062");
        controls.removeWorker("mailbox");
        assertThat(plan("a@example.com", "").refusal()).isEqualTo("400/2016");
        assertThat(owner.post(rules + "/plan", "{}").refusal()).isEqualTo("422/2007");
    }
}
