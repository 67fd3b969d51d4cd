package io.maildomain.operator.cloudflare;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A destination address of an account.
 *
 * @param id "" where Cloudflare gave none that is well-formed: then it can be neither read by itself nor deleted
 * @param email as Cloudflare has it, its host in A-labels
 * @param created null where that was not said
 * @param verified whether its owner has clicked the link
 * @param verifiedAt null where it is not verified, or when is not said
 */
public record Destination(
        String id,
        String email,
        @Nullable Instant created,
        boolean verified,
        @Nullable Instant verifiedAt) {

    /** Whether it is this address. */
    public boolean is(String address) {
        return HostNames.sameAddress(email, address);
    }

    /** When its owner clicked the link, where that is said. */
    public Optional<Instant> clickedAt() {
        return Optional.ofNullable(verifiedAt);
    }
}
