package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.RoutingState;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.operator.controller.maildomain.plan.Plan.RoutingOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans Email Routing itself and the mail records of the domain and its subdomains ({@code docs/guides/adopt-an-existing-domain.md}). A host that was
 * switched off by hand, and has another provider's MX records since, was moved away: it is left there, whatever the spec says
 * about replacing what was there before.
 */
public final class HostPlanner {

    /** Cloudflare's limit, besides the domain itself ({@code docs/contributing/cloudflare-facts.md#limits}). */
    public static final int MOST_SUBDOMAINS = 29;

    private final DesiredState desired;
    private final ObservedState observed;
    private final Ownership ownership;

    private final List<Change> changes = new ArrayList<>();
    private final List<Planned<HostOutcome>> hosts = new ArrayList<>();
    private final Set<String> blocked = new HashSet<>();
    private boolean takeover;

    private HostPlanner(DesiredState desired, ObservedState observed, Ownership ownership) {
        this.desired = desired;
        this.observed = observed;
        this.ownership = ownership;
    }

    /**
     * @param takeover mail of a host goes elsewhere today: its rules should stand before its records change
     * @param blocked hosts that must not be touched
     * @param routed the subdomains that route mail once this is carried out; not those that are left to another provider
     */
    record HostPlan(
            RoutingOutcome routing,
            List<Change> changes,
            List<Planned<HostOutcome>> hosts,
            Set<String> blocked,
            boolean takeover,
            List<String> routed) {}

    static HostPlan plan(DesiredState desired, ObservedState observed, Ownership ownership) {
        HostPlanner planner = new HostPlanner(desired, observed, ownership);
        RoutingOutcome routing = planner.decideApex();
        if (routing == RoutingOutcome.BLOCKED_BY_FOREIGN_RECORDS) {
            desired.subdomainHosts().forEach(planner::waitForApex);
        } else {
            inOrder(desired, ownership).forEach(planner::decideSubdomain);
            planner.hosts.sort(
                    Comparator.comparing(host -> host.outcome().host().equals(desired.domain())
                            ? ""
                            : host.outcome().host()));
        }
        return new HostPlan(
                routing, planner.changes, planner.hosts, planner.blocked, planner.takeover, planner.routed());
    }

    /** Which subdomains come first where not all can be routed: those that are already, as far as is known. */
    public static List<String> inOrder(DesiredState desired, Ownership ownership) {
        return desired.subdomainHosts().stream()
                .sorted(Comparator.comparing(host -> !ownership.subdomains().contains(host)
                        && !desired.routed().contains(host)))
                .toList();
    }

    private RoutingOutcome decideApex() {
        String domain = desired.domain();
        HostDns dns = observed.host(domain).orElse(new HostDns(domain, false, false, false, ""));
        if (observed.routing().enabled()) {
            keepApexRecords(dns);
            return RoutingOutcome.ENABLED;
        }
        boolean wasOn = ownership
                .notedRouting()
                .filter(noted -> noted.state() == RoutingState.Enabled)
                .isPresent();
        boolean movedAway = dns.foreignMx() && (wasOn || desired.routed().contains(domain));
        if (movedAway || (dns.foreign() && !desired.replacesForeignRecords())) {
            return block(
                    movedAway
                            ? HostOutcome.movedAway(domain)
                            : new HostOutcome(domain, HostState.Foreign, PlanMessages.foreignRecords(dns)));
        }
        if (mustBeKnown(dns)) {
            return block(new HostOutcome(domain, HostState.Unknown, PlanMessages.recordsUnknown(domain)));
        }
        Optional<Instant> inVain = desired.notTaken().host(domain);
        if (inVain.isPresent()) {
            leave(HostOutcome.notEnabled(dns, observed.routing(), inVain.get()));
            return RoutingOutcome.ASKED_IN_VAIN;
        }
        takeover |= dns.foreignMx();
        change(new Change.EnableRouting(domain, false), dns);
        return RoutingOutcome.TO_BE_ENABLED;
    }

    private RoutingOutcome block(HostOutcome apex) {
        blocked.add(apex.host());
        leave(apex);
        return RoutingOutcome.BLOCKED_BY_FOREIGN_RECORDS;
    }

    /**
     * Whether records of others could stand there that may not be changed. In a zone that we created there are none, or
     * people brought them: then they show where anything shows.
     */
    private boolean mustBeKnown(HostDns dns) {
        boolean zoneIsOurs = ownership
                .notedZone()
                .filter(zone -> zone.origin() == ZoneOrigin.Created)
                .isPresent();
        return dns.unclear() && !desired.replacesForeignRecords() && !zoneIsOurs;
    }

