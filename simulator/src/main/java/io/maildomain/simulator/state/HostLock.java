package io.maildomain.simulator.state;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether Email Routing's records of a host may be edited. */
public enum HostLock {
    LOCKED,
    UNLOCKED;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
