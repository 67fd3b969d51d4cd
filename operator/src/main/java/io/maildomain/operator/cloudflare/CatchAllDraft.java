package io.maildomain.operator.cloudflare;

import java.util.List;

/** A catch-all to be written, whole; its source is always {@code api}. */
public record CatchAllDraft(String name, boolean enabled, List<RuleAction> actions) {
    public CatchAllDraft {
        name = Text.orEmpty(name);
        actions = List.copyOf(actions);
    }
}
