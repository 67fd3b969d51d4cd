package io.maildomain.operator.cloudflare;

import java.util.List;

/**
 * What happens to the mail.
 *
 * @param type {@code forward}, {@code worker} or {@code drop}
 * @param values the destination or the Worker's name; empty with {@code drop}
 */
public record RuleAction(String type, List<String> values) {
    public RuleAction {
        type = Text.shared(type);
        values = Text.shared(values);
    }

    public static RuleAction forwardTo(String address) {
        return new RuleAction("forward", List.of(address));
    }

    public static RuleAction worker(String name) {
        return new RuleAction("worker", List.of(name));
    }

    /** What stands for a part of a rule that cannot be read: it is like no action that there is. */
    static RuleAction unread() {
        return new RuleAction("unread", List.of());
    }

    public static RuleAction drop() {
        return new RuleAction("drop", List.of());
    }
}
