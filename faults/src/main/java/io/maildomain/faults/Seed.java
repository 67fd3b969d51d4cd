package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.control.Controls;
import java.util.HashSet;
import java.util.Set;

/** What Cloudflare holds before anything happens: zones of somebody else, addresses, a Worker, a token. */
final class Seed {

    static final String TOKEN = "faults-token-with-the-three-runtime-rights-00";
    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    private static final String SETTLED = """
            {"created_on": "2020-01-02T03:04:05Z",
             "routing": true,
             "subdomains": ["lists"],
             "dns_records": [{"type": "A", "name": "www", "content": "192.0.2.7"},
                             {"type": "TXT", "name": "@", "content": "google-site-verification=1"}],
             "rules": [{"address": "old@settled.example", "forward_to": "former@corp.example", "name": "taken over", "priority": 3},
                       {"address": "older@settled.example", "forward_to": "former@corp.example", "name": "taken over", "enabled": false},
                       {"address": "same@settled.example", "forward_to": "team@corp.example", "name": "does what we want"},
                       {"address": "theirs@settled.example", "drop": true, "name": "nothing to do with us"},
                       {"address": "list@lists.settled.example", "forward_to": "team@corp.example", "name": "a foreign subdomain"}],
             "catch_all": {"forward_to": "former@corp.example", "enabled": true, "name": "the one before"}}
            """;

    /** Nobody has used it for mail yet. */
    private static final String COLD = """
            {"created_on": "2020-01-02T03:04:05Z"}
            """;

    private static final String BYSTANDER = """
            {"created_on": "2020-01-02T03:04:05Z",
             "dns_records": [{"type": "MX", "name": "@", "content": "mx.elsewhere.example", "priority": 10}],
             "rules": [{"address": "a@bystander.example", "drop": true, "name": "not ours"}],
             "catch_all": {"worker": "mailbox-worker", "enabled": true}}
            """;

    private Seed() {}

    /** The state, with the same ids each time it is loaded. */
    static JsonNode state() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            Controls controls = simulator.controls();
            for (String address :
                    new String[] {"team@corp.example", "postmaster@corp.example", "former@corp.example"}) {
                controls.putAddress(address, true);
            }
            controls.putWorker("mailbox-worker");
            controls.putZone("settled.example", SETTLED);
            controls.putZone("bystander.example", BYSTANDER);
            controls.putZone("cold.example", COLD);
            controls.putToken(
                    "runtime",
                    Json.object()
                            .put("value", TOKEN)
                            .set(
                                    "rights",
                                    Json.array(
                                            "Zone: Zone: Edit",
                                            "Zone: Email Routing Rules: Edit",
                                            "Zone: Zone Settings: Edit")));
            return controls.state();
        }
    }

    /** What Cloudflare should hold when a life is over: the same, but for what somebody changed by hand at last. */
    static JsonNode inTheEnd(JsonNode seed) {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            simulator.controls().load(seed);
            Phase.changeCatchAllByHand(simulator.controls());
            return simulator.controls().state();
        }
    }

    /** The ids of what the operator has no business with: a zone, rules and DNS records of somebody else. */
    static Set<String> foreign(JsonNode seed) {
        Set<String> foreign = new HashSet<>();
        for (JsonNode zone : seed.path("zones")) {
            if (zone.path("name").asText().equals("bystander.example")) {
                foreign.add(zone.path("id").asText());
            }
            zone.path("dns_records").forEach(dns -> foreign.add(dns.path("id").asText()));
            Json.elements(zone.path("rules"))
                    .filter(rule -> !rule.path("name").asText().equals("taken over"))
                    .forEach(rule -> foreign.add(rule.path("id").asText()));
        }
        return foreign;
    }

    /** Every id that stands in a state. */
    static Set<String> ids(JsonNode state) {
        Set<String> ids = new HashSet<>();
        state.findValues("id").forEach(id -> ids.add(id.asText()));
        return ids;
    }
}
