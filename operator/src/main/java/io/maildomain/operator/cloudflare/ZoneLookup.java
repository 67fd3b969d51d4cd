package io.maildomain.operator.cloudflare;

import java.time.Instant;
import java.util.List;

/**
 * The zones of one name.
 *
 * @param answeredAt Cloudflare's own clock (the {@code Date} of the last answer), to compare with {@code created_on}
 */
public record ZoneLookup(List<Zone> zones, Instant answeredAt) {
    public ZoneLookup {
        zones = List.copyOf(zones);
    }
}
