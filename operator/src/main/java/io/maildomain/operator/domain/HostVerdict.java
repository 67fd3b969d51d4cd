package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;
import io.maildomain.operator.cloudflare.RoutingSettings;
import java.time.Instant;

/**
 * How the mail records of the domain or of one of its subdomains stand.
 *
 * @param notTakenSince since when Cloudflare has not done what it confirmed; null where it has
 */
record HostVerdict(String host, HostState state, String message, Instant notTakenSince) {

    HostVerdict {
        message = Sentences.bounded(message);
    }

    /** Nothing was asked in vain. */
    HostVerdict(String host, HostState state, String message) {
        this(host, state, message, null);
    }

    /** The domain's own Email Routing was switched on, and still says that it is off. */
    static HostVerdict notEnabled(HostDns dns, RoutingSettings settings, Instant since) {
        HostState state = dns.lacks() == HostDns.Known.NO ? HostState.Ready : HostState.Missing;
        return new HostVerdict(dns.name(), state, Sentences.notEnabled(dns.name(), settings), since);
    }

    /** The records were asked for, and are still missing. */
    static HostVerdict notAdded(HostDns dns, RoutingSettings settings, Instant since) {
        return new HostVerdict(dns.name(), HostState.Missing, Sentences.notAdded(dns, settings), since);
    }

    boolean ready() {
        return state == HostState.Ready || state == HostState.Unlocked;
    }

    boolean isNotTaken() {
        return notTakenSince != null;
    }

    /** Why mail records are not ready, as the condition names it. */
    String reason() {
        return switch (state) {
            case Foreign -> "ForeignRecords";
            case Unknown -> "RecordsUnknown";
            default -> "RecordsMissing";
        };
    }

    HostStatus status() {
        return new HostStatus(host, state, message.isEmpty() ? null : message, notTakenSince);
    }
}
