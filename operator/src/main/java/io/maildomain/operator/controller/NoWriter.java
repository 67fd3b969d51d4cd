package io.maildomain.operator.controller;

import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.operator.controller.sweep.NotSwept;
import io.maildomain.operator.controller.sweep.NotSwept.Why;
import io.maildomain.operator.ownership.StatusWriter;
import java.util.List;
import java.util.Optional;

/** What a sweep saw is no reason to write anything down: who would, looks at the resource itself first. */
record NoWriter<R extends CustomResource<?, S>, S>(StatusWriter<R, S> reads) implements StatusWriter<R, S> {

    @Override
    public Optional<R> live(R known) {
        return reads.live(known);
    }

    @Override
    public List<R> liveIn(String namespace) {
        return reads.liveIn(namespace);
    }

    @Override
    public R writeOwnership(R live, S ownership) {
        throw new NotSwept(Why.WORK);
    }

    @Override
    public void writeStatus(R live, S status) {
        throw new NotSwept(Why.WORK);
    }

    @Override
    public void release(R known) {
        throw new NotSwept(Why.WORK);
    }
}
