package io.maildomain.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.quirks.Quirk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How Cloudflare is read where sources disagree.
 *
 * @param quirks what differs from the simulator's defaults
 */
record ApiVariant(Map<Quirk, String> quirks) {

    /** Those that change what the operator has to do: they are tried in every combination. */
    private static final List<Quirk> COMBINED = List.of(
            Quirk.RULE_WRITES_WHILE_OFF,
            Quirk.CATCH_ALL_BEFORE_ENABLING,
            Quirk.DNS_DELETE_IGNORES_BODY,
            Quirk.SUBDOMAIN_FOREIGN_MX);

    /** Cloudflare confirms what it does not carry out: no life goes well then. NotTakenTest holds what is said and done. */
    private static final List<Quirk> CONTRADICTIONS = List.of(Quirk.SETTINGS_ENABLED, Quirk.ENABLING_ADDS_RECORDS);

    private static final List<String> ROUTED =
            List.of("\"settled.example\":\"locked\"", "\"lists.settled.example\":\"locked\"");

    /** Every combination of the four, and each other reading by itself, as long as Cloudflare does what it confirms. */
    static List<ApiVariant> all() {
        List<ApiVariant> all = new ArrayList<>();
        for (int combination = 0; combination < 1 << COMBINED.size(); combination++) {
            Map<Quirk, String> quirks = new EnumMap<>(Quirk.class);
            for (int i = 0; i < COMBINED.size(); i++) {
                if ((combination & 1 << i) != 0) {
                    quirks.put(COMBINED.get(i), COMBINED.get(i).readings().get(1));
                }
            }
            all.add(new ApiVariant(quirks));
        }
        for (Quirk quirk : Quirk.values()) {
            if (!COMBINED.contains(quirk) && !CONTRADICTIONS.contains(quirk)) {
                quirk.readings().stream().skip(1).forEach(value -> all.add(new ApiVariant(Map.of(quirk, value))));
            }
        }
        return all;
    }

    /** The state, read this way. */
    JsonNode of(JsonNode state) {
        ObjectNode read = state.deepCopy();
        ObjectNode chosen = Json.object();
        quirks.forEach((quirk, value) -> chosen.put(quirk.label(), value));
        read.set("quirks", chosen);
        return read;
    }

    /**
     * Without the differences that cannot be avoided under this reading. Where removing a subdomain takes the whole domain
     * along, its mail records are created anew, and ours stay: the call is not made a second time. But the domain and the
     * subdomains of others must route mail.
     */
    List<String> apart(List<String> differences) {
        if (!"yes".equals(quirks.get(Quirk.DNS_DELETE_IGNORES_BODY))) {
            return differences;
        }
        return differences.stream()
                .filter(line -> !line.contains("\"routing_host\":"))
                .filter(line -> !isZoneOfSettled(line)
                        || line.startsWith("+") && !ROUTED.stream().allMatch(line::contains))
                .toList();
    }

    private static boolean isZoneOfSettled(String line) {
        return line.substring(2).startsWith("settled.example zone ");
    }

    @Override
    public String toString() {
        return quirks.isEmpty()
                ? "the defaults"
                : quirks.entrySet().stream()
                        .map(quirk -> quirk.getKey().label() + "=" + quirk.getValue())
                        .collect(Collectors.joining(", "));
    }
}
