package io.maildomain.simulator.state;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that the simulator holds, as one value in a fixed order: what {@code GET /_simulator/state} shows and a
 * data file keeps.
 *
 * @param refusedDomains domain names that cannot be added, with the error code that says so
 * @param answers what hosts answer to probes
 * @param quirks readings of Cloudflare's behaviour that differ from the defaults
 */
public record WorldState(
        List<Account> accounts,
        List<Token> tokens,
        List<Zone> zones,
        SortedMap<String, Integer> refusedDomains,
        SortedMap<String, HostAnswer> answers,
        SortedMap<String, String> quirks,
        History history) {

    public WorldState {
        accounts = accounts == null ? List.of() : List.copyOf(accounts);
        tokens = tokens == null ? List.of() : List.copyOf(tokens);
        zones = zones == null ? List.of() : List.copyOf(zones);
        refusedDomains = Collections.unmodifiableSortedMap(
                refusedDomains == null ? new TreeMap<>() : new TreeMap<>(refusedDomains));
        answers = Collections.unmodifiableSortedMap(answers == null ? new TreeMap<>() : new TreeMap<>(answers));
        quirks = Collections.unmodifiableSortedMap(quirks == null ? new TreeMap<>() : new TreeMap<>(quirks));
        history = history == null ? new History(null) : history;
    }
}
