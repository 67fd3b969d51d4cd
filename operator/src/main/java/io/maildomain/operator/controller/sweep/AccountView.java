package io.maildomain.operator.controller.sweep;

import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.sweep.plan.Facet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one sweep saw of an account.
 *
 * @param began when its first call was made: what happened later it may not show
 * @param covered the ids of the zones that it looked for
 * @param listed the facets that lists told; all others are read by each resource itself
 * @param zones by id
 * @param settings by the zone's name
 * @param rules by the zone's id
 */
record AccountView(
        Instant began,
        Set<String> covered,
        Set<Facet> listed,
        Map<String, Zone> zones,
        Map<String, RoutingSettings> settings,
        Map<String, RuleList> rules) {

    AccountView {
        covered = Set.copyOf(covered);
        listed = Set.copyOf(listed);
    }

    /**
     * What a sweep told of one resource's zone; null: it told nothing of that.
     *
     * @param rules where the resource is compared with the rules
     */
    record Answer(@Nullable Zone zone, @Nullable RoutingSettings settings, RuleList rules) {}

    /** What it told of the resource; empty where that has to read for itself as well. */
    Optional<Answer> answerTo(Subject subject) {
        String zoneId = subject.place().zoneId();
        RuleList ofZone = rulesOf(zoneId);
        boolean whole = covers(subject) && listed.containsAll(subject.facets());
        if (!subject.facets().contains(Facet.ZONE)) {
            return whole && ofZone.listedCatchAll().isPresent()
                    ? Optional.of(new Answer(null, null, ofZone))
                    : Optional.empty();
        }
        Zone zone = zones.get(zoneId);
        RoutingSettings ofDomain = settings.get(subject.place().domain());
        return whole && zone != null && ofDomain != null
                ? Optional.of(new Answer(zone, ofDomain, ofZone))
                : Optional.empty();
    }

    /** Whether the sweep looked for the resource's zone. */
    boolean covers(Subject subject) {
        return covered.contains(subject.place().zoneId());
    }

    boolean lists(Facet facet) {
        return listed.contains(facet);
    }

    /** A zone without rules is in no list of rules. */
    RuleList rulesOf(String zoneId) {
        return rules.getOrDefault(zoneId, new RuleList(List.of(), null));
    }
}
