package io.maildomain.operator.kubernetes.secrets;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who references which Secret. A Secret is wanted as long as one user references it, and counts once however many do. */
final class SecretReferences {

    private final Map<Object, Set<SecretKey>> byUser = new HashMap<>();
    private final Set<Object> comeFirst = new HashSet<>();

    /** @return whether anything changed for this user */
    synchronized boolean retain(Object user, Set<SecretKey> keys) {
        if (keys.isEmpty()) {
            return release(user);
        }
        Set<SecretKey> wanted = Set.copyOf(keys);
        return !wanted.equals(byUser.put(user, wanted));
    }

    /** The same for a user whose Secrets come before others'. @return whether anything changed */
    synchronized boolean retainFirst(Object user, Set<SecretKey> keys) {
        boolean changed = retain(user, keys);
        return !keys.isEmpty() && comeFirst.add(user) || changed;
    }

    /** Every Secret that comes before the others. */
    synchronized Set<SecretKey> first() {
        Set<SecretKey> all = new HashSet<>();
        comeFirst.forEach(user -> all.addAll(byUser.getOrDefault(user, Set.of())));
        return all;
    }

    /** @return whether the user referenced anything */
    synchronized boolean release(Object user) {
        comeFirst.remove(user);
        return byUser.remove(user) != null;
    }

    synchronized Set<Object> users() {
        return Set.copyOf(byUser.keySet());
    }

    synchronized boolean isWanted(SecretKey key) {
        return byUser.values().stream().anyMatch(keys -> keys.contains(key));
    }

    /** Every Secret that a resource references, in a stable order. */
    synchronized SortedSet<SecretKey> wanted() {
        SortedSet<SecretKey> all = new TreeSet<>();
        byUser.values().forEach(all::addAll);
        return all;
    }
}
