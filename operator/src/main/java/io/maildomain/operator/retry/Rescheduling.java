package io.maildomain.operator.retry;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.operator.outcome.Pace;
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
    private final Consumer<HasMetadata> nudge;

    /**
     * @param driftInterval asked anew each time: it stretches with the number of domains
     * @param afterTheTurn runs what it is given when the turn that gave it has certainly ended
     * @param nudge makes whoever bears a resource's kind and name reconcile, if there is one
     */
    public Rescheduling(
            RetrySchedule retries,
            Supplier<Duration> driftInterval,
            Executor afterTheTurn,
            Consumer<HasMetadata> nudge) {
        this.retries = retries;
        this.driftInterval = driftInterval;
        this.afterTheTurn = afterTheTurn;
        this.nudge = nudge;
    }

    /** How long to wait; see {@link RetrySchedule#next}. */
    public Duration after(String uid, Pace pace, String cause, Duration notBefore) {
        if (pace == Pace.SETTLED) {
            retries.forget(uid);
            return driftInterval.get();
        }
        return retries.next(uid, pace, cause, notBefore);
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
     * resource that was made again under the name meanwhile, so whoever bears it then is looked at once more.
     */
    public void gone(HasMetadata resource) {
        retries.forget(resource.getMetadata().getUid());
        afterTheTurn.execute(() -> nudge.accept(resource));
    }
}
