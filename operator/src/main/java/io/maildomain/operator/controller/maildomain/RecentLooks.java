package io.maildomain.operator.controller.maildomain;

import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.controller.RecentZones;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the latest whole look at a domain saw and the answers to its writes showed, where nothing was left open; or what the latest sweep
 * told of it. For as long as another whole look is not due, and however often it was relied on meanwhile.
 */
final class RecentLooks {

    private final Duration lasting;
    private final RecentZones zones;
    private final Map<String, Kept> looks = new ConcurrentHashMap<>();

    /**
     * @param state all of it; without rules where the zone is active, for these are read whenever it is relied on
     * @param at when the whole look began
     * @param withRules whether rules and catch-all are as they were read just now
     */
    record Look(ObservedState state, Instant at, boolean withRules) {}

    private record Kept(Look look, String token) {}

    /** @param lasting how long a look counts: the time after which a healthy domain is looked at again */
    RecentLooks(Duration lasting, RecentZones zones) {
        this.lasting = lasting;
        this.zones = zones;
    }

    /**
     * The look that still counts, with this token. It is forgotten: who relies on it and meets nothing odd keeps it.
     *
     * @param confirmed when the latest sweep began that told the same, where one did; else a time long ago
     */
    Optional<Look> take(String uid, Usable with, Instant confirmed, Instant now) {
        return Optional.ofNullable(looks.remove(uid))
                .filter(kept -> kept.token().equals(with.token().fingerprint()))
                .map(Kept::look)
                .map(look -> look.at().isBefore(confirmed) ? new Look(look.state(), confirmed, false) : look)
                .filter(look -> look.at().plus(lasting).isAfter(now));
    }

    void keep(String uid, Usable with, Look look) {
        boolean active = look.state().zone().status().equals("active");
        ObservedState state = active ? look.state().withRules(new RuleList(List.of(), null)) : look.state();
        looks.put(uid, new Kept(new Look(state, look.at(), false), with.token().fingerprint()));
    }

    void forget(String uid) {
        looks.remove(uid);
        zones.forget(uid);
    }

    Set<String> uids() {
        Set<String> all = new HashSet<>(looks.keySet());
        all.addAll(zones.uids());
        return all;
    }
}
