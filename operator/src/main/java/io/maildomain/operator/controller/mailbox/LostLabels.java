package io.maildomain.operator.controller.mailbox;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.MailboxGrants;
import io.maildomain.operator.controller.mailbox.plan.LostLabel;
import io.maildomain.operator.kubernetes.informers.MailDomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces that a MailDomain let in until they lost a label. Tools lose labels for a moment: no mail must be lost by that, nor reach
 * another team. So rules and addresses of their Mailboxes stay for a while. What the owner changes in {@code spec.mailboxes} counts at
 * once. Lost on a restart. Thread-safe.
 */
final class LostLabels {

    static final Duration GRACE = Duration.ofMinutes(10);

    /** By the MailDomain's UID. */
    private final Map<String, LetIn> known = new ConcurrentHashMap<>();

    private volatile Instant ticked = Instant.MIN;

    /** @param namespaces that a Mailbox of the MailDomain is in, and that it lets in, or did */
    private record LetIn(MailDomainName domain, Map<String, Known> namespaces) {}

    /**
     * @param labels by which the namespace was let in
     * @param lost since when it does not have them all; null: it has
     */
    private record Known(
            Map<String, String> labels, @Nullable Instant lost) {

        Instant end() {
            return lost == null ? Instant.MAX : lost.plus(GRACE);
        }
    }

    /**
     * The namespaces that have just lost what let them in.
     *
     * @param labels as they are now, by namespace
     */
    Map<String, LostLabel> of(MailDomain domain, Map<String, Map<String, String>> labels, Instant now) {
        MailboxGrants grants = new MailboxGrants(domain.getSpec().mailboxes());
        Map<String, LostLabel> lost = new HashMap<>();
        known.compute(domain.getMetadata().getUid(), (uid, before) -> {
            Map<String, Known> after = new HashMap<>();
            labels.forEach((namespace, found) -> {
                Known last = before == null ? null : before.namespaces().get(namespace);
                if (last != null && !grants.selecting(found).containsAll(grants.selecting(last.labels()))) {
                    Known still = new Known(last.labels(), last.lost() == null ? now : last.lost());
                    after.put(namespace, still);
                    if (now.isBefore(still.end())) {
                        lost.put(namespace, new LostLabel(last.labels(), still.end()));
                    }
                } else if (!grants.selecting(found).isEmpty()) {
                    after.put(namespace, new Known(found, null));
                }
            });
            return after.isEmpty() ? null : new LetIn(MailDomainName.of(domain), Map.copyOf(after));
        });
        return lost;
    }

    /** MailDomains for which the time of a namespace has ended since this was last asked. */
    List<MailDomainName> ended(Instant now) {
        Instant since = ticked;
        ticked = now;
        return known.values().stream()
                .filter(letIn -> letIn.namespaces().values().stream()
                        .anyMatch(one -> since.isBefore(one.end()) && !now.isBefore(one.end())))
                .map(LetIn::domain)
                .toList();
    }

    void forget(String uid) {
        known.remove(uid);
    }

    Set<String> uids() {
        return Set.copyOf(known.keySet());
    }
}
