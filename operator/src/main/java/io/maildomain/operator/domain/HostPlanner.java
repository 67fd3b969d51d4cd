package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.operator.domain.Plan.RoutingVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
            inOrder(wanted, ledger).forEach(planner::decideSubdomain);
            planner.verdicts.sort(
                    Comparator.comparing(verdict -> verdict.host().equals(wanted.domain()) ? "" : verdict.host()));
        }
        return new HostPlan(
                routing, planner.changes, planner.verdicts, planner.blocked, planner.takeover, planner.routed());
    }

    /** Which subdomains come first where not all can be routed: those that are already, as far as is known. */
    static List<String> inOrder(Wanted wanted, Ownership ledger) {
        return wanted.subdomainHosts().stream()
                .sorted(Comparator.comparing(host ->
                        !ledger.subdomains().contains(host) && !wanted.routed().contains(host)))
                .toList();
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
            String message = movedAway ? Sentences.movedAway(domain) : Sentences.foreignRecords(dns);
            return block(new HostVerdict(domain, HostState.Foreign, message));
        }
        if (mustBeKnown(dns)) {
            return block(new HostVerdict(domain, HostState.Unknown, Sentences.recordsUnknown(domain)));
        }
        Optional<Instant> inVain = wanted.notTaken().host(domain);
        if (inVain.isPresent()) {
            verdicts.add(HostVerdict.notEnabled(dns, snapshot.routing(), inVain.get()));
            return RoutingVerdict.ASKED_IN_VAIN;
        }
        takeover |= dns.foreignMx();
        changes.add(new Change.EnableRouting(domain, false));
        verdicts.add(new HostVerdict(domain, HostState.Missing, Sentences.recordsMissing(dns)));
        return RoutingVerdict.TO_BE_ENABLED;
    }

    private RoutingVerdict block(HostVerdict apex) {
        blocked.add(apex.host());
        verdicts.add(apex);
        return RoutingVerdict.BLOCKED_BY_FOREIGN_RECORDS;
    }

    /**
     * Whether records of others could stand there that nobody may change. In a zone that we created there are none, or
     * people brought them: then they show where anything shows.
     */
    private boolean mustBeKnown(HostDns dns) {
        boolean zoneIsOurs = ledger.notedZone()
                .filter(zone -> zone.origin() == ZoneOrigin.Created)
                .isPresent();
        return dns.unclear() && !wanted.replacesForeignRecords() && !zoneIsOurs;
    }

    private void keepApexRecords(HostDns dns) {
        if (snapshot.unlocked()) {
            verdicts.add(new HostVerdict(dns.name(), HostState.Unlocked, Sentences.unlocked(dns.name())));
        } else if (!dns.missing()) {
            verdicts.add(standing(dns));
        } else if (dns.foreign() && !wanted.replacesForeignRecords()) {
            verdicts.add(new HostVerdict(dns.name(), HostState.Foreign, Sentences.foreignRecords(dns)));
        } else if (mustBeKnown(dns)) {
            verdicts.add(new HostVerdict(dns.name(), HostState.Unknown, Sentences.recordsUnknown(dns.name())));
        } else if (!askedInVain(dns)) {
            changes.add(new Change.EnableRouting(dns.name(), true));
            verdicts.add(new HostVerdict(dns.name(), HostState.Missing, Sentences.recordsMissing(dns)));
        }
    }

    private boolean askedInVain(HostDns dns) {
        Optional<Instant> since = wanted.notTaken().host(dns.name());
        since.ifPresent(time -> verdicts.add(HostVerdict.notAdded(dns, snapshot.routing(), time)));
        return since.isPresent();
    }

    /** The domain's own records are there; what else is there is said. */
    private HostVerdict standing(HostDns dns) {
        if (dns.foreign()) {
            return new HostVerdict(dns.name(), HostState.Foreign, Sentences.recordsTooMany(dns));
        }
        boolean wrong = "misconfigured/locked".equals(snapshot.routing().status());
        return wrong && dns.unclear()
                ? new HostVerdict(dns.name(), HostState.Unknown, Sentences.recordsMisconfigured(dns.name()))
                : new HostVerdict(dns.name(), HostState.Ready, "");
    }

    private void decideSubdomain(String host) {
        HostDns dns = snapshot.host(host).orElse(new HostDns(host, true, false, false, ""));
        boolean stands = stands(dns);
        boolean movedAway = !stands && dns.foreignMx() && wanted.routed().contains(host);
        if (stands && dns.foreign()) {
            verdicts.add(new HostVerdict(host, HostState.Foreign, Sentences.recordsTooMany(dns)));
        } else if (stands) {
            verdicts.add(new HostVerdict(host, HostState.Ready, ""));
        } else if (movedAway) {
            block(host, HostState.Foreign, Sentences.movedAway(host));
        } else if (dns.foreign() && !wanted.replacesForeignRecords()) {
            block(host, HostState.Foreign, Sentences.foreignRecords(dns));
        } else if (snapshot.unlocked() && ledger.subdomains().contains(host)) {
            verdicts.add(new HostVerdict(host, HostState.Unlocked, Sentences.unlocked(host)));
        } else if (routed().size() >= MOST_SUBDOMAINS) {
            block(host, HostState.Missing, Sentences.tooManyHosts(host));
        } else if (mustBeKnown(dns)) {
            block(host, HostState.Unknown, Sentences.recordsUnknown(host));
        } else if (!askedInVain(dns)) {
            takeover |= dns.foreign();
            changes.add(new Change.AddSubdomain(host));
            verdicts.add(new HostVerdict(host, HostState.Missing, Sentences.recordsMissing(dns)));
        }
    }

    private void block(String host, HostState state, String message) {
        blocked.add(host);
        verdicts.add(new HostVerdict(host, state, message));
    }

    /** Whether the host routes mail. Where nothing shows it, one that we added does; any other is added once. */
    private boolean stands(HostDns dns) {
        return dns.lacks() == HostDns.Known.NO
                || (dns.lacks() == HostDns.Known.UNKNOWN
                        && !dns.foreignMx()
                        && ledger.subdomains().contains(dns.name()));
    }

    /** The subdomains that stand already, and those that are to be added so far. */
    private List<String> routed() {
        Stream<String> standing = wanted.subdomainHosts().stream()
                .filter(host -> snapshot.host(host).filter(this::stands).isPresent());
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
