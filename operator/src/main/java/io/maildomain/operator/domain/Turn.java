package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.operator.outcome.Pace;
import java.time.Duration;
import java.util.Optional;

/**
 * What one reconcile came to.
 *
 * @param status everything but the ledger; null where nothing is to be said, read it by {@link #said()}
 * @param cause what the pace is about: another cause starts the back-off anew
 * @param notBefore what Cloudflare, or our budget, asks us to wait at least
 */
record Turn(MailDomainStatus status, Pace pace, String cause, Duration notBefore) {

    /** Nothing is said: the status stays as it is. */
    static Turn silent(Pace pace, String cause, Duration notBefore) {
        return new Turn(null, pace, cause, notBefore);
    }

    Optional<MailDomainStatus> said() {
        return Optional.ofNullable(status);
    }
}
