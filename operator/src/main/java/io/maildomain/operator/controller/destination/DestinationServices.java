package io.maildomain.operator.controller.destination;

import io.maildomain.operator.access.DestinationCredentials;
import java.time.Clock;
import java.time.Duration;

/**
 * The services that reconciling and cleaning up DestinationAddresses calls on, put together once at start.
 *
 * @param lists shared by all that ask which addresses are verified
 * @param standing where the rules that stand at Cloudflare forward to
 * @param interval from one check of what is healthy to the next
 * @param callTimeout after which a call counts as lost
 */
public record DestinationServices(
        DestinationCredentials credentials,
        DestinationLists lists,
        DestinationUsers users,
        StandingForwards standing,
        Clock clock,
        Duration interval,
        Duration callTimeout) {

    /** These, with what they remember. */
    public static DestinationServices of(
            DestinationCredentials credentials,
            DestinationLists lists,
            DestinationUsers users,
            Clock clock,
            Duration interval,
            Duration callTimeout) {
        return new DestinationServices(
                credentials, lists, users, new StandingForwards(clock), clock, interval, callTimeout);
    }

    /** A look that follows so soon goes by the list of the one before. */
    static final Duration RECENT = Duration.ofSeconds(5);

    private static final Duration UNDER_WAY = Duration.ofSeconds(60);

    /** A creation whose answer was lost can have taken effect for so long after it was noted. */
    Duration within() {
        return callTimeout.plus(UNDER_WAY);
    }
}
