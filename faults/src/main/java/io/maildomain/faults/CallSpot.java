package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.simulator.calls.SeenCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call of a clean run, told apart from all others in a way that holds in the next run too.
 *
 * @param method and {@code route} of the call
 * @param domain the name of the zone that it is about, {@value #MADE} where the run created the zone; of a look-up by name the
 *     name that was asked for; empty where it is about none
 * @param number the how-manieth call of this kind in the phase, from 1
 */
record CallSpot(String method, String route, String domain, int number) {

    private static final String MADE = "the created zone";
    private static final String ANY_ID = "[0-9a-f]{32}";
    private static final Pattern ZONE = Pattern.compile("/zones/(" + ANY_ID + ")");
    private static final Pattern NAME = Pattern.compile("[?&]name=([^&]+)");
    private static final Set<String> MAY_BE_KNOWN = Set.of("/zones/{zone_id}", "/zones/{zone_id}/email/routing");
    private static final Set<String> OF_SWEEPS =
            Set.of("/accounts/{account_id}/email/routing/zones", "/accounts/{account_id}/email/routing/rules");

    private static final Set<String> OF_RIGHTS = Set.of(
            "/accounts/{account_id}/tokens/verify",
            "/accounts/{account_id}/d1/database",
            "/accounts/{account_id}/workers/scripts",
            "/accounts/{account_id}/r2/buckets",
            "/accounts/{account_id}/pages/projects");

    /** The calls of a run, in order. */
    static List<CallSpot> of(List<SeenCall> calls, JsonNode seed) {
        Map<String, String> seeded = zones(seed);
        Map<CallSpot, Integer> counts = new HashMap<>();
        List<CallSpot> spots = new ArrayList<>();
        for (SeenCall call : calls) {
            CallSpot kind = kind(call, seeded);
            spots.add(kind.numbered(counts.merge(kind, 1, Integer::sum)));
        }
        return spots;
    }

    private static CallSpot kind(SeenCall call, Map<String, String> seeded) {
        Matcher id = ZONE.matcher(call.path());
        if (id.find()) {
            return new CallSpot(call.method(), call.route(), seeded.getOrDefault(id.group(1), MADE), 0);
        }
        Matcher name = NAME.matcher(call.path());
        return new CallSpot(call.method(), call.route(), name.find() ? name.group(1) : "", 0);
    }

    /** Names of zones by id. */
    private static Map<String, String> zones(JsonNode seed) {
        Map<String, String> zones = new HashMap<>();
        seed.path("zones")
                .forEach(zone ->
                        zones.put(zone.path("id").asText(), zone.path("name").asText()));
        return zones;
    }

    private CallSpot numbered(int count) {
        return new CallSpot(method, route, domain, count);
    }

    /** A read leaves nothing behind: before and after it are the same. */
    boolean reads() {
        return method.equals("GET");
    }

    /**
     * Whether it is a read that depends on the moment: a look that was had before in the same phase, as how often one is had while
     * something is waited for does; or one of the zone or its settings, which a look not long ago may stand in for (ADR 41); or one of a sweep (ADR 42).
     */
    boolean looksAgain() {
        boolean ofSweep = route.equals("/zones") && domain.isEmpty();
        boolean asOften = ofSweep || OF_SWEEPS.contains(route) || MAY_BE_KNOWN.contains(route);
        return reads() && (number > 1 || asOften) || asksDatabase() && number > 1;
    }

    /** Whether it is SQL, be it a migration or only a question: the call does not tell. */
    private boolean asksDatabase() {
        return route.endsWith("/query");
    }

    /** Whether it only finds out what a token may do: it looks at no zone of the life, and at nothing that is deployed in it. */
    boolean isAboutRights() {
        boolean ofAccount = domain.isEmpty() && OF_RIGHTS.contains(route)
                || route.startsWith("/user/")
                || route.endsWith("/workers/routes");
        boolean anyZone = route.equals("/zones") && domain.isEmpty();
        return reads() && (ofAccount || anyZone || domain.equals("bystander.example"));
    }

    /** Whether it is about routing rules; the catch-all is none of them. */
    boolean isOfRule() {
        return route.contains("/email/routing/rules") && !route.endsWith("/catch_all");
    }

    /**
     * A regular expression for the path with query of the calls of this kind.
     *
     * @param seed what Cloudflare held at first: its zones are told from those that the run makes
     * @param names what the domains are called where the call is made
     */
    String path(JsonNode seed, Names names) {
        Map<String, String> seeded = zones(seed);
        String path = "^/client/v4" + route.replace("{zone_id}", zoneId(seeded)).replaceAll("\\{[a-z_]+}", "[^/?]+");
        boolean byName = !domain.isEmpty() && !route.contains("{zone_id}");
        return byName ? path + "\\?(.*&)?name=" + Pattern.quote(names.here(domain)) + "(&.*)?$" : path + "(\\?.*)?$";
    }

    private String zoneId(Map<String, String> seeded) {
        String others = String.join("|", seeded.keySet());
        return seeded.entrySet().stream()
                .filter(zone -> zone.getValue().equals(domain))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("(?!" + others + ")" + ANY_ID);
    }

    @Override
    public String toString() {
        String what = domain.isEmpty() ? "" : " of " + domain;
        return method + " " + route + what + " #" + number;
    }
}
