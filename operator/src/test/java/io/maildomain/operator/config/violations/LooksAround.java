package io.maildomain.operator.config.violations;

import io.maildomain.operator.violations.Careless;

/** What must not be: settings that know others of ours, who know them. */
public final class LooksAround {
    private LooksAround() {}

    static boolean looks() {
        return Careless.OfCycles.isKnown();
    }

    public static boolean isKnown() {
        return true;
    }
}
