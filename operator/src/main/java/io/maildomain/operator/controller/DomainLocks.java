package io.maildomain.operator.controller;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Locks by domain. No thread ever waits for one: a reconcile that finds it taken comes back in a second. */
public final class DomainLocks {

    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    /** Does the work with the domain's lock held; does nothing and returns empty where another reconcile holds it. */
    public <T> Optional<T> alone(String domain, Supplier<T> work) {
        if (!taken.add(domain)) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            taken.remove(domain);
        }
    }
}
