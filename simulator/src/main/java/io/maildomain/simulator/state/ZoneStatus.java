package io.maildomain.simulator.state;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a zone stands with its registrar. */
public enum ZoneStatus {
    INITIALIZING,
    PENDING,
    ACTIVE,
    MOVED;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
