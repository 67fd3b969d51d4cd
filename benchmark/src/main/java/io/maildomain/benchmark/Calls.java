package io.maildomain.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The operator's calls to Cloudflare, as the simulator counted them.
 *
 * @param counted the control plane's answer
 * @param seconds that each of its intervals lasts
 */
public record Calls(JsonNode counted, int seconds) {

    private static final String ZONES_RULES = "GET /zones/{zone_id}/email/routing/rules";
    private static final String ACCOUNTS_RULES = "GET /accounts/{account_id}/email/routing/rules";

    /** All of them, refused ones included. */
    public long total() {
        return counted.at("/tokens/" + Rig.TOKEN_NAME + "/calls").asLong();
    }

    /** Those that were refused with 429. */
    public long refused() {
        return counted.at("/tokens/" + Rig.TOKEN_NAME + "/refused").asLong();
    }

    /** Those that change something, refused ones included. */
    public long writes() {
        return counted.path("counts").properties().stream()
                .filter(route -> !route.getKey().startsWith("GET "))
                .mapToLong(route -> route.getValue().asLong())
                .sum();
    }

    /** Those that neither read nor write rules, refused ones included. */
    public long besidesRules() {
        return counted.path("counts").properties().stream()
                .filter(route -> !route.getKey().contains("/email/routing/rules"))
                .mapToLong(route -> route.getValue().asLong())
                .sum();
    }

    /** Those of one method and route. */
    public long of(String route) {
        return counted.path("counts").path(route).asLong();
    }

    /**
     * How many looks at a domain came to their end: the rules are what a look reads last. One list of the account's rules
     * looks at all domains.
     *
     * @param domains how many there are, with 5 rules and a catch-all each
     */
    public double looks(int domains) {
        return looks(counted.path("counts"), domains);
    }

    /** How many looks at a domain came to their end that were by calls of its own. */
    public long ownLooks() {
        return calls(counted.path("counts").path(ZONES_RULES));
    }

    private static double looks(JsonNode routes, int domains) {
        double pages = Math.ceil(domains * 6 / 50.0);
        return calls(routes.path(ZONES_RULES)) + domains * Math.floor(calls(routes.path(ACCOUNTS_RULES)) / pages);
    }

    /** A count, or calls less those refused. */
    private static long calls(JsonNode count) {
        return count.isObject()
                ? count.path("calls").asLong() - count.path("refused").asLong()
                : count.asLong();
    }

    /** The zones whose rules were read, each once; of the latest 20,000 calls. */
    public Set<String> zonesLookedAt() {
        return StreamSupport.stream(counted.path("calls").spliterator(), false)
                .filter(call -> ZONES_RULES.equals(
                        call.path("method").asText() + " " + call.path("route").asText()))
                .filter(call -> call.path("status").asInt() == 200)
                .map(call -> call.path("path").asText().split("/")[4])
                .collect(Collectors.toSet());
    }

    /** Whether a list of the account's rules is being read, or was. */
    public boolean hasBegunToSweep() {
        return of(ACCOUNTS_RULES) > 0;
    }

    /** The calls interval by interval, from the first call on. */
    public List<Interval> intervals() {
        List<Interval> intervals = new ArrayList<>();
        for (JsonNode one : counted.path("intervals")) {
            JsonNode own = one.at("/tokens/" + Rig.TOKEN_NAME);
            intervals.add(
                    new Interval(own.path("calls").asLong(), own.path("refused").asLong(), one.path("routes")));
        }
        return intervals;
    }

    /**
     * The operator's calls of some seconds.
     *
     * @param routes counts of all callers by route
     */
    public record Interval(long calls, long refused, JsonNode routes) {

        /** How many looks by a domain's own calls came to their end in it. */
        public long ownLooks() {
            return Calls.calls(routes.path(ZONES_RULES));
        }

        /** How many looks came to their end in it. */
        public double looks(int domains) {
            return Calls.looks(routes, domains);
        }
    }
}
