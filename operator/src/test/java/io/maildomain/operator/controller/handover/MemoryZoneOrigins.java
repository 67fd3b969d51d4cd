package io.maildomain.operator.controller.handover;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@link ZoneOrigins} in memory; they survive a restart of the operator, as ConfigMaps do. */
public final class MemoryZoneOrigins implements ZoneOrigins {

    private final Map<String, ZoneOriginRecord> origins = new HashMap<>();

    @Override
    public Optional<ZoneOriginRecord> of(String uid) {
        return Optional.ofNullable(origins.get(uid));
    }

    @Override
    public void note(ZoneOriginRecord origin) {
        origins.put(origin.uid(), origin);
    }

    @Override
    public void forget(String uid) {
        origins.remove(uid);
    }

    /** A user deletes the operator's ConfigMaps. */
    public void lose() {
        origins.clear();
    }

    public int size() {
        return origins.size();
    }
}
