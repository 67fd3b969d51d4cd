package io.maildomain.operator.kubernetes.leadership;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Lease lock that tells the fence of each confirmed renewal, and that corrects one thing in fabric8's elector: it compares the holder's {@code renewTime} with the local clock, so that a
 * standby whose clock is ahead would take a Lease that is alive. Here a foreign Lease counts from when we first saw it as it is now, as in client-go.
 */
final class ObservedTimeLock implements Lock {

    private final Lock lease;
    private final LeaseFence fence;
    private final Supplier<ClockReading> now;
    private final Consumer<RuntimeException> onFailure;
    private @Nullable Sighting seen;
    private volatile ClockReading lastTry;

    /** A Lease of another as it is now, and when it was first seen so. */
    private record Sighting(LeaderElectionRecord record, ClockReading at) {}

    /** @param onFailure hears of each failed call, before the elector does */
    ObservedTimeLock(Lock lease, LeaseFence fence, Supplier<ClockReading> now, Consumer<RuntimeException> onFailure) {
        this.lease = lease;
        this.fence = fence;
        this.now = now;
        this.onFailure = onFailure;
        this.lastTry = now.get();
    }

    /** When the elector last looked at the Lease; one that is alive does so again and again, whether it leads or not. */
    ClockReading lastTry() {
        return lastTry;
    }

    @Override
    public synchronized LeaderElectionRecord get(KubernetesClient client) {
        lastTry = now.get();
        LeaderElectionRecord record = reporting(() -> lease.get(client));
        if (record == null || isOurs(record)) {
            return record;
        }
        fence.lost();
        Sighting first = seen;
        if (first == null || !record.equals(first.record())) {
            first = new Sighting(record, now.get());
            seen = first;
        }
        return new LeaderElectionRecord(
                record.getHolderIdentity(),
                record.getLeaseDuration(),
                record.getAcquireTime(),
                first.at().wall().atZone(ZoneOffset.UTC),
                record.getLeaderTransitions());
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord record) {
        write(record, () -> lease.create(client, record));
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord record) {
        write(record, () -> lease.update(client, record));
    }

    @Override
    public String identity() {
        return lease.identity();
    }

    @Override
    public String describe() {
        return lease.describe();
    }

    private void write(LeaderElectionRecord record, Runnable call) {
        ClockReading asked = now.get();
        reporting(() -> {
            call.run();
            return record;
        });
        if (isOurs(record)) {
            fence.renewed(asked);
        }
    }

    private boolean isOurs(LeaderElectionRecord record) {
        return Objects.equals(record.getHolderIdentity(), lease.identity());
    }

    private <T> T reporting(Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException failure) {
            onFailure.accept(failure);
            throw failure;
        } catch (RuntimeException failure) {
            // The elector tries again after a failure of the client's; anything else would end its loop without a word.
            onFailure.accept(failure);
            throw new KubernetesClientException("the Lease cannot be read or written: " + failure, failure);
        }
    }
}
