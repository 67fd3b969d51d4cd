package io.maildomain.operator.controller;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.maildomain.operator.cloudflare.TokenClients;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.ownership.StatusWriter;
import java.time.Clock;

/**
 * What every controller is put together from.
 *
 * @param writer reads its resources live, and writes their status
 * @param watches has a resource reconciled when something else changed that concerns it
 * @param tokens the clients of all tokens, and the queues before them
 * @param locks shared by all kinds that work on a domain
 * @param rescheduling says when a resource is looked at next
 * @param sweeps see to what is healthy
 * @param log where Events go
 * @param <R> the kind
 * @param <S> its status
 */
public record ControllerParts<R extends CustomResource<?, S>, S>(
        StatusWriter<R, S> writer,
        EventSource<?, R> watches,
        TokenClients tokens,
        Clock clock,
        DomainLocks locks,
        Rescheduling rescheduling,
        Sweeps sweeps,
        ChangeLog log) {

    /** The same for another kind. */
    public <Q extends CustomResource<?, T>, T> ControllerParts<Q, T> of(
            StatusWriter<Q, T> others, EventSource<?, Q> othersWatches) {
        return new ControllerParts<>(others, othersWatches, tokens, clock, locks, rescheduling, sweeps, log);
    }
}
