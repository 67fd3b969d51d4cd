package io.maildomain.operator.controller.maildomain;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * For which deletions the annotation that allows many of them was meant: those that were made before it was set, and those
 * of the window that follows. A value that stood there before, in Git perhaps, allows nothing for ever; nor does one that this
 * process has not seen appear, which after a restart takes one more edit. Thread-safe; one entry for each account.
 */
final class MassDeletionAllowance {

    private static final int MOST = 10_000;

    private final Duration within;
    private final Map<String, Seen> byResource = new ConcurrentHashMap<>();

    /** @param since when it changed to this value; null where it stood there when it was first seen */
    private record Seen(String value, @Nullable Instant since) {}

    MassDeletionAllowance(Duration within) {
        this.within = within;
    }

    /**
     * How many deletions are allowed.
     *
     * @param resource the UID of what is annotated
     * @param value the annotation as it is now; "" where there is none
     * @param deletedAt when the MailDomain in question was deleted
     */
    long of(String resource, String value, Instant deletedAt, Instant now) {
        if (byResource.size() > MOST) {
            byResource.clear();
        }
        Seen seen = byResource.compute(resource, (key, before) -> {
            if (before == null) {
                return new Seen(value, null);
            }
            return before.value().equals(value) ? before : new Seen(value, now);
        });
        boolean meant = seen.since() != null && !deletedAt.isAfter(seen.since().plus(within));
        return meant ? number(value) : 0;
    }

    void forget(String resource) {
        byResource.remove(resource);
    }

    Set<String> uids() {
        return Set.copyOf(byResource.keySet());
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
