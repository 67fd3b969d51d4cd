package io.maildomain.operator.controller.maildomain;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.AccountRef;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Mode;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.config.OperatorSettings.MassDeletion;
import io.maildomain.operator.controller.Annotations;
import io.maildomain.operator.kubernetes.informers.MailDomainIndex;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Holds deletions once there are suspiciously many: a deleted CRD or a bad prune must not undo hundreds of domains
 * ({@code docs/guides/deletion.md#too-many-at-once}). People release them by an annotation on the account.
 *
 * <p>Counted are those of one namespace that use one account, or one Secret: no tenant's deletions hold another's. What counts
 * is when they were deleted, which Kubernetes keeps; not how long they have been waiting since, for another reason perhaps.
 */
final class MassDeletionGuard {

    static final String ALLOW = Annotations.PREFIX + "allow-mass-deletion";

    private final ResourceCache cluster;
    private final MassDeletion limit;
    private final Clock clock;
    private final MassDeletionAllowance allowance;
    private final Map<String, CleanedUp> cleanedUp = new ConcurrentHashMap<>();

    /** @param group those whose deletions are counted together */
    private record CleanedUp(String group, Instant deletedAt) {}

    MassDeletionGuard(ResourceCache cluster, MassDeletion limit, Clock clock) {
        this.cluster = cluster;
        this.limit = limit;
        this.clock = clock;
        this.allowance = new MassDeletionAllowance(limit.within());
    }

    /** What to say where the deletion is held; empty where it may go on. */
    Optional<String> holds(MailDomain deleted) {
        Instant time = deletedAt(deleted);
        // Always asked, for it has to see when the annotation changes.
        String annotation = annotation(deleted);
        long allowed = allowance.of(allowedBy(deleted), annotation, time, clock.instant());
        long total = together(times(MailDomainIndex.group(deleted)), time, limit.within());
        boolean held = total > limit.count() || wasHeld(deleted);
        if (!held || allowed >= total) {
            return Optional.empty();
        }
        boolean tooOld = allowed == 0 && !annotation.isEmpty();
        String next = annotation.equals(Long.toString(total)) ? Long.toString(total + 1) : Long.toString(total);
        return Optional.of(total + " MailDomains of this namespace were deleted within a short time, more than " + limit
                + ": their undoing is held. If this is meant, annotate the " + whatToAnnotate(deleted) + " with "
                + ALLOW
                + ": \"" + next + "\""
                + (tooOld ? " (the present value stood there before and does not count)" : "")
                + "; if not, restore the manifests once the resources are released");
    }

    /** A deletion went through and was felt at Cloudflare. */
    void cleanedUp(MailDomain deleted) {
        cleanedUp.put(
                deleted.getMetadata().getUid(), new CleanedUp(MailDomainIndex.group(deleted), deletedAt(deleted)));
    }

    /** What was annotated is gone; that a deletion went through is kept for as long as it counts. */
    void forget(String uid) {
        allowance.forget(uid);
        cleanedUp.computeIfPresent(uid, (key, gone) -> countsStill(gone) ? gone : null);
    }

    /** What was seen without or with the annotation, and the deletions that count no more. */
    Set<String> uids() {
        Set<String> all = new HashSet<>(allowance.uids());
        cleanedUp.forEach((uid, gone) -> {
            if (!countsStill(gone)) {
                all.add(uid);
            }
        });
        return all;
    }

    private boolean countsStill(CleanedUp gone) {
        Instant past = clock.instant().minus(limit.within().multipliedBy(2));
        return !gone.deletedAt().isBefore(past);
    }

    private List<Instant> times(String group) {
        Stream<Instant> waiting = cluster.mailDomains(MailDomainIndex.GOING, group).stream()
                .filter(MassDeletionGuard::wouldCleanUp)
                .filter(other -> !cleanedUp.containsKey(other.getMetadata().getUid()))
                .map(this::deletedAt);
        Stream<Instant> through = cleanedUp.values().stream()
                .filter(gone -> gone.group().equals(group))
                .map(CleanedUp::deletedAt);
        return Stream.concat(waiting, through).toList();
    }

    /** The most deletions in any stretch of time of that length that this one falls into. Sorts once, then slides. */
    static long together(List<Instant> deletions, Instant time, Duration within) {
        List<Instant> near = deletions.stream()
                .filter(other -> !other.isBefore(time.minus(within)) && !other.isAfter(time.plus(within)))
                .sorted()
                .toList();
        int most = 0;
        int end = 0;
        for (int start = 0; start < near.size() && !near.get(start).isAfter(time); start++) {
            Instant last = near.get(start).plus(within);
            while (end < near.size() && !near.get(end).isAfter(last)) {
                end++;
            }
            most = Math.max(most, end - start);
        }
        return most;
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
                .filter(ready -> ready.says(Reason.DeletionHeld))
                .isPresent();
    }

    private Optional<HasMetadata> account(MailDomain deleted) {
        return deleted.getSpec()
                .credentials()
                .wantedAccount()
                .map(AccountRef::name)
                .flatMap(cluster::account);
    }

    private String allowedBy(MailDomain deleted) {
        return account(deleted).orElse(deleted).getMetadata().getUid();
    }

    private String whatToAnnotate(MailDomain deleted) {
        return account(deleted)
                .map(account -> "CloudflareAccount " + account.getMetadata().getName())
                .orElse("MailDomain");
    }

    private String annotation(MailDomain deleted) {
        return Optional.ofNullable(
                        account(deleted).orElse(deleted).getMetadata().getAnnotations())
                .map(annotations -> annotations.get(ALLOW))
                .map(String::trim)
                .orElse("");
    }

    private static boolean wouldCleanUp(MailDomain domain) {
        return domain.getSpec() != null
                && domain.getSpec().mode() == Mode.Manage
                && domain.getSpec().deletionPolicy() == DeletionPolicy.Delete
                && MailDomainStatus.notedZone(domain).isPresent();
    }
}
