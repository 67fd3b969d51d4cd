package io.maildomain.operator.domain;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was learned of removing a subdomain's records, for all zones and for as long as the process lives: there may be
 * APIs that ignore which subdomain they are asked for, and switch the whole domain off (DESIGN, Ownership, Routing).
 */
final class SubdomainRemoval {

    /** Zones, and which of their subdomains went off with them. */
    private final Map<String, List<String>> switchedOff = new ConcurrentHashMap<>();

    private volatile boolean unsafe;

    /** Whether the call must not be made any more. */
    boolean isUnsafe() {
        return unsafe;
    }

    /** The call switched that zone off; it has to go on again, and so have these subdomains of it. */
    void switchedOff(String zoneId, List<String> hosts) {
        unsafe = true;
        switchedOff.put(zoneId, List.copyOf(hosts));
    }

    /** Whether the zone is off because of that call. */
    boolean isOff(String zoneId) {
        return switchedOff.containsKey(zoneId);
    }

    /** The subdomains that went off with it. */
    List<String> hosts(String zoneId) {
        return switchedOff.getOrDefault(zoneId, List.of());
    }

    /** The zone is on again. */
    void onAgain(String zoneId) {
        switchedOff.remove(zoneId);
    }
}
