package io.maildomain.faults;

import java.util.Locale;

/** Before or after something has taken effect. */
enum Timing {
    BEFORE,
    AFTER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
