package io.maildomain.faults;

import java.util.Locale;

/** Before or after something has taken effect. */
enum Moment {
    BEFORE,
    AFTER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
