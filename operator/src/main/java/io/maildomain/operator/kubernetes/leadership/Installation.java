package io.maildomain.operator.kubernetes.leadership;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two installations from working with one owner id, where each would take the other's rules for its own. One that works
 * keeps a Lease that is labelled with the owner id; one that starts looks for such Leases of others that are renewed.
 *
 * <p>Replicas of one release share that Lease: which of them works the election decides, not this.
 */
public final class Installation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final OwnerLeases leases;
    private final InstallationIdentity identity;
    private final Clock clock;
    private final Holder holder;
    private final String holderIdentity;
    private final ScheduledExecutorService renewals;
    private volatile boolean held;

    /** Another installation works with the same owner id. */
    public static final class AnotherInstallation extends RuntimeException {

        private static final long serialVersionUID = 1L;

        AnotherInstallation(String message) {
            super(message);
        }
    }

    /** @param hostName where this process runs */
    public Installation(KubernetesClient client, InstallationIdentity identity, String hostName, Clock clock) {
        this.identity = identity;
        this.clock = clock;
        this.holder = Holder.self(identity.podName(), hostName);
        this.holderIdentity = holder.identity();
        this.leases = new OwnerLeases(client, identity, holderIdentity, clock);
        this.renewals = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "installation");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Looks for another installation with this owner id. May take as long as one of its renewals counts.
     *
     * @throws AnotherInstallation if there is one
     */
    public void refuseIfAnotherIsAlive() {
        leases.records().stream()
                .filter(this::isAnothers)
                .filter(this::isAlive)
                .findFirst()
                .ifPresent(alive -> {
                    throw new AnotherInstallation(sentence(alive));
                });
    }

    /**
     * Says that this installation works from now on, until it is closed.
     *
     * @throws AnotherInstallation if another one has said so before
     */
    public void enter() {
        if (!leases.announced(false)) {
            return;
        }
        held = true;
        OwnerRecord own = new OwnerRecord(leases.where(), "", holderIdentity, false, clock.instant(), Duration.ZERO);
        List<OwnerRecord> seen = leases.records();
        yieldTo(seen.stream().filter(other -> !own.goesBefore(other)));
        leases.announced(true);
        long period = Math.max(1, identity.leaseDuration().toMillis() / 3);
        renewals.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
        // One that goes before us may have come after that look, and looked before we said that we work: it goes on.
        yieldTo(leases.records().stream()
                .filter(other -> other.where().compareTo(leases.where()) < 0)
                .filter(other -> seen.stream().noneMatch(other::isAsIn)));
    }

    private void yieldTo(Stream<OwnerRecord> first) {
        first.filter(this::isAnothers).filter(this::isAlive).findFirst().ifPresent(alive -> {
            close();
            throw new AnotherInstallation(sentence(alive));
        });
    }

    /** Gives the Lease back, if this process holds it. */
    @Override
    public void close() {
        renewals.shutdownNow();
        if (held) {
            held = false;
            leases.giveBack();
        }
    }

    private boolean isAnothers(OwnerRecord record) {
        boolean sameRelease = identity.release().isBlank()
                || record.release().isBlank()
                || record.release().equals(identity.release());
        boolean mine =
                record.where().equals(leases.where()) && (identity.elects() ? sameRelease : isHolderGone(record));
        return !mine && !record.holder().equals(holderIdentity);
    }

    private boolean isHolderGone(OwnerRecord record) {
        return record.holder().isBlank() || holder.isGone(record.holder());
    }

    /** Whether it is renewed while we look. */
    private boolean isAlive(OwnerRecord record) {
        if (isHolderGone(record) || record.isSurelyDead(clock.instant())) {
            return false;
        }
        long looks = record.patience().plus(LOOK).toMillis() / LOOK.toMillis();
        for (long look = 0; look < looks; look++) {
            CompletableFuture.runAsync(
                            () -> {}, CompletableFuture.delayedExecutor(LOOK.toMillis(), TimeUnit.MILLISECONDS))
                    .join();
            Optional<OwnerRecord> now = leases.records().stream()
                    .filter(known -> known.where().equals(record.where()))
                    .findFirst();
            if (now.isEmpty() || now.get().holder().isBlank()) {
                return false;
            }
            if (record.isOlderThan(now.get())) {
                return true;
            }
        }
        return false;
    }

    private String sentence(OwnerRecord alive) {
        String release = alive.release().isBlank() ? "" : ", release " + alive.release();
        String what = "another installation of mail-domain-operator works with owner id " + identity.ownerId()
                + " (Lease " + alive.where() + release + "): each would take the other's rules for its own. ";
        return alive.where().equals(leases.where())
                ? what + "Stop it first, or start this one with another --lease-name (and --owner-id)"
                : what + "Stop it first, or give this one another --owner-id (chart: ownerId)";
    }

    private void renew() {
        try {
            leases.announced(true);
        } catch (RuntimeException e) {
            LOG.debug("The Lease {} could not be renewed, it is tried again", leases.where(), e);
        }
    }
}
