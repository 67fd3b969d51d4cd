package io.maildomain.operator.controller.source;

import io.maildomain.operator.sources.Bundle;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files by the digest that names them, up to so many bytes; what was not asked for the longest goes first. Each namespace has its own: one
 * that knows a digest may still not pull what it names. Thread-safe.
 */
final class BundleCache {

    private final long most;
    private final Map<String, Bundle> byKey = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    /** @param most bytes of files; the newest stays, however large it is */
    BundleCache(long most) {
        this.most = most;
    }

    synchronized Optional<Bundle> get(String namespace, String digest) {
        return Optional.ofNullable(byKey.get(key(namespace, digest)));
    }

    synchronized void put(String namespace, Bundle bundle) {
        Bundle before = byKey.put(key(namespace, bundle.digest()), bundle);
        held += bundle.size() - (before == null ? 0 : before.size());
        Iterator<Bundle> oldest = byKey.values().iterator();
        while (held > most && byKey.size() > 1) {
            held -= oldest.next().size();
            oldest.remove();
        }
    }

    private static String key(String namespace, String digest) {
        return namespace + " " + digest;
    }
}
