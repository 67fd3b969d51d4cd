package io.maildomain.operator.controller.mailworker;

import io.maildomain.operator.cloudflare.deploy.HostZone;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * In which zones the hosts of MailWorkers are: that hardly ever changes, and takes a call for each label of a name. What was not found is
 * asked for again. Thread-safe.
 */
final class ZoneMemory {

    private final Map<String, Zones> byUid = new ConcurrentHashMap<>();

    /** More than one MailWorker can name at a time; those that it named before are asked for again. */
    private static final int MOST_HOSTS = 100;

    /** Those of one resource with one account. */
    static final class Zones {
        private final String accountId;
        private final Map<String, HostZone> byName;

        Zones(String accountId) {
            this.accountId = accountId;
            this.byName = new ConcurrentHashMap<>();
        }

        Optional<HostZone> of(String name, Supplier<Optional<HostZone>> ask) {
            HostZone known = byName.get(name);
            if (known != null) {
                return Optional.of(known);
            }
            Optional<HostZone> found = ask.get();
            if (byName.size() >= MOST_HOSTS) {
                byName.clear();
            }
            found.ifPresent(zone -> byName.put(name, zone));
            return found;
        }
    }

    /** What is remembered for the resource; nothing once it is deployed to another account. */
    Zones of(String uid, String accountId) {
        return byUid.compute(
                uid, (key, known) -> known != null && known.accountId.equals(accountId) ? known : new Zones(accountId));
    }

    /** Something was not as it was remembered, or the resource is gone. */
    void forget(String uid) {
        byUid.remove(uid);
    }

    Set<String> uids() {
        return Set.copyOf(byUid.keySet());
    }
}
