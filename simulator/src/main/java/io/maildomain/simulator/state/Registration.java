package io.maildomain.simulator.state;

import java.time.Instant;
import java.util.List;

/**
 * The part of a zone that concerns the domain's registrar and name servers.
 *
 * @param type full, partial, secondary or internal
 * @param originalRegistrar null where it is not known
 * @param activatedOn null: never active so far
 * @param checkedOn when a user last asked for an activation check; null: never
 */
public record Registration(
        String type,
        ZoneStatus status,
        boolean paused,
        List<String> nameServers,
        List<String> vanityNameServers,
        List<String> originalNameServers,
        String originalRegistrar,
        Instant createdOn,
        Instant modifiedOn,
        Instant activatedOn,
        Instant checkedOn) {

    public Registration {
        type = type == null ? "full" : type;
        status = status == null ? ZoneStatus.PENDING : status;
        nameServers = nameServers == null ? List.of() : List.copyOf(nameServers);
        vanityNameServers = vanityNameServers == null ? List.of() : List.copyOf(vanityNameServers);
        originalNameServers = originalNameServers == null ? List.of() : List.copyOf(originalNameServers);
    }

    public Registration withStatus(ZoneStatus changed, Instant now) {
        Instant activated = changed == ZoneStatus.ACTIVE ? now : activatedOn;
        return new Registration(
                type,
                changed,
                paused,
                nameServers,
                vanityNameServers,
                originalNameServers,
                originalRegistrar,
                createdOn,
                now,
                activated,
                checkedOn);
    }

    public Registration withEdits(String newType, boolean nowPaused, List<String> vanity, Instant now) {
        return new Registration(
                newType,
                status,
                nowPaused,
                nameServers,
                vanity,
                originalNameServers,
                originalRegistrar,
                createdOn,
                now,
                activatedOn,
                checkedOn);
    }

    public Registration withCheckedOn(Instant now) {
        return new Registration(
                type,
                status,
                paused,
                nameServers,
                vanityNameServers,
                originalNameServers,
                originalRegistrar,
                createdOn,
                modifiedOn,
                activatedOn,
                now);
    }
}
