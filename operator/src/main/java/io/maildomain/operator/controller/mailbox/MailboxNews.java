package io.maildomain.operator.controller.mailbox;

import io.maildomain.api.v1alpha1.MailDomain;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which MailDomains have Mailboxes that came, changed, went or expired, until these look: they look at once, and at rules only. What is
 * written does not depend on it, so that nothing is lost with it. Thread-safe.
 */
public final class MailboxNews {

    /** By the MailDomain's UID. */
    private final Map<String, Long> stamps = new ConcurrentHashMap<>();

    private final AtomicLong last = new AtomicLong();

    /** There is something new for this MailDomain. */
    public void heard(MailDomain domain) {
        stamps.put(uid(domain), last.incrementAndGet());
    }

    /** Which news there are; 0: none. */
    long stamp(MailDomain domain) {
        return stamps.getOrDefault(uid(domain), 0L);
    }

    /** These were heeded; later ones were not. */
    void read(MailDomain domain, long stamp) {
        stamps.remove(uid(domain), stamp);
    }

    /** The MailDomain is gone. */
    void forget(String uid) {
        stamps.remove(uid);
    }

    Set<String> uids() {
        return Set.copyOf(stamps.keySet());
    }

    private static String uid(MailDomain domain) {
        return domain.getMetadata().getUid();
    }
}
