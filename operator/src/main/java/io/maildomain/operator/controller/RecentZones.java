package io.maildomain.operator.controller;

import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.credentials.ApiToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The zones of MailDomains that were looked at just now: the CatchAllRule that follows need not look at them again.
 * What another user or tool may have changed since is read once more before it is written over. Lost on a restart, which costs
 * two calls.
 */
public final class RecentZones {

    private final Clock clock;
    private final Duration lasting;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /**
     * What was seen.
     *
     * @param catchAll as it stood then
     */
    public record Seen(Zone zone, CatchAll catchAll) {}

    private record Entry(Seen seen, String token, Instant at) {}

    /** @param lasting how long it counts */
    public RecentZones(Clock clock, Duration lasting) {
        this.clock = clock;
        this.lasting = lasting;
    }

    /** @param uid of the MailDomain whose zone it is, as Cloudflare says with that token */
    public void saw(String uid, ApiToken token, Seen seen) {
        entries.put(uid, new Entry(seen, token.fingerprint(), clock.instant()));
    }

    /** What was seen of this zone with this token for that MailDomain; empty where that was too long ago, or something else. */
    public Optional<Seen> of(String uid, ApiToken token, String zoneId) {
        Instant oldest = clock.instant().minus(lasting);
        return Optional.ofNullable(entries.get(uid))
                .filter(entry -> entry.at().isAfter(oldest))
                .filter(entry -> entry.token().equals(token.fingerprint()))
                .map(Entry::seen)
                .filter(seen -> seen.zone().id().equals(zoneId));
    }

    /** It turned out to be otherwise, or the MailDomain is gone. */
    public void forget(String uid) {
        entries.remove(uid);
    }

    /** The MailDomains of whose zones something is remembered. */
    public Set<String> uids() {
        return Set.copyOf(entries.keySet());
    }
}
