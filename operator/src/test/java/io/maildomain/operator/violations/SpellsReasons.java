package io.maildomain.operator.violations;

import io.maildomain.api.v1alpha1.Condition;

/** What must not be: a reason that is spelt out. */
final class SpellsReasons {
    private SpellsReasons() {}

    static boolean isPending(Condition condition) {
        return condition.reason().equals("ZonePending");
    }
}
