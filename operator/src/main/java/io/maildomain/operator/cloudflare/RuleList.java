package io.maildomain.operator.cloudflare;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The routing rules of a zone, in the order in which they were created.
 *
 * @param catchAll the catch-all if the list held it, else null; read it by {@link #listedCatchAll()}
 */
public record RuleList(List<RoutingRule> rules, @Nullable CatchAll catchAll) {
    public RuleList {
        rules = List.copyOf(rules);
    }

    /** The catch-all, which Cloudflare gives as one of the rules; empty where the list did not hold it. */
    public Optional<CatchAll> listedCatchAll() {
        return Optional.ofNullable(catchAll);
    }
}
