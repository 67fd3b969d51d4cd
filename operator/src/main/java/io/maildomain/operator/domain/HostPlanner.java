package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.operator.domain.Plan.RoutingVerdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans Email Routing itself and the mail records of the domain and its subdomains (DESIGN, Existing mail). A host that was
 * switched off by hand, and has another provider's MX records since, was moved away: it is left there, whatever the spec says
 * about replacing what was there before.
 */
final class HostPlanner {

    /** Cloudflare's limit, besides the domain itself ({@code cloudflare-api.md}, Limits). */
    static final int MOST_SUBDOMAINS = 29;

    private final Wanted wanted;
    private final Snapshot snapshot;
    private final Ownership ledger;

    private final List<Change> changes = new ArrayList<>();
    private final List<HostVerdict> verdicts = new ArrayList<>();
    private final Set<String> blocked = new HashSet<>();
    private boolean takeover;

    private HostPlanner(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        this.wanted = wanted;
        this.snapshot = snapshot;
        this.ledger = ledger;
    }

    /**
     * @param takeover mail of a host goes elsewhere today: its rules should stand before its records change
     * @param blocked hosts that must not be touched
     * @param routed the subdomains that route mail once this is carried out; not those that are left to somebody else
     */
    record HostPlan(
            RoutingVerdict routing,
            List<Change> changes,
            List<HostVerdict> verdicts,
            Set<String> blocked,
            boolean takeover,
            List<String> routed) {}

    static HostPlan plan(Wanted wanted, Snapshot snapshot, Ownership ledger) {
        HostPlanner planner = new HostPlanner(wanted, snapshot, ledger);
        RoutingVerdict routing = planner.decideApex();
        if (routing == RoutingVerdict.BLOCKED_BY_FOREIGN_RECORDS) {
            wanted.subdomainHosts().forEach(planner::waitForApex);
        } else {
            wanted.subdomainHosts().forEach(planner::decideSubdomain);
        }
        return new HostPlan(
                routing, planner.changes, planner.verdicts, planner.blocked, planner.takeover, planner.routed());
    }

    private RoutingVerdict decideApex() {
        String domain = wanted.domain();
        HostDns dns = snapshot.host(domain).orElse(new HostDns(domain, false, false, false, ""));
        if (snapshot.routing().enabled()) {
            keepApexRecords(dns);
            return RoutingVerdict.ENABLED;
        }
        boolean wasOn = ledger.notedRouting()
                .filter(noted -> noted.state() == RoutingState.Enabled)
                .isPresent();
        boolean movedAway = dns.foreignMx() && (wasOn || wanted.routed().contains(domain));
        if (movedAway || (dns.foreign() && !wanted.replacesForeignRecords())) {
            blocked.add(domain);
            String message = movedAway ? Sentences.movedAway(domain) : Sentences.foreignRecords(dns);
            verdicts.add(new HostVerdict(domain, HostState.Foreign, message));
            return RoutingVerdict.BLOCKED_BY_FOREIGN_RECORDS;
        }
        takeover |= dns.foreignMx();
        changes.add(new Change.EnableRouting(domain, false));
        verdicts.add(new HostVerdict(domain, HostState.Missing, Sentences.recordsMissing(domain)));
        return RoutingVerdict.TO_BE_ENABLED;
    }

    private void keepApexRecords(HostDns dns) {
        if (snapshot.unlocked()) {
            verdicts.add(new HostVerdict(dns.name(), HostState.Unlocked, Sentences.unlocked(dns.name())));
        } else if (dns.foreign() && !(dns.missing() && wanted.replacesForeignRecords())) {
            verdicts.add(new HostVerdict(dns.name(), HostState.Foreign, Sentences.foreignRecords(dns)));
        } else if (dns.missing()) {
            changes.add(new Change.EnableRouting(dns.name(), true));
            verdicts.add(new HostVerdict(dns.name(), HostState.Missing, Sentences.recordsMissing(dns.name())));
        } else {
            verdicts.add(new HostVerdict(dns.name(), HostState.Ready, ""));
        }
    }

    private void decideSubdomain(String host) {
        Optional<HostDns> known = snapshot.host(host);
        boolean missing = known.map(HostDns::missing).orElse(true);
        boolean foreign = known.map(HostDns::foreign).orElse(false);
        boolean movedAway = missing
                && known.map(HostDns::foreignMx).orElse(false)
                && wanted.routed().contains(host);
        if (!missing && !foreign) {
            verdicts.add(new HostVerdict(host, HostState.Ready, ""));
        } else if (movedAway) {
            blocked.add(host);
            verdicts.add(new HostVerdict(host, HostState.Foreign, Sentences.movedAway(host)));
        } else if (foreign && !(missing && wanted.replacesForeignRecords())) {
            blocked.add(host);
            verdicts.add(new HostVerdict(host, HostState.Foreign, Sentences.foreignRecords(known.orElseThrow())));
        } else if (snapshot.unlocked() && ledger.subdomains().contains(host)) {
            verdicts.add(new HostVerdict(host, HostState.Unlocked, Sentences.unlocked(host)));
        } else if (routed().size() >= MOST_SUBDOMAINS) {
            blocked.add(host);
            verdicts.add(new HostVerdict(host, HostState.Missing, Sentences.tooManyHosts(host)));
        } else {
            takeover |= foreign;
            changes.add(new Change.AddSubdomain(host));
            verdicts.add(new HostVerdict(host, HostState.Missing, Sentences.recordsMissing(host)));
        }
    }

    /** The subdomains that stand already, and those that are to be added so far. */
    private List<String> routed() {
        Stream<String> standing = wanted.subdomainHosts().stream()
                .filter(host ->
                        snapshot.host(host).filter(dns -> !dns.missing()).isPresent());
        Stream<String> added = changes.stream()
                .filter(change -> change instanceof Change.AddSubdomain)
                .map(Change::subject);
        return Stream.concat(standing, added).toList();
    }

    private void waitForApex(String host) {
        blocked.add(host);
        verdicts.add(new HostVerdict(host, HostState.Missing, Sentences.waitsForRecords(wanted.domain())));
    }
}
