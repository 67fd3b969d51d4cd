package io.maildomain.operator.cloudflare;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The destination addresses of an account as one list told them.
 *
 * @param answeredAt Cloudflare's clock at its last page
 */
public record DestinationList(List<Destination> all, Instant answeredAt) {

    public DestinationList {
        all = List.copyOf(all);
    }

    /** The address, where the list has it. */
    public Optional<Destination> find(String email) {
        return all.stream().filter(destination -> destination.is(email)).findFirst();
    }

    /** Whether mail can be forwarded to the address. */
    public boolean isVerified(String email) {
        return find(email).filter(Destination::verified).isPresent();
    }
}
