package io.maildomain.operator.dns;

import io.maildomain.operator.dns.plan.Sight;
import io.maildomain.operator.dns.plan.WorldView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tests want the world to see of domains: switched off until they say something. */
public final class MemoryWorld implements World {

    private final Map<String, WorldView> byDomain = new HashMap<>();
    private final Set<String> watched = new HashSet<>();
    private boolean looks;

    /** From now on domains are looked at. */
    public void looks() {
        looks = true;
    }

    /** From now on none is. */
    public void looksNoMore() {
        looks = false;
    }

    /** What is seen of a domain from now on. */
    public void shows(String domain, WorldView view) {
        looks = true;
        byDomain.put(domain, view);
    }

    /** The operator has started anew. */
    public void isForgotten() {
        byDomain.clear();
    }

    @Override
    public Sight of(Subject subject) {
        if (!looks) {
            return new Sight.Off();
        }
        watched.add(subject.uid());
        return Optional.ofNullable(byDomain.get(subject.domain()))
                .<Sight>map(Sight.Seen::new)
                .orElseGet(Sight.NotYet::new);
    }

    @Override
    public boolean isLooking() {
        return looks;
    }

    @Override
    public void forget(String uid) {
        watched.remove(uid);
    }

    @Override
    public Set<String> uids() {
        return Set.copyOf(watched);
    }
}
