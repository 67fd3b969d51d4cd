package io.maildomain.operator.controller;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resources that worked and met a refusal once. Cloudflare gives a stray one now and then, so that the first in a row is
 * looked into by another look soon, and the second is believed. Thread-safe.
 */
public final class FirstRefusals {

    private final Set<String> met = ConcurrentHashMap.newKeySet();

    /** Whether this refusal is the first in a row; the next one will not be. */
    public boolean isFirst(String uid) {
        return met.add(uid);
    }

    /** The resources of which something is remembered. */
    public Set<String> uids() {
        return Set.copyOf(met);
    }

    /** The resource works, or is gone. */
    public void forget(String uid) {
        met.remove(uid);
    }
}
