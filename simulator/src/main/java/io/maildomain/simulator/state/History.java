package io.maildomain.simulator.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Cloudflare remembers of things that are gone: a name that is added again gets other name servers, and one that
 * is added too often is refused for a while.
 *
 * @param zoneAdditions per domain name, when zones of that name were added
 */
public record History(SortedMap<String, List<Instant>> zoneAdditions) {

    public History {
        zoneAdditions = Collections.unmodifiableSortedMap(
                zoneAdditions == null ? new TreeMap<>() : new TreeMap<>(zoneAdditions));
    }

    /** When zones of that name were added, oldest first. */
    public List<Instant> additions(String name) {
        return zoneAdditions.getOrDefault(name, List.of());
    }

    History withAddition(String name, Instant now) {
        Map<String, List<Instant>> changed = new TreeMap<>(zoneAdditions);
        List<Instant> times = new ArrayList<>(additions(name));
        times.add(now);
        changed.put(name, List.copyOf(times));
        return new History(new TreeMap<>(changed));
    }
}
