package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.control.Controls;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What Cloudflare holds before anything happens: zones of another user, addresses, a Worker, a token. */
final class InitialState {

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

    /** It was not used for mail yet. */
    private static final String COLD = """
            {"created_on": "2020-01-02T03:04:05Z"}
            """;

    private static final String BYSTANDER = """
            {"created_on": "2020-01-02T03:04:05Z",
             "dns_records": [{"type": "MX", "name": "@", "content": "mx.elsewhere.example", "priority": 10}],
             "rules": [{"address": "a@bystander.example", "drop": true, "name": "not ours"}],
             "catch_all": {"worker": "mailbox-worker", "enabled": true}}
            """;

    private InitialState() {}

    /** The state, with the same ids each time it is loaded. */
    static JsonNode state() {
        return state(List.of(new Names("")));
    }

    /** One for several places: each has zones and a token of its own. */
    static JsonNode state(List<Names> places) {
        return state(places, Kinds.MAIL);
    }

    /** The same with what a life of these kinds needs. */
    static JsonNode state(List<Names> places, Kinds kinds) {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            Controls controls = simulator.controls();
            for (String address : List.of("team@corp.example", "postmaster@corp.example", "former@corp.example")) {
                controls.putAddress(address, true);
            }
            controls.putWorker("mailbox-worker");
            places.forEach(names -> fill(controls, names, kinds));
            return controls.state();
        }
    }

    private static void fill(Controls controls, Names names, Kinds kinds) {
        controls.putZone(names.here("settled.example"), names.here(SETTLED));
        controls.putZone(names.here("bystander.example"), names.here(BYSTANDER));
        controls.putZone(names.here("cold.example"), COLD);
        ArrayNode rights =
                Json.array("Zone: Zone: Edit", "Zone: Email Routing Rules: Edit", "Zone: Zone Settings: Edit");
        if (kinds == Kinds.DEPLOYED) {
            Stream.of(
                            "Account: Workers Scripts: Edit",
                            "Account: D1: Edit",
                            "Account: Workers R2 Storage: Edit",
                            "Account: Cloudflare Pages: Edit",
                            "Zone: Workers Routes: Edit")
                    .forEach(rights::add);
            DeployLife.fill(controls, names);
        }
        if (kinds == Kinds.ATTACHED || kinds == Kinds.RANDOM) {
            rights.add("Account: Email Routing Addresses: Edit");
        }
        controls.putToken(
                names.token(), Json.object().put("value", names.tokenValue()).set("rights", rights));
    }

    /** The part of a state that one place has to do with, told in the names that are used everywhere. */
    static JsonNode view(JsonNode state, Names names) {
        ObjectNode view = Json.read(names.anywhere(state.toString()));
        view.set(
                "zones",
                only(state.path("zones"), zone -> names.isOurs(zone.path("name").asText()), names));
        view.path("accounts").forEach(account -> DeployPicture.apart((ObjectNode) account));
        view.path("accounts").forEach(account -> ((ObjectNode) account)
                .set(
                        "addresses",
                        Json.array()
                                .addAll(Json.elements(account.path("addresses"))
                                        .filter(address -> !names.isOfAnotherPlace(
                                                address.path("email").asText()))
                                        .toList())));
        view.set("tokens", only(state.path("tokens"), token -> isFor(token, names), names));
        return view;
    }

    private static boolean isFor(JsonNode token, Names names) {
        return names.suffix().isEmpty() || token.path("name").asText().equals(names.token());
    }

    private static ArrayNode only(JsonNode all, Predicate<JsonNode> which, Names names) {
        ArrayNode only = Json.array();
        Json.elements(all).filter(which).forEach(one -> only.add(Json.read(names.anywhere(one.toString()))));
        // The token's own name and value tell places apart: here it is as everywhere.
        only.forEach(one -> ((ObjectNode) one)
                .replace("name", Json.text(unsuffixed(one.path("name").asText(), names))));
        only.forEach(one -> {
            if (one.has("value")) {
                ((ObjectNode) one).put("value", unsuffixed(one.path("value").asText(), names));
            }
        });
        return only;
    }

    private static String unsuffixed(String text, Names names) {
        return names.suffix().isEmpty() || !text.endsWith(names.suffix())
                ? text
                : text.substring(0, text.length() - names.suffix().length());
    }

    /** What Cloudflare should hold when a life is over: the same, but for what a user changed by hand at last. */
    static JsonNode inTheEnd(JsonNode seed) {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            simulator.controls().load(seed);
            simulator.controls().changed("settled.example", Phase::withCatchAllByHand);
            return simulator.controls().state();
        }
    }

    /** The ids of what the operator has no business with: a zone, rules and DNS records of another user. */
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
}
