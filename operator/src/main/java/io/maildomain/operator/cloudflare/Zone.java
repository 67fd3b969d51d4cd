package io.maildomain.operator.cloudflare;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A zone as Cloudflare describes it.
 *
 * @param accountId "" if Cloudflare did not say
 * @param status initializing, pending, active or moved
 * @param type full, partial, secondary or internal
 * @param originalRegistrar "" if there is none known
 * @param everActive whether the zone was active at some time ({@code activated_on} is set, or it is active or moved now)
 */
public record Zone(
        String id,
        String name,
        String accountId,
        String accountName,
        String status,
        String type,
        List<String> nameServers,
        List<String> originalNameServers,
        String originalRegistrar,
        Instant createdOn,
        boolean everActive) {
    private static final Set<String> STATUSES = Set.of("initializing", "pending", "active", "moved");

    /** Whether the status is one that means something to us: what else there may be is not to be written to. */
    public boolean hasKnownStatus() {
        return STATUSES.contains(status);
    }

    public Zone {
        accountId = Text.shared(accountId);
        accountName = Text.shared(accountName);
        status = Text.shared(status);
        type = Text.shared(type);
        nameServers = Text.shared(nameServers);
        originalNameServers = Text.shared(originalNameServers);
        originalRegistrar = Text.shared(originalRegistrar);
    }
}
