package io.maildomain.operator.dns;

import io.maildomain.operator.dns.WorldObserver.Resolvers;
import io.maildomain.operator.dns.plan.WorldView;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What the world sees of a domain, for a user who asks by hand. */
public final class OneLook {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private OneLook() {}

    /**
     * Comes back within twenty seconds, with what failed named as such.
     *
     * @param domain as A-labels
     * @param server that is asked instead of all others, as {@code HOST:PORT}; blank: none
     */
    public static WorldView at(String domain, String server, Clock clock) {
        Resolvers resolvers = Resolvers.named(server);
        List<InetSocketAddress> asked = resolvers.servers().isEmpty() ? DnsClient.ownResolvers() : resolvers.servers();
        ParentZones parents = new ParentZones(resolvers.only() ? resolvers.servers() : List.of(), clock);
        DnsClient client = new DnsClient(asked, clock, clock.instant().plus(LONGEST));
        return new WorldLook(client, parents).at(domain).view();
    }
}
