package io.maildomain.operator.domain;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.AccountRef;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.conditions.Conditions;
import io.maildomain.operator.settings.OperatorSettings.MassDeletion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Holds deletions once there are suspiciously many: a deleted CRD or a bad prune must not undo hundreds of domains
 * (DESIGN, Deletion). People let them go by an annotation on the account.
 *
 * <p>What counts is when they were deleted, which Kubernetes keeps; not how long they have been waiting since, for another
 * reason perhaps.
 */
final class DeletionBrake {

    static final String HELD = "DeletionHeld";

    private static final String ALLOW = Annotations.PREFIX + "allow-mass-deletion";

    private final Cluster cluster;
    private final MassDeletion limit;
    private final Clock clock;
    private final Map<String, Instant> undone = new ConcurrentHashMap<>();

    DeletionBrake(Cluster cluster, MassDeletion limit, Clock clock) {
        this.cluster = cluster;
        this.limit = limit;
        this.clock = clock;
    }

    /** What to say where the deletion is held; empty where it may go on. */
    Optional<String> holds(MailDomain deleted) {
        long total = deletedTogetherWith(deletedAt(deleted));
        boolean held = total > limit.count() || wasHeld(deleted);
        if (!held || allowed(deleted) >= total) {
            return Optional.empty();
        }
        return Optional.of(total + " MailDomains were deleted within a short time, more than " + limit
                + ": their undoing is held. If this is meant, annotate the CloudflareAccount with " + ALLOW + ": \""
                + total + "\"; if not, restore the manifests once the resources are released");
    }

    /** A deletion went through and was felt at Cloudflare. */
    void undone(MailDomain deleted) {
        Instant past = clock.instant().minus(limit.within().multipliedBy(2));
        undone.values().removeIf(time -> time.isBefore(past));
        undone.put(deleted.getMetadata().getUid(), deletedAt(deleted));
    }

    /** The most deletions in any stretch of time of the limit's length that this one falls into. */
    private long deletedTogetherWith(Instant time) {
        List<Instant> times = Stream.concat(
                        cluster.mailDomains().stream()
                                .filter(MailDomain::isMarkedForDeletion)
                                .filter(DeletionBrake::wouldUndo)
                                .filter(other ->
                                        !undone.containsKey(other.getMetadata().getUid()))
                                .map(this::deletedAt),
                        undone.values().stream())
                .toList();
        return times.stream()
                .filter(start ->
                        !start.isAfter(time) && !start.plus(limit.within()).isBefore(time))
                .mapToLong(start -> times.stream()
                        .filter(other -> !other.isBefore(start) && !other.isAfter(start.plus(limit.within())))
                        .count())
                .max()
                .orElse(0);
    }

    private Instant deletedAt(HasMetadata resource) {
        return Optional.ofNullable(resource.getMetadata().getDeletionTimestamp())
                .map(Instant::parse)
                .orElseGet(clock::instant);
    }

    /** Neither a restart nor time releases what was held. */
    private static boolean wasHeld(MailDomain deleted) {
        return Optional.ofNullable(deleted.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
                .filter(ready -> HELD.equals(ready.reason()))
                .isPresent();
    }

    private long allowed(MailDomain deleted) {
        Optional<HasMetadata> account = deleted.getSpec()
                .credentials()
                .wantedAccount()
                .map(AccountRef::name)
                .flatMap(cluster::account);
        return account.or(() -> Optional.of(deleted))
                .map(resource -> resource.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(ALLOW))
                .map(DeletionBrake::number)
                .orElse(0L);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean wouldUndo(MailDomain domain) {
        return domain.getSpec() != null
                && domain.getSpec().mode() == Mode.Manage
                && domain.getSpec().deletionPolicy() == DeletionPolicy.Delete
                && Optional.ofNullable(domain.getStatus())
                        .flatMap(MailDomainStatus::ledger)
                        .flatMap(ledger -> ledger.notedZone())
                        .isPresent();
    }
}
