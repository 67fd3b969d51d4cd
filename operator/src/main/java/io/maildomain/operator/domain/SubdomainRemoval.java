package io.maildomain.operator.domain;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was learned of removing a subdomain's records, for all zones and for as long as the process lives: there may be
 * APIs that ignore which subdomain they are asked for, and switch the whole domain off (DESIGN, Ownership, Routing).
 */
final class SubdomainRemoval {

    private final Set<String> switchedOff = ConcurrentHashMap.newKeySet();
    private volatile boolean unsafe;

    /** Whether the call must not be made any more. */
    boolean isUnsafe() {
        return unsafe;
    }

    /** The call switched that zone off; it has to go on again. */
    void switchedOff(String zoneId) {
        unsafe = true;
        switchedOff.add(zoneId);
    }

    /** Whether the zone is off because of that call. */
    boolean isOff(String zoneId) {
        return switchedOff.contains(zoneId);
    }

    /** The zone is on again. */
    void onAgain(String zoneId) {
        switchedOff.remove(zoneId);
    }
}
