package io.maildomain.simulator.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * An address that rules may forward to, once its owner has clicked the link.
 *
 * @param verified when the link was clicked; null until then
 */
public record DestinationAddress(String id, String email, Instant created, Instant modified, Instant verified) {

    public DestinationAddress {
        email = Required.text(email, "an address's email");
        id = id == null ? Ids.next() : id;
    }

    @JsonIgnore
    public boolean isVerified() {
        return verified != null;
    }

    /** The same address, verified at that time; a null time makes it unverified again. */
    public DestinationAddress withVerified(Instant time, Instant now) {
        return new DestinationAddress(id, email, created, now, time);
    }
}
