package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RoutingOwnership;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.api.v1alpha1.SubaddressingOwnership;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the ownership record says before a change, after it, and after Cloudflare refused it. Pure. */
public final class OwnershipChanges {

    private OwnershipChanges() {}

    /** The ownership record of that zone: what was done in another one says nothing about it. */
    public static Ownership ofZone(Ownership ownership, ZoneOwnership zone) {
        boolean another = ownership
                .notedZone()
                .flatMap(ZoneOwnership::notedId)
                .filter(id -> !id.equals(zone.id()))
                .isPresent();
        return (another ? Ownership.nothing() : ownership).withZone(zone);
    }

    /** Written before the call: afterwards it cannot be told who did it. */
    public static Ownership before(Ownership ownership, Change change) {
        if (change instanceof Change.EnableRouting enable && !enable.recordsOnly() && ownership.routing() == null) {
            return ownership.withRouting(new RoutingOwnership(RoutingState.Enabling));
        }
        if (change instanceof Change.AddSubdomain add) {
            return withSubdomains(ownership, Stream.concat(ownership.subdomains().stream(), Stream.of(add.host())));
        }
        if (change instanceof Change.SetSubaddressing set && !set.restores() && ownership.subaddressing() == null) {
            return ownership.withSubaddressing(new SubaddressingOwnership(set.previous()));
        }
        if (change instanceof Change.AdoptRule adopt) {
            AdoptedRule entry = new AdoptedRule(adopt.address(), adopt.id(), adopt.previous());
            return ownership.withAdoptedRules(Stream.concat(
                            ownership.adoptedRules().stream()
                                    .filter(other -> !adopt.id().equals(other.id())),
                            Stream.of(entry))
                    .toList());
        }
        return ownership;
    }

    /** What stands once Cloudflare has done it. */
    public static Ownership done(Ownership ownership, Change change) {
        if (change instanceof Change.EnableRouting enable && !enable.recordsOnly()) {
            return ownership.withRouting(new RoutingOwnership(RoutingState.Enabled));
        }
        if (change instanceof Change.DisableRouting) {
            return ownership.withRouting(null);
        }
        if (change instanceof Change.RemoveSubdomain remove) {
            return withoutSubdomain(ownership, remove.host());
        }
        if (change instanceof Change.SetSubaddressing set && set.restores()) {
            return ownership.withSubaddressing(null);
        }
        if (change instanceof Change.GiveBackRule back) {
            return withoutAdopted(ownership, back.id());
        }
        return ownership;
    }

    /** Takes the note back where Cloudflare certainly did not do it, and it was not there before. */
    public static Ownership refused(Ownership ownership, Ownership earlier, Change change) {
        if (change instanceof Change.EnableRouting) {
            return ownership.withRouting(earlier.routing());
        }
        if (change instanceof Change.AddSubdomain add && !earlier.subdomains().contains(add.host())) {
            return withoutSubdomain(ownership, add.host());
        }
        if (change instanceof Change.SetSubaddressing) {
            return ownership.withSubaddressing(earlier.subaddressing());
        }
        if (change instanceof Change.AdoptRule adopt) {
            return withoutAdopted(ownership, adopt.id());
        }
        return ownership;
    }

    /**
     * Settings that said off, and not that nothing is set up, may have said so of routing that was on: where they go on
     * saying it, nothing shows that we switched it on, and it must not be switched off for us later.
     */
    public static Ownership after(Ownership ownership, Ownership earlier, ObservedState before, Aftermath aftermath) {
        String status = before.routing().status();
        boolean contradicted = !before.routing().enabled() && !status.isEmpty() && !status.equals("unconfigured");
        return contradicted && !aftermath.settings().enabled() ? ownership.withRouting(earlier.routing()) : ownership;
    }

    /** What a fresh look at Cloudflare settles: an enabling whose answer was lost, rules that are gone. */
    public static Ownership settled(Ownership ownership, ObservedState observed, DesiredState desired) {
        Ownership result = ownership;
        boolean enabling = ownership.routing() != null && ownership.routing().state() == RoutingState.Enabling;
        if (enabling && observed.routing().enabled()) {
            result = result.withRouting(new RoutingOwnership(RoutingState.Enabled));
        }
        List<AdoptedRule> standing = result.adoptedRules().stream()
                .filter(entry -> observed.rules().stream()
                        .map(LiveRule::new)
                        .anyMatch(rule -> rule.isEntry(entry) && rule.isOurs(desired.mark())))
                .toList();
        if (standing.size() != result.adoptedRules().size()) {
            result = result.withAdoptedRules(standing);
        }
        boolean restored = desired.spec().wantedSubaddressing().isEmpty()
                && result.subaddressing() != null
                && Boolean.TRUE.equals(result.subaddressing().previous())
                        == observed.routing().subaddressing();
        return restored ? result.withSubaddressing(null) : result;
    }

    private static Ownership withSubdomains(Ownership ownership, Stream<String> subdomains) {
        return ownership.withSubdomains(List.copyOf(new TreeSet<>(subdomains.toList())));
    }

    private static Ownership withoutSubdomain(Ownership ownership, String host) {
        return withSubdomains(ownership, ownership.subdomains().stream().filter(other -> !other.equals(host)));
    }

    private static Ownership withoutAdopted(Ownership ownership, String id) {
        return ownership.withAdoptedRules(ownership.adoptedRules().stream()
                .filter(entry -> !id.equals(entry.id()))
                .toList());
    }
}
