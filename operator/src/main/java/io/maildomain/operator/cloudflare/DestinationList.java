package io.maildomain.operator.cloudflare;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** Those that mail can be forwarded to. */
    public Set<String> verified() {
        return all.stream()
                .filter(Destination::verified)
                .map(Destination::email)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same with one more, which was created since. */
    public DestinationList with(Destination created) {
        return new DestinationList(
                Stream.concat(all.stream(), Stream.of(created)).toList(), answeredAt);
    }

    /** The same without the one of that id, which was deleted since. */
    public DestinationList without(String id) {
        return new DestinationList(
                all.stream().filter(destination -> !destination.id().equals(id)).toList(), answeredAt);
    }

    /** Whether mail can be forwarded to the address. */
    public boolean isVerified(String email) {
        return find(email).filter(Destination::verified).isPresent();
    }
}
