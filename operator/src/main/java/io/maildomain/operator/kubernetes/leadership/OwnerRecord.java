package io.maildomain.operator.kubernetes.leadership;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a Lease says of the installation that works with an owner id.
 *
 * @param where the Lease, {@code namespace/name}: one for each installation
 * @param release which release keeps it; blank where that is not known
 * @param holder the process that renewed it last; blank once it has given the Lease back
 * @param working whether that process has found no other installation, or is still looking for one
 * @param renewed when it was renewed last, by the holder's clock
 * @param duration how long it counts after a renewal
 */
record OwnerRecord(String where, String release, String holder, boolean working, Instant renewed, Duration duration) {

    static final String RELEASE = "maildomain.io/release";
    static final String WORKING = "maildomain.io/working";

    private static final Duration USUAL = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Longer than clocks in one cluster are apart. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    static OwnerRecord of(Lease lease) {
        ObjectMeta metadata = lease.getMetadata();
        Map<String, String> notes = Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
        Optional<LeaseSpec> spec = Optional.ofNullable(lease.getSpec());
        return new OwnerRecord(
                metadata.getNamespace() + "/" + metadata.getName(),
                notes.getOrDefault(RELEASE, ""),
                spec.map(LeaseSpec::getHolderIdentity).orElse(""),
                Boolean.parseBoolean(notes.get(WORKING)),
                spec.map(LeaseSpec::getRenewTime).map(ZonedDateTime::toInstant).orElse(Instant.EPOCH),
                spec.map(LeaseSpec::getLeaseDurationSeconds)
                        .map(Duration::ofSeconds)
                        .filter(duration -> !duration.isNegative() && !duration.isZero())
                        .orElse(USUAL));
    }

    /** Whether no installation can be behind it, however far the clocks are apart, so that it need not even be watched. */
    boolean isSurelyDead(Instant now) {
        return holder.isBlank() || Duration.between(renewed, now).abs().compareTo(CLOCKS_APART.plus(patience())) > 0;
    }

    /** One that is not renewed for so long is dead: counted by the clock of who watches, as no two clocks agree. */
    Duration patience() {
        return duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
    }

    /** Whether it was renewed since. */
    boolean isOlderThan(OwnerRecord later) {
        return !later.renewed.equals(renewed) || !later.holder.equals(holder);
    }

    /** Whether it is the same record, and was not renewed since. */
    boolean isAsIn(OwnerRecord earlier) {
        return where.equals(earlier.where) && !earlier.isOlderThan(this);
    }

    /** Of two that look for each other at the same moment one goes on. */
    boolean goesBefore(OwnerRecord other) {
        return working || (!other.working && where.compareTo(other.where) < 0);
    }
}
