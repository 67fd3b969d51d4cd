package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.AdoptedRule;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RoutingOwnership;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.api.v1alpha1.SubaddressingOwnership;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the ledger says before a change, after it, and after Cloudflare refused it. Pure. */
final class LedgerNotes {

    private LedgerNotes() {}

    /** The ledger of that zone: what was done in another one says nothing about it. */
    static Ownership ofZone(Ownership ledger, ZoneOwnership zone) {
        boolean another = ledger.notedZone()
                .flatMap(ZoneOwnership::notedId)
                .filter(id -> !id.equals(zone.id()))
                .isPresent();
        return (another ? Ownership.nothing() : ledger).withZone(zone);
    }

    /** Written before the call: afterwards nobody can tell whose doing it was. */
    static Ownership before(Ownership ledger, Change change) {
        if (change instanceof Change.EnableRouting enable && !enable.recordsOnly() && ledger.routing() == null) {
            return ledger.withRouting(new RoutingOwnership(RoutingState.Enabling));
        }
        if (change instanceof Change.AddSubdomain add) {
            return withSubdomains(ledger, Stream.concat(ledger.subdomains().stream(), Stream.of(add.host())));
        }
        if (change instanceof Change.SetSubaddressing set && !set.restores() && ledger.subaddressing() == null) {
            return ledger.withSubaddressing(new SubaddressingOwnership(set.previous()));
        }
        if (change instanceof Change.AdoptRule adopt) {
            AdoptedRule entry = new AdoptedRule(adopt.address(), adopt.id(), adopt.previous());
            return ledger.withAdoptedRules(Stream.concat(
                            ledger.adoptedRules().stream()
                                    .filter(other -> !adopt.id().equals(other.id())),
                            Stream.of(entry))
                    .toList());
        }
        return ledger;
    }

    /** What stands once Cloudflare has done it. */
    static Ownership done(Ownership ledger, Change change) {
        if (change instanceof Change.EnableRouting enable && !enable.recordsOnly()) {
            return ledger.withRouting(new RoutingOwnership(RoutingState.Enabled));
        }
        if (change instanceof Change.DisableRouting) {
            return ledger.withRouting(null);
        }
        if (change instanceof Change.RemoveSubdomain remove) {
            return withoutSubdomain(ledger, remove.host());
        }
        if (change instanceof Change.SetSubaddressing set && set.restores()) {
            return ledger.withSubaddressing(null);
        }
        if (change instanceof Change.GiveBackRule back) {
            return withoutAdopted(ledger, back.id());
        }
        return ledger;
    }

    /** Takes the note back where Cloudflare certainly did not do it, and it was not there before. */
    static Ownership refused(Ownership ledger, Ownership earlier, Change change) {
        if (change instanceof Change.EnableRouting) {
            return ledger.withRouting(earlier.routing());
        }
        if (change instanceof Change.AddSubdomain add && !earlier.subdomains().contains(add.host())) {
            return withoutSubdomain(ledger, add.host());
        }
        if (change instanceof Change.SetSubaddressing) {
            return ledger.withSubaddressing(earlier.subaddressing());
        }
        if (change instanceof Change.AdoptRule adopt) {
            return withoutAdopted(ledger, adopt.id());
        }
        return ledger;
    }

    /**
     * Settings that said off, and not that nothing is set up, may have said so of routing that was on: where they go on
     * saying it, nothing shows that we switched it on, and it must not be switched off for us later.
     */
    static Ownership after(Ownership ledger, Ownership earlier, Snapshot before, Aftermath aftermath) {
        String status = before.routing().status();
        boolean contradicted = !before.routing().enabled() && !status.isEmpty() && !status.equals("unconfigured");
        return contradicted && !aftermath.settings().enabled() ? ledger.withRouting(earlier.routing()) : ledger;
    }

    /** What a fresh look at Cloudflare settles: an enabling whose answer was lost, rules that are gone. */
    static Ownership settled(Ownership ledger, Snapshot snapshot, Wanted wanted) {
        Ownership result = ledger;
        boolean enabling = ledger.routing() != null && ledger.routing().state() == RoutingState.Enabling;
        if (enabling && snapshot.routing().enabled()) {
            result = result.withRouting(new RoutingOwnership(RoutingState.Enabled));
        }
        List<AdoptedRule> standing = result.adoptedRules().stream()
                .filter(entry -> snapshot.rules().stream()
                        .map(LiveRule::new)
                        .anyMatch(rule -> rule.isEntry(entry) && rule.isOurs(wanted.mark())))
                .toList();
        if (standing.size() != result.adoptedRules().size()) {
            result = result.withAdoptedRules(standing);
        }
        boolean restored = wanted.spec().wantedSubaddressing().isEmpty()
                && result.subaddressing() != null
                && Boolean.TRUE.equals(result.subaddressing().previous())
                        == snapshot.routing().subaddressing();
        return restored ? result.withSubaddressing(null) : result;
    }

    private static Ownership withSubdomains(Ownership ledger, Stream<String> subdomains) {
        return ledger.withSubdomains(List.copyOf(new TreeSet<>(subdomains.toList())));
    }

    private static Ownership withoutSubdomain(Ownership ledger, String host) {
        return withSubdomains(ledger, ledger.subdomains().stream().filter(other -> !other.equals(host)));
    }

    private static Ownership withoutAdopted(Ownership ledger, String id) {
        return ledger.withAdoptedRules(ledger.adoptedRules().stream()
                .filter(entry -> !id.equals(entry.id()))
                .toList());
    }
}
