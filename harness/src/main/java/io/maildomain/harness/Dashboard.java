package io.maildomain.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;

/**
 * What a user does at Cloudflare by hand, past the operator: the things that are there before it comes, and those that
 * change behind its back.
 *
 * @param baseUrl of the API, ending with {@code /client/v4}
 * @param token with which they log in
 */
public record Dashboard(URI baseUrl, String token) {

    /** Adds a zone. @return its id */
    public String createZone(String domain) {
        Map<String, Object> body = Map.of("name", domain, "account", Map.of("id", SimulatorControl.ACCOUNT_ID));
        return call("POST", "/zones", body).path("id").asText();
    }

    /** The id of a zone that is there. */
    public String zoneId(String domain) {
        JsonNode zones = get("/zones?name=" + domain);
        if (zones.size() != 1) {
            throw new HarnessException(zones.size() + " zones at Cloudflare are named " + domain);
        }
        return zones.get(0).path("id").asText();
    }

    public void enableRouting(String zoneId) {
        call("POST", "/zones/" + zoneId + "/email/routing/enable", Map.of());
    }

    /** Adds a destination address, not verified yet. */
    public void addAddress(String email) {
        call("POST", "/accounts/" + SimulatorControl.ACCOUNT_ID + "/email/routing/addresses", Map.of("email", email));
    }

    /** Every rule of a zone (at most 50), the catch-all among them. */
    public JsonNode rules(String zoneId) {
        return get("/zones/" + zoneId + "/email/routing/rules?per_page=50");
    }

    /** Adds a rule for one address. @return its id */
    public String createRule(String zoneId, String name, String address, Map<String, ?> action) {
        return call("POST", "/zones/" + zoneId + "/email/routing/rules", rule(name, address, action))
                .path("id")
                .asText();
    }

    /** Changes a rule for one address. */
    public void updateRule(String zoneId, String ruleId, String name, String address, Map<String, ?> action) {
        call("PUT", "/zones/" + zoneId + "/email/routing/rules/" + ruleId, rule(name, address, action));
    }

    public void deleteRule(String zoneId, String ruleId) {
        call("DELETE", "/zones/" + zoneId + "/email/routing/rules/" + ruleId, Map.of());
    }

    /** Sets an enabled catch-all. */
    public void setCatchAll(String zoneId, String name, Map<String, ?> action) {
        Map<String, Object> body = Map.of(
                "name", name, "enabled", true, "matchers", List.of(Map.of("type", "all")), "actions", List.of(action));
        call("PUT", "/zones/" + zoneId + "/email/routing/rules/catch_all", body);
    }

    /** An action for {@link #createRule}: forward to an address. */
    public static Map<String, ?> forward(String address) {
        return Map.of("type", "forward", "value", List.of(address));
    }

    /** An action for {@link #createRule}: hand to a Worker. */
    public static Map<String, ?> worker(String name) {
        return Map.of("type", "worker", "value", List.of(name));
    }

    /** An action for {@link #createRule}: discard. */
    public static Map<String, ?> drop() {
        return Map.of("type", "drop");
    }

    private static Map<String, Object> rule(String name, String address, Map<String, ?> action) {
        return Map.of(
                "name",
                name,
                "enabled",
                true,
                "priority",
                0,
                "matchers",
                List.of(Map.of("type", "literal", "field", "to", "value", address)),
                "actions",
                List.of(action));
    }

    /** The {@code result} of a GET. */
    public JsonNode get(String path) {
        return call("GET", path, Map.of());
    }

    /**
     * Any call.
     *
     * @param path after {@code /client/v4}
     * @param body left out for GET and DELETE if it is empty
     * @return the answer's {@code result}
     * @throws HarnessException if Cloudflare refuses it, with its answer
     */
    public JsonNode call(String method, String path, Map<String, ?> body) {
        boolean without = body.isEmpty() && (method.equals("GET") || method.equals("DELETE"));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + path)).header("Authorization", "Bearer " + token);
        return JsonHttp.exchange(
                        request, method, without ? JsonHttp.JSON.missingNode() : JsonHttp.JSON.valueToTree(body))
                .path("result");
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Dashboard[" + baseUrl + "]";
    }
}
