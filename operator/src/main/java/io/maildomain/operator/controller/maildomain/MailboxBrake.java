package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.config.OperatorSettings.MassDeletion;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many rules may go with Mailboxes that are gone: a deleted CRD or a bad prune must not undo the addresses of all teams. Those over
 * the limit stay until the Mailboxes are back, or people release them by an annotation on the MailDomain. What is held stands at
 * Cloudflare, so that neither a restart nor time releases more than the limit. Thread-safe.
 */
final class MailboxBrake {

    private final MassDeletion limit;
    private final Clock clock;
    private final MassDeletionAllowance allowance;

    /** When the rules went, by the MailDomain's UID; of the last stretch of time only. */
    private final Map<String, List<Instant>> went = new ConcurrentHashMap<>();

    MailboxBrake(MassDeletion limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
        this.allowance = new MassDeletionAllowance(limit.within());
    }

    /** So many may go now. */
    int room(MailDomain live) {
        Instant now = clock.instant();
        // Always asked, for it has to see when the annotation changes.
        long allowed = allowance.of(uid(live), annotation(live), now, now);
        return (int)
                Math.max(0, Math.max(limit.count(), allowed) - recently(live).size());
    }

    /** So many went. */
    void went(MailDomain live, int count) {
        List<Instant> all = new ArrayList<>(recently(live));
        Stream.generate(clock::instant).limit(count).forEach(all::add);
        went.compute(uid(live), (uid, before) -> all.isEmpty() ? null : List.copyOf(all));
    }

    /** What to do about those that are held, in a sentence. */
    String says(MailDomain live, int held) {
        long total = held + (long) recently(live).size();
        String next = annotation(live).equals(Long.toString(total)) ? Long.toString(total + 1) : Long.toString(total);
        return total + " Mailboxes went within a short time, more than " + limit + ": the rules of " + held
                + " stay, and so does their mail. If this is meant, annotate the MailDomain with "
                + MassDeletionGuard.ALLOW
                + ": \"" + next + "\"; if not, apply the Mailboxes again";
    }

    void forget(String uid) {
        went.remove(uid);
        allowance.forget(uid);
    }

    Set<String> uids() {
        return Stream.concat(went.keySet().stream(), allowance.uids().stream()).collect(Collectors.toSet());
    }

    private List<Instant> recently(MailDomain live) {
        Instant since = clock.instant().minus(limit.within());
        return went.getOrDefault(uid(live), List.of()).stream()
                .filter(since::isBefore)
                .toList();
    }

    private static String annotation(MailDomain live) {
        return Optional.ofNullable(live.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(MassDeletionGuard.ALLOW))
                .map(String::trim)
                .orElse("");
    }

    private static String uid(MailDomain live) {
        return live.getMetadata().getUid();
    }
}
