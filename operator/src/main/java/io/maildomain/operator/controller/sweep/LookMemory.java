package io.maildomain.operator.controller.sweep;

import io.maildomain.operator.cloudflare.DnsReport;
import io.maildomain.operator.controller.sweep.AccountView.Answer;
import io.maildomain.operator.controller.sweep.Subject.Place;
import io.maildomain.operator.controller.sweep.Subject.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When each resource last looked for itself, and what it read of the records of its hosts since: no list holds these.
 * Thread-safe.
 */
final class LookMemory {

    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Known>> records = new ConcurrentHashMap<>();
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    /**
     * A resource's last look of its own.
     *
     * @param token the fingerprint of the token that it used
     * @param found where and on which terms all was as it should be; null where it was not
     */
    record Look(Instant at, String token, @Nullable Well found) {

        /** Whether all was as it should be. */
        boolean well() {
            return found != null;
        }

        /** Whether it was there, as far as is known. */
        boolean wasAt(Place place) {
            return token.equals(place.token().fingerprint())
                    && (found == null || found.zoneId().equals(place.zoneId()));
        }

        /** Whether it was on these terms, as far as is known. */
        boolean wasOn(Terms terms) {
            return found == null || found.terms().equals(terms);
        }
    }

    /**
     * All was as it should be.
     *
     * @param accountId where the zone was, as Cloudflare told
     */
    record Well(String accountId, String zoneId, Terms terms) {

        static Well at(Place place) {
            return new Well(place.accountId(), place.zoneId(), place.terms());
        }
    }

    /**
     * What a sweep told of a resource that was as its status says.
     *
     * @param version of the resource
     * @param began when the latest sweep began that told the same
     */
    record Found(Answer answer, String version, Instant began) {}

    private record Known(DnsReport report, Instant at) {}

    /** What was known of its hosts before is of no use any more: the look may have changed it. */
    void looked(String uid, Look look) {
        looks.put(uid, look);
        records.remove(uid);
        found.remove(uid);
    }

    /** A sweep told this of it, and it was as its status says. */
    void foundBy(String uid, Found last) {
        found.put(uid, last);
    }

    Optional<Found> foundBySweep(String uid) {
        return Optional.ofNullable(found.get(uid));
    }

    Optional<Look> of(String uid) {
        return Optional.ofNullable(looks.get(uid));
    }

    void learn(String uid, String host, DnsReport report, Instant now) {
        records.computeIfAbsent(uid, key -> new ConcurrentHashMap<>()).put(host, new Known(report, now));
    }

    /** @param goodFor what is older counts no more */
    Optional<DnsReport> records(String uid, String host, Instant now, Duration goodFor) {
        return Optional.ofNullable(records.getOrDefault(uid, Map.of()).get(host))
                .filter(known -> now.isBefore(known.at().plus(goodFor)))
                .map(Known::report);
    }

    void forget(String uid) {
        looks.remove(uid);
        records.remove(uid);
        found.remove(uid);
    }

    Set<String> uids() {
        Set<String> all = new HashSet<>(looks.keySet());
        all.addAll(records.keySet());
        all.addAll(found.keySet());
        return all;
    }
}
