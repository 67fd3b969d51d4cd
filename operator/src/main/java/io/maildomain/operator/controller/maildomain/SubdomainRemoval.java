package io.maildomain.operator.controller.maildomain;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was learned of removing a subdomain's records, zone by zone and for as long as the process lives: there may be
 * APIs that ignore which subdomain they are asked for, and switch the whole domain off ({@code docs/contributing/cloudflare-facts.md#settings-and-dns}).
 */
public final class SubdomainRemoval {

    /** What is known of more zones than these is forgotten as by a restart: an entry of a resource that vanished never ends. */
    static final int MOST = 10_000;

    /** Zones in which the call was made and its effect is not known yet, and the subdomains that must stay. */
    private final Map<String, List<String>> sent = new ConcurrentHashMap<>();

    /** Zones, and which of their subdomains went off with them. */
    private final Map<String, List<String>> switchedOff = new ConcurrentHashMap<>();

    /** Zones that went off with the call. Each by itself: a user who switches a zone off in that moment decides for no other. */
    private final Set<String> unsafe = ConcurrentHashMap.newKeySet();

    /** Whether the call must not be made any more in this zone. */
    public boolean isUnsafe(String zoneId) {
        return unsafe.contains(zoneId);
    }

    /** Whether something is left to see to of an earlier call. */
    boolean isOpen(String zoneId) {
        return isSent(zoneId) || isOff(zoneId);
    }

    /** The call is about to be made; should it switch the zone off, these subdomains of it go off as well. */
    public void sent(String zoneId, List<String> hosts) {
        makeRoom(sent.keySet());
        sent.put(zoneId, List.copyOf(hosts));
    }

    private static void makeRoom(Set<String> zones) {
        if (zones.size() >= MOST) {
            zones.clear();
        }
    }

    /** Whether the call was made, and what it did was not seen yet. */
    public boolean isSent(String zoneId) {
        return sent.containsKey(zoneId);
    }

    /** What the call did is known: if it switched the zone off, that has to go on again. */
    public void seen(String zoneId, boolean stillOn) {
        List<String> hosts = sent.remove(zoneId);
        if (!stillOn && hosts != null) {
            makeRoom(unsafe);
            makeRoom(switchedOff.keySet());
            unsafe.add(zoneId);
            switchedOff.put(zoneId, hosts);
        }
    }

    /** Whether the zone is off because of that call. */
    public boolean isOff(String zoneId) {
        return switchedOff.containsKey(zoneId);
    }

    /** The subdomains that went off with it. */
    public List<String> hosts(String zoneId) {
        return switchedOff.getOrDefault(zoneId, List.of());
    }

    /** Nothing is left to see to: the call had no effect, the zone is on again, or we have switched it off ourselves. */
    public void forget(String zoneId) {
        sent.remove(zoneId);
        switchedOff.remove(zoneId);
    }
}
