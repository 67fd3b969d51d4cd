package io.maildomain.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** When a resource is looked at next, whether it is healthy or not. */
public final class Rescheduling {

    private final RetrySchedule retries;
    private final Supplier<Duration> driftInterval;
    private final Executor afterTheTurn;
    private final Consumer<HasMetadata> trigger;
    private final Consumer<Requeue> told;

    /** One that counts nothing. */
    public Rescheduling(
            RetrySchedule retries,
            Supplier<Duration> driftInterval,
            Executor afterTheTurn,
            Consumer<HasMetadata> trigger) {
        this(retries, driftInterval, afterTheTurn, trigger, requeue -> {});
    }

    /**
     * @param driftInterval asked anew each time: it stretches with the number of domains
     * @param afterTheTurn runs what it is given when the turn that gave it has certainly ended
     * @param trigger reconciles the resource of that kind and name, if there is one
     * @param told hears what each reconcile came to
     */
    public Rescheduling(
            RetrySchedule retries,
            Supplier<Duration> driftInterval,
            Executor afterTheTurn,
            Consumer<HasMetadata> trigger,
            Consumer<Requeue> told) {
        this.retries = retries;
        this.driftInterval = driftInterval;
        this.afterTheTurn = afterTheTurn;
        this.trigger = trigger;
        this.told = told;
    }

    /** How long to wait; see {@link RetrySchedule#next}. */
    public Duration after(String uid, Requeue requeue, Reason cause, Duration notBefore) {
        told.accept(requeue);
        if (requeue == Requeue.RESYNC) {
            retries.forget(uid);
            return driftInterval.get();
        }
        if (requeue == Requeue.SWEPT) {
            retries.forget(uid);
            return notBefore;
        }
        if (requeue == Requeue.ONGOING) {
            retries.forget(uid);
            return notBefore;
        }
        if (requeue == Requeue.QUEUED) {
            // It was told when to come, and would lose its place if it came much later.
            return notBefore;
        }
        return retries.next(uid, requeue, cause, notBefore);
    }

    /** Ends what is remembered of a resource. */
    public void forget(String uid) {
        retries.forget(uid);
    }

    /** The resources of which something is remembered. */
    public Set<String> uids() {
        return retries.uids();
    }

    /**
     * The resource is gone, or about to. The SDK keeps its timers by name: the end of this turn takes away that of a
     * resource that was created again under the name meanwhile, so the one that bears it then is looked at once more.
     */
    public void gone(HasMetadata resource) {
        retries.forget(resource.getMetadata().getUid());
        afterTheTurn.execute(() -> trigger.accept(resource));
    }
}
