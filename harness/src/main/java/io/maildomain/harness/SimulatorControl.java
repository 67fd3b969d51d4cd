package io.maildomain.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The simulator's control plane, {@code /_simulator/}: the registrar, people who click links, the token page, faults.
 *
 * @param baseUrl of the API, ending with {@code /client/v4}
 */
public record SimulatorControl(URI baseUrl) {

    /** The value of the token that may do everything, as the simulator prints it at start. */
    public static final String ADMIN_TOKEN = "simulator-token-that-may-do-everything-00";

    /** The account that the simulator starts with. */
    public static final String ACCOUNT_ID = "0123456789abcdef0123456789abcdef";

    /** All that the operator's runtime token needs. */
    public static final List<String> RUNTIME_RIGHTS =
            List.of("Zone: Zone: Edit", "Zone: Email Routing Rules: Edit", "Zone: Zone Settings: Edit");

    /** All that the operator's deploy token needs. */
    public static final List<String> DEPLOY_RIGHTS = List.of(
            "Account: D1: Edit",
            "Account: Workers Scripts: Edit",
            "Account: Workers R2 Storage: Edit",
            "Account: Cloudflare Pages: Edit",
            "Zone: Workers Routes: Edit");

    /** The whole state. */
    public JsonNode state() {
        return call("GET", "state", Map.of());
    }

    /** Replaces the whole state. */
    public void load(JsonNode state) {
        JsonHttp.exchange(request("state"), "PUT", state);
    }

    /** A zone as another user created it: {@code routing, rules, catch_all, …}; costs nothing of any request budget. */
    public void putZone(String name, Map<String, ?> zone) {
        call("PUT", "zones/" + encode(name), zone);
    }

    /** A destination address of the first account; costs nothing of any request budget. */
    public void putAddress(String email, boolean verified) {
        call("PUT", "addresses/" + encode(email), Map.of("verified", verified));
    }

    /** The registrar's name servers now point to Cloudflare: the zone becomes active. */
    public void activate(String zone) {
        call("POST", "zones/" + encode(zone) + "/activate", Map.of());
    }

    /** The registrar's name servers point elsewhere: the zone becomes moved. */
    public void move(String zone) {
        call("POST", "zones/" + encode(zone) + "/move", Map.of());
    }

    /** The owner of a destination address clicks the link in Cloudflare's mail. */
    public void verify(String email) {
        call("POST", "addresses/" + encode(email) + "/verify", Map.of());
    }

    /** Makes or changes an active token with these rights on everything. */
    public void putToken(String name, String value, List<String> rights) {
        putToken(name, Map.of("value", value, "rights", rights, "zones", List.of("*"), "accounts", List.of("*")));
    }

    /** Makes or changes a token: {@code value, rights, zones, accounts, status, expiresOn}. */
    public void putToken(String name, Map<String, ?> token) {
        call("PUT", "tokens/" + encode(name), token);
    }

    public void deleteToken(String name) {
        call("DELETE", "tokens/" + encode(name), Map.of());
    }

    /** A Worker script of this name exists from now on. */
    public void putWorker(String name) {
        call("PUT", "workers/" + encode(name), Map.of());
    }

    /** An empty D1 database of this name exists from now on. */
    public void putDatabase(String name) {
        call("PUT", "databases/" + encode(name), Map.of());
    }

    /** A D1 database with the rows of its tables. */
    public JsonNode database(String name) {
        return call("GET", "databases/" + encode(name), Map.of());
    }

    /** An R2 bucket of this name exists from now on. */
    public void putBucket(String name) {
        call("PUT", "buckets/" + encode(name), Map.of());
    }

    /** A mail is sent to the address: {@code outcome, steps}, of which the last says what decided. */
    public JsonNode sendMail(String address) {
        return call("POST", "mail/" + encode(address), Map.of());
    }

    /** A Pages project of this name exists, with these settings where some are named: {@code production_branch, domains}. */
    public void putPages(String name, Map<String, ?> settings) {
        call("PUT", "pages/" + encode(name), settings);
    }

    /** Another user deploys to the Pages project. */
    public void deployPages(String name, String message) {
        call("POST", "pages/" + encode(name) + "/deploy", Map.of("message", message));
    }

    /** Adding that domain is refused with this code (1049, 1097, 1099, 1105, 1110), until it is allowed. */
    public void refuseDomain(String domain, int code) {
        call("PUT", "refused-domains/" + encode(domain), Map.of("code", code));
    }

    /** Adding that domain is not refused any more. */
    public void allowDomain(String domain) {
        call("DELETE", "refused-domains/" + encode(domain), Map.of());
    }

    /** The next matching calls fail: {@code method, path, after, times, fault}. */
    public void addFault(Map<String, ?> fault) {
        call("POST", "faults", fault);
    }

    /** What is planted, and how often each was met. */
    public JsonNode faults() {
        return call("GET", "faults", Map.of());
    }

    public void clearFaults() {
        call("DELETE", "faults", Map.of());
    }

    /** Chooses a reading of what sources about Cloudflare disagree on. */
    public void quirk(String name, String reading) {
        call("PUT", "quirks", Map.of(name, reading));
    }

    /** The calls since start or {@link #clearCalls()}: counts by method and route, and each in order. */
    public JsonNode calls() {
        return call("GET", "calls", Map.of());
    }

    /** The same, with counts for each interval of so many whole seconds. */
    public JsonNode callsEvery(Duration length) {
        return call("GET", "calls?every=" + length.toSeconds() + "s", Map.of());
    }

    public void clearCalls() {
        call("DELETE", "calls", Map.of());
    }

    /** Cloudflare's API as a user with the token that may do everything uses it. */
    public Dashboard dashboard() {
        return new Dashboard(baseUrl, ADMIN_TOKEN);
    }

    private JsonNode call(String method, String path, Map<String, ?> body) {
        boolean without = body.isEmpty() && !method.equals("PUT");
        return JsonHttp.exchange(
                request(path), method, without ? JsonHttp.JSON.missingNode() : JsonHttp.JSON.valueToTree(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(baseUrl.resolve("/_simulator/" + path));
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
