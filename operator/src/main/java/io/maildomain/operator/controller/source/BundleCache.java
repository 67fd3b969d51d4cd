package io.maildomain.operator.controller.source;

import io.maildomain.operator.sources.Bundle;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files by the digest that names them, up to so many bytes. Each namespace has its own: one that knows a digest may still not pull what it
 * names. None holds more than half of all, and where it is too much the namespace that holds the most loses what it did not ask for the
 * longest: so no namespace pushes out what those hold that hold less. Thread-safe.
 */
final class BundleCache {

    private final long most;
    private final Map<String, Map<String, Bundle>> byNamespace = new HashMap<>();

    /** @param most bytes of files; the newest stays, however large it is */
    BundleCache(long most) {
        this.most = most;
    }

    synchronized Optional<Bundle> get(String namespace, String digest) {
        return Optional.ofNullable(byNamespace.getOrDefault(namespace, Map.of()).get(digest));
    }

    synchronized void put(String namespace, Bundle bundle) {
        Map<String, Bundle> theirs =
                byNamespace.computeIfAbsent(namespace, any -> new LinkedHashMap<>(16, 0.75f, true));
        theirs.put(bundle.digest(), bundle);
        while (size(theirs) > most / 2 && theirs.size() > 1) {
            dropOldest(theirs);
        }
        while (byNamespace.values().stream().mapToLong(BundleCache::size).sum() > most) {
            Optional<Map<String, Bundle>> largest = byNamespace.values().stream()
                    .filter(one -> one != theirs || one.size() > 1)
                    .max(Comparator.comparingLong(BundleCache::size));
            if (largest.isEmpty()) {
                return;
            }
            dropOldest(largest.get());
            byNamespace.values().removeIf(Map::isEmpty);
        }
    }

    private static void dropOldest(Map<String, Bundle> theirs) {
        Iterator<Bundle> oldest = theirs.values().iterator();
        oldest.next();
        oldest.remove();
    }

    private static long size(Map<String, Bundle> theirs) {
        return theirs.values().stream().mapToLong(Bundle::size).sum();
    }
}
