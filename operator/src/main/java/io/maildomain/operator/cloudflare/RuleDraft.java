package io.maildomain.operator.cloudflare;

import java.util.List;

/** A routing rule to be written, whole; its source is always {@code api}. */
public record RuleDraft(String name, boolean enabled, int priority, List<Matcher> matchers, List<RuleAction> actions) {
    public RuleDraft {
        name = Text.orEmpty(name);
        matchers = List.copyOf(matchers);
        actions = List.copyOf(actions);
    }
}
