package io.maildomain.operator.cloudflare;

import io.maildomain.api.v1alpha1.RightState;
import java.util.HashMap;
import java.util.Map;

/**
 * What answers have shown of one right of one token. Cloudflare answers alike whether a right is missing or the zone is
 * out of the token's scope: a refusal for a zone that worked before, or while no other zone works, is taken for a missing
 * right; one for another zone is that zone's affair. Immutable.
 *
 * @param zones zones that a call was answered for, and whether one of those calls wrote; "" stands for no single zone
 * @param readRefused no read went through since one was refused
 * @param writeRefused no write went through since one was refused
 */
record PermissionEvidence(Map<String, Boolean> zones, boolean readRefused, boolean writeRefused) {

    /** So many zones are told apart; beyond that the ones known speak for the others. */
    private static final int MOST_ZONES = 1_000;

    PermissionEvidence {
        zones = Map.copyOf(zones);
    }

    static PermissionEvidence none() {
        return new PermissionEvidence(Map.of(), false, false);
    }

    PermissionEvidence answered(String zone, boolean write) {
        boolean known = zones.containsKey(zone);
        boolean written = write || Boolean.TRUE.equals(zones.get(zone));
        if (known
                && !readRefused
                && !(writeRefused && write)
                && Boolean.valueOf(written).equals(zones.get(zone))) {
            return this;
        }
        Map<String, Boolean> now = known || zones.size() < MOST_ZONES ? with(zone, written) : zones;
        return new PermissionEvidence(now, false, writeRefused && !write);
    }

    PermissionEvidence refused(String zone, boolean write) {
        return write ? writeRefused(zone) : readRefused(zone);
    }

    /** What was refused is tried afresh: a user may have added the right, and the operator does not write just to find out. */
    PermissionEvidence withoutRefusals() {
        return new PermissionEvidence(zones, false, false);
    }

    RightState standing() {
        if (readRefused || writeRefused) {
            return RightState.Missing;
        }
        if (zones.containsValue(true)) {
            return RightState.Granted;
        }
        return zones.isEmpty() ? RightState.Unknown : RightState.Readable;
    }

    private PermissionEvidence readRefused(String zone) {
        boolean zonesOwnAffair = !zones.isEmpty() && !zones.containsKey(zone);
        return zonesOwnAffair ? this : new PermissionEvidence(Map.of(), true, writeRefused);
    }

    private PermissionEvidence writeRefused(String zone) {
        boolean worksElsewhere = zones.entrySet().stream()
                .anyMatch(entry -> entry.getValue() && !entry.getKey().equals(zone));
        if (worksElsewhere && !Boolean.TRUE.equals(zones.get(zone))) {
            return this;
        }
        Map<String, Boolean> readable = new HashMap<>();
        zones.keySet().forEach(known -> readable.put(known, false));
        return new PermissionEvidence(readable, readRefused, true);
    }

    private Map<String, Boolean> with(String zone, boolean written) {
        Map<String, Boolean> now = new HashMap<>(zones);
        now.put(zone, written);
        return now;
    }
}
