package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.HostState;
import io.maildomain.api.v1alpha1.HostStatus;

/** How the mail records of the domain or of one of its subdomains stand. */
record HostVerdict(String host, HostState state, String message) {

    HostVerdict {
        message = Sentences.bounded(message);
    }

    boolean ready() {
        return state == HostState.Ready || state == HostState.Unlocked;
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
        return new HostStatus(host, state, message.isEmpty() ? null : message);
    }
}
