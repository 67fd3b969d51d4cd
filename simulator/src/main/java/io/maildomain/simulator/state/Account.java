package io.maildomain.simulator.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Cloudflare account with what belongs to it rather than to a zone.
 *
 * @param pendingZoneLimit how many zones may wait for activation before creation is refused with 1118
 */
public record Account(
        String id,
        String name,
        String type,
        int pendingZoneLimit,
        Instant createdOn,
        List<DestinationAddress> addresses,
        List<Worker> workers,
        List<Suppression> suppressions,
        Platform platform) {

    /** The account that every simulator starts with. */
    public static final String DEFAULT_ID = "0123456789abcdef0123456789abcdef";

    /** Cloudflare does not publish its cap; this one is high enough for a fleet. */
    public static final int DEFAULT_PENDING_ZONE_LIMIT = 1000;

    public Account {
        id = id == null ? Ids.next() : id;
        name = name == null ? "Account " + id.substring(0, 6) : name;
        type = type == null ? "standard" : type;
        pendingZoneLimit = pendingZoneLimit <= 0 ? DEFAULT_PENDING_ZONE_LIMIT : pendingZoneLimit;
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
        workers = workers == null ? List.of() : List.copyOf(workers);
        suppressions = suppressions == null ? List.of() : List.copyOf(suppressions);
        platform = platform == null ? Platform.empty() : platform;
    }

    /** An account that holds nothing yet. */
    public static Account empty(String id, String name, Instant now) {
        return new Account(id, name, null, 0, now, null, null, null, null);
    }

    public Account withAddresses(List<DestinationAddress> changed) {
        return new Account(id, name, type, pendingZoneLimit, createdOn, changed, workers, suppressions, platform);
    }

    public Account withWorkers(List<Worker> changed) {
        return new Account(id, name, type, pendingZoneLimit, createdOn, addresses, changed, suppressions, platform);
    }

    public Account withSuppressions(List<Suppression> changed) {
        return new Account(id, name, type, pendingZoneLimit, createdOn, addresses, workers, changed, platform);
    }

    public Account withPlatform(Platform changed) {
        return new Account(id, name, type, pendingZoneLimit, createdOn, addresses, workers, suppressions, changed);
    }

    /** The destination address of that email; case does not matter. */
    public Optional<DestinationAddress> address(String email) {
        return addresses.stream()
                .filter(a -> HostNames.sameAddress(a.email(), email))
                .findFirst();
    }

    public Optional<Worker> worker(String name) {
        return workers.stream().filter(w -> w.name().equals(name)).findFirst();
    }
}
