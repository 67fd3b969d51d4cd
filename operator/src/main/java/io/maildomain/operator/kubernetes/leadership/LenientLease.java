package io.maildomain.operator.kubernetes.leadership;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * A Lease as any user may have left it: written by hand, restored from a backup without half of its fields. What it does not say is
 * what we would have written, so that it is taken over after a lease duration; fabric8's own reading of it fails, which ends an
 * election for good.
 */
final class LenientLease extends LeaseLock {

    /** More than what may be set ({@code --lease-duration}) is never meant: a dead holder would keep all others out for good. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final ZonedDateTime LONG_AGO = Instant.EPOCH.atZone(ZoneOffset.UTC);

    private final Duration ours;

    /** @param ours the duration of a Lease that does not say its own */
    LenientLease(String namespace, String name, String identity, Duration ours) {
        super(namespace, name, identity);
        this.ours = ours;
    }

    @Override
    protected LeaderElectionRecord toRecord(Lease lease) {
        LeaseSpec spec = Objects.requireNonNullElseGet(lease.getSpec(), LeaseSpec::new);
        return new LeaderElectionRecord(
                spec.getHolderIdentity(),
                duration(spec),
                Objects.requireNonNullElse(spec.getAcquireTime(), LONG_AGO),
                Objects.requireNonNullElse(spec.getRenewTime(), LONG_AGO),
                transitions(spec));
    }

    private Duration duration(LeaseSpec spec) {
        Duration said = Optional.ofNullable(spec.getLeaseDurationSeconds())
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds)
                .orElse(ours);
        return said.compareTo(LONGEST) > 0 ? LONGEST : said;
    }

    /** One is added to it when the Lease changes hands, and the API server refuses what is below zero. */
    private static int transitions(LeaseSpec spec) {
        return Optional.ofNullable(spec.getLeaseTransitions())
                .filter(count -> count >= 0 && count < Integer.MAX_VALUE)
                .orElse(0);
    }
}
