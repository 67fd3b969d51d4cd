package io.maildomain.operator.dns;

import io.maildomain.operator.dns.plan.Sight;
import java.util.Set;

/** What the world sees of domains. Never waits. */
public interface World {

    /** It is not looked at. */
    World OFF = new World() {
        @Override
        public Sight of(Subject subject) {
            return new Sight.Off();
        }

        @Override
        public boolean isLooking() {
            return false;
        }

        @Override
        public void forget(String uid) {
            // Nothing is remembered.
        }

        @Override
        public Set<String> uids() {
            return Set.of();
        }
    };

    /**
     * A resource and its domain.
     *
     * @param domain as A-labels
     */
    record Subject(String uid, String namespace, String name, String domain) {}

    /** As it was seen last. The domain of a subject that is new is looked at soon, and from then on again and again. */
    Sight of(Subject subject);

    /** Whether it is looked at at all. */
    default boolean isLooking() {
        return true;
    }

    /** It is not looked at any more. */
    void forget(String uid);

    /** The resources of which something is remembered. */
    Set<String> uids();
}
