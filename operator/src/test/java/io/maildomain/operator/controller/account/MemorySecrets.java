package io.maildomain.operator.controller.account;

import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Secrets in memory; remembers who references what. */
public final class MemorySecrets implements CredentialsResolver.Secrets {

    private final Map<SecretKey, SecretState> states = new HashMap<>();
    private final Map<Object, Set<SecretKey>> retained = new HashMap<>();
    private boolean unreadAtFirst;

    /** @param pairs key, value, key, value … */
    public MemorySecrets holding(String namespace, String name, String... pairs) {
        Map<String, byte[]> data = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            data.put(pairs[i], pairs[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return knowing(namespace, name, new SecretState.Present(data, "1"));
    }

    public MemorySecrets knowing(String namespace, String name, SecretState state) {
        states.put(new SecretKey(namespace, name), state);
        return this;
    }

    public void remove(String namespace, String name) {
        states.remove(new SecretKey(namespace, name));
    }

    /** What this user references; empty where nothing. */
    public Set<SecretKey> retainedBy(Object user) {
        return retained.getOrDefault(user, Set.of());
    }

    @Override
    public void retain(Object user, Set<SecretKey> keys) {
        retained.put(user, Set.copyOf(keys));
    }

    /** The operator starts anew: nothing is referenced, and from now on nothing is known of a Secret that no user references. */
    public void unread() {
        retained.clear();
        unreadAtFirst = true;
    }

    @Override
    public SecretState get(SecretKey key) {
        boolean followed = retained.values().stream().anyMatch(keys -> keys.contains(key));
        if (unreadAtFirst && !followed) {
            return new SecretState.Unknown(SecretState.Cause.NOT_SYNCED, "Secret " + key + " has not been read yet");
        }
        return states.getOrDefault(key, new SecretState.Absent());
    }
}
