package io.maildomain.operator.controller.handover;

import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One ownership record of two for the same zone. Pure; merging again changes nothing. */
public final class MergedOwnership {

    /** What the API's schema takes. */
    private static final int MOST_SUBDOMAINS = 60;

    private static final int MOST_ADOPTED_RULES = 400;

    private MergedOwnership() {}

    /**
     * @param left of the one that goes: what it did last stands at Cloudflare
     * @param known of the one that takes over; what it notes of how things were before comes from an earlier time
     */
    public static Ownership of(Ownership left, Ownership known) {
        ZoneOwnership zone = zone(left.zone(), known.zone());
        return new Ownership(
                zone,
                left.routing() == null ? known.routing() : left.routing(),
                subdomains(left, known),
                known.subaddressing() == null ? left.subaddressing() : known.subaddressing(),
                adoptedRules(left, known));
    }

    private static ZoneOwnership zone(ZoneOwnership left, ZoneOwnership known) {
        boolean same = known != null && left.id() != null && left.id().equals(known.id());
        return same && known.origin() == ZoneOrigin.Created ? known : left;
    }

    private static List<String> subdomains(Ownership left, Ownership known) {
        List<String> kept = Stream.concat(left.subdomains().stream(), known.subdomains().stream())
                .distinct()
                .limit(MOST_SUBDOMAINS)
                .toList();
        return List.copyOf(new TreeSet<>(kept));
    }

    private static List<AdoptedRule> adoptedRules(Ownership left, Ownership known) {
        List<AdoptedRule> older = known.adoptedRules().stream()
                .filter(entry ->
                        left.adoptedRules().stream().noneMatch(other -> Objects.equals(other.id(), entry.id())))
                .toList();
        return Stream.concat(left.adoptedRules().stream(), older.stream())
                .limit(MOST_ADOPTED_RULES)
                .toList();
    }
}