    private void keepApexRecords(HostDns dns) {
        if (observed.unlocked()) {
            leave(new HostOutcome(dns.name(), HostState.Unlocked, PlanMessages.unlocked(dns.name())));
        } else if (!dns.missing()) {
            leave(standing(dns));
        } else if (dns.foreign() && !desired.replacesForeignRecords()) {
            leave(new HostOutcome(dns.name(), HostState.Foreign, PlanMessages.foreignRecords(dns)));
        } else if (mustBeKnown(dns)) {
            leave(new HostOutcome(dns.name(), HostState.Unknown, PlanMessages.recordsUnknown(dns.name())));
        } else if (!askedInVain(dns)) {
            change(new Change.EnableRouting(dns.name(), true), dns);
        }
    }

    private boolean askedInVain(HostDns dns) {
        Optional<Instant> since = desired.notTaken().host(dns.name());
        since.ifPresent(time -> leave(HostOutcome.notAdded(dns, observed.routing(), time)));
        return since.isPresent();
    }

    /** The domain's own records are there; what else is there is said. */
    private HostOutcome standing(HostDns dns) {
        if (dns.foreign()) {
            return new HostOutcome(dns.name(), HostState.Foreign, PlanMessages.recordsTooMany(dns));
        }
        boolean wrong = "misconfigured/locked".equals(observed.routing().status());
        return wrong && dns.unclear()
                ? new HostOutcome(dns.name(), HostState.Unknown, PlanMessages.recordsMisconfigured(dns.name()))
                : new HostOutcome(dns.name(), HostState.Ready, "");
    }

    private void decideSubdomain(String host) {
        HostDns dns = observed.host(host).orElse(new HostDns(host, true, false, false, ""));
        boolean stands = stands(dns);
        boolean movedAway = !stands && dns.foreignMx() && desired.routed().contains(host);
        if (stands && dns.foreign()) {
            leave(new HostOutcome(host, HostState.Foreign, PlanMessages.recordsTooMany(dns)));
        } else if (stands) {
            leave(new HostOutcome(host, HostState.Ready, ""));
        } else if (movedAway) {
            block(HostOutcome.movedAway(host));
        } else if (dns.foreign() && !desired.replacesForeignRecords()) {
            block(host, HostState.Foreign, PlanMessages.foreignRecords(dns));
        } else if (observed.unlocked() && ownership.subdomains().contains(host)) {
            leave(new HostOutcome(host, HostState.Unlocked, PlanMessages.unlocked(host)));
        } else if (routed().size() >= MOST_SUBDOMAINS) {
            block(host, HostState.Missing, PlanMessages.tooManyHosts(host));
        } else if (mustBeKnown(dns)) {
            block(host, HostState.Unknown, PlanMessages.recordsUnknown(host));
        } else if (isToBeSwitchedOn() || !askedInVain(dns)) {
            takeover |= dns.foreign();
            change(new Change.AddSubdomain(host), dns);
        }
    }

    /** A user who switched Email Routing off took away what Cloudflare had confirmed before: that was not in vain. */
    private boolean isToBeSwitchedOn() {
        return changes.contains(new Change.EnableRouting(desired.domain(), false));
    }

    /** The records are missing, and the change adds them. */
    private void change(Change change, HostDns dns) {
        changes.add(change);
        hosts.add(Planned.by(change, new HostOutcome(dns.name(), HostState.Missing, PlanMessages.recordsMissing(dns))));
    }

    /** Nothing is done for the host. */
    private void leave(HostOutcome outcome) {
        hosts.add(Planned.asItIs(outcome));
    }

    private void block(String host, HostState state, String message) {
        blocked.add(host);
        leave(new HostOutcome(host, state, message));
    }

    /** Whether the host routes mail. Where nothing shows it, one that we added does; any other is added once. */
    private boolean stands(HostDns dns) {
        return dns.lacks() == HostDns.Known.NO
                || (dns.lacks() == HostDns.Known.UNKNOWN
                        && !dns.foreignMx()
                        && ownership.subdomains().contains(dns.name()));
    }

    /** The subdomains that stand already, and those that are to be added so far. */
    private List<String> routed() {
        Stream<String> standing = desired.subdomainHosts().stream()
                .filter(host -> observed.host(host).filter(this::stands).isPresent());
        Stream<String> added = changes.stream()
                .filter(change -> change instanceof Change.AddSubdomain)
                .map(Change::subject);
        return Stream.concat(standing, added).toList();
    }

    private void waitForApex(String host) {
        blocked.add(host);
        leave(new HostOutcome(host, HostState.Missing, PlanMessages.waitsForRecords(desired.domain())));
    }
}
