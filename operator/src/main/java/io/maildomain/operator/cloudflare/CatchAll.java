package io.maildomain.operator.cloudflare;

import java.util.List;

/**
 * The rule for mail that no other rule names; each zone has exactly one.
 *
 * @param id "" where Cloudflare gives none
 * @param source {@code api} or {@code wrangler}
 */
public record CatchAll(String id, String name, boolean enabled, List<RuleAction> actions, String source) {

    /** As it is in a zone that was never touched; also where Cloudflare has none yet. */
    public static final CatchAll UNTOUCHED = new CatchAll("", "", false, List.of(RuleAction.drop()), "api");

    public CatchAll {
        id = Text.orEmpty(id);
        name = Text.orEmpty(name);
        actions = Text.listOrEmpty(actions);
        source = Text.orElse(source, "api");
    }

    /** Whether both say the same, whatever their ids. */
    public boolean saysAs(CatchAll other) {
        return name.equals(other.name)
                && enabled == other.enabled
                && actions.equals(other.actions)
                && source.equals(other.source);
    }

    /** Whether wrangler keeps it, by a Worker's configuration: whatever others write, the next deployment writes over it. */
    public boolean isWranglers() {
        return "wrangler".equals(source);
    }
}
