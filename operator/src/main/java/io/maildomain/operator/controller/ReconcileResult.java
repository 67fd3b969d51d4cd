package io.maildomain.operator.controller;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one reconcile came to.
 *
 * @param <S> the status of the kind
 * @param status everything but the ownership record; null where nothing is to be said, read it by {@link #said()}
 * @param requeue how soon the next look is worth it
 * @param cause what the wait is about: another cause starts the back-off anew
 * @param notBefore what Cloudflare, or our budget, asks us to wait at least
 */
public record ReconcileResult<S>(@Nullable S status, Requeue requeue, Reason cause, Duration notBefore) {

    /** Nothing is said: the status stays as it is. */
    public static <S> ReconcileResult<S> silent(Requeue requeue, Reason cause, Duration notBefore) {
        return new ReconcileResult<>(null, requeue, cause, notBefore);
    }

    /** It goes no further, and nothing is said. */
    public static <S> ReconcileResult<S> silent(Blocked why) {
        return silent(why.requeue(), why.reason(), why.notBefore());
    }

    /** Another reconcile works on the domain, or what this one rests on has changed: it starts again in a second. */
    public static <S> ReconcileResult<S> conflict() {
        return silent(Requeue.CONFLICT, Reason.Busy, Duration.ZERO);
    }

    /** What the status is to say; empty where it stays as it is. */
    public Optional<S> said() {
        return Optional.ofNullable(status);
    }
}
