package io.maildomain.operator.controller.maildomain.plan;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.RoutingSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the mail records of the domain or of one of its subdomains stand.
 *
 * @param notTakenSince since when Cloudflare has not done what it confirmed; null where it has
 */
public record HostOutcome(
        String host,
        HostState state,
        String message,
        @Nullable Instant notTakenSince) {

    public HostOutcome {
        message = PlanMessages.bounded(message);
    }

    /** Nothing was asked in vain. */
    public HostOutcome(String host, HostState state, String message) {
        this(host, state, message, null);
    }

    /** The domain's own Email Routing was switched on, and still says that it is off. */
    static HostOutcome notEnabled(HostDns dns, RoutingSettings settings, Instant since) {
        HostState state = dns.lacks() == HostDns.Known.NO ? HostState.Ready : HostState.Missing;
        return new HostOutcome(dns.name(), state, PlanMessages.notEnabled(dns.name(), settings), since);
    }

    /** The records were asked for, and are still missing. */
    static HostOutcome notAdded(HostDns dns, RoutingSettings settings, Instant since) {
        return new HostOutcome(dns.name(), HostState.Missing, PlanMessages.notAdded(dns, settings), since);
    }

    /** The host routed mail, and has MX records of another provider since. */
    static HostOutcome movedAway(String host) {
        return new HostOutcome(host, HostState.MovedAway, PlanMessages.movedAway(host));
    }

    public boolean ready() {
        return state == HostState.Ready || state == HostState.Unlocked;
    }

    public boolean isNotTaken() {
        return notTakenSince != null;
    }

    /** Why mail records are not ready, as the condition names it. */
    public Reason reason() {
        return switch (state) {
            case Foreign, MovedAway -> Reason.ForeignRecords;
            case Unknown -> Reason.RecordsUnknown;
            default -> Reason.RecordsMissing;
        };
    }

    public HostStatus status() {
        return new HostStatus(host, state, message.isEmpty() ? null : message, notTakenSince);
    }
}
