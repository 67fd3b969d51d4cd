package io.maildomain.operator.dns;

import io.maildomain.operator.cloudflare.PublicAddresses;
import io.maildomain.operator.dns.DnsClient.Manner;
import io.maildomain.operator.dns.plan.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * The zones above our domains and the addresses of their name servers, remembered: thousands of domains lie below a few. One whose servers
 * did not answer for several domains in a row, in a cluster that lets DNS go to its own resolver only for example, is not asked for a while.
 * Thread-safe.
 */
final class ParentZones {

    static final int MOST = 500;

    private static final int PORT = 53;
    private static final int SERVERS = 3;
    private static final int LABELS = 4;

    /** The labels of a top level domain: that of the root counts as one. */
    private static final int TOP_LEVEL = 2;

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration SILENCE = Duration.ofMinutes(10);

    /** One domain is no judge of a zone that all share. */
    private static final int SILENT_FOR = 3;

    private final List<InetSocketAddress> instead;
    private final Clock clock;
    private final Map<Name, Known> byName = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Name, CompletableFuture<Optional<Parent>>> underWay = new HashMap<>();

    /**
     * A zone.
     *
     * @param servers where it is asked; empty: they are not known, or do not answer
     * @param isUnheardOf whether the resolver knows no such top level domain: it does not see the Internet, and what it says of a name that is
     *     not there means nothing
     */
    record Parent(Name name, List<InetSocketAddress> servers, boolean isUnheardOf) {

        Parent(Name name, List<InetSocketAddress> servers) {
            this(name, servers, false);
        }
    }

    /** @param unanswered the domains in a row for which none of its servers answered */
    private record Known(Parent parent, Instant until, Set<Name> unanswered) {}

    /** @param isWhole whether it has the addresses of as many servers as are asked */
    private record Found(Parent parent, boolean isWhole) {}

    /** @param instead asked instead of the name servers of any zone; empty: these themselves */
    ParentZones(List<InetSocketAddress> instead, Clock clock) {
        this.instead = instead;
        this.clock = clock;
    }

    /** The zone above a domain; empty where that cannot be found out. It is looked for once at a time, however many domains lie below. */
    Optional<Parent> of(Name domain, DnsClient client) {
        Name name = new Name(domain, 1);
        CompletableFuture<Optional<Parent>> own = new CompletableFuture<>();
        CompletableFuture<Optional<Parent>> others;
        synchronized (byName) {
            Known known = byName.get(name);
            if (known != null && known.until().isAfter(clock.instant())) {
                return Optional.of(known.parent());
            }
            others = underWay.putIfAbsent(name, own);
        }
        return others == null ? findFor(own, name, client) : foundBy(others, client);
    }

    private Optional<Parent> findFor(CompletableFuture<Optional<Parent>> all, Name name, DnsClient client) {
        try {
            Optional<Found> found = find(name, client);
            // A bad moment of the resolver must not count for hours.
            found.ifPresent(zone -> remember(name, zone.parent(), zone.isWhole() ? LONGEST : SILENCE));
            all.complete(found.map(Found::parent));
        } finally {
            all.complete(Optional.empty());
            synchronized (byName) {
                underWay.remove(name);
            }
        }
        return all.join();
    }

    private static Optional<Parent> foundBy(CompletableFuture<Optional<Parent>> others, DnsClient client) {
        try {
            return others.get(client.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            return Optional.empty();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** One of its servers has answered. */
    void answered(Name domain) {
        Name name = new Name(domain, 1);
        synchronized (byName) {
            byName.computeIfPresent(name, (zone, known) -> new Known(known.parent(), known.until(), Set.of()));
        }
    }

    /** None of its servers answers, for this domain. */
    void isSilent(Name domain, Parent parent) {
        Name name = new Name(domain, 1);
        synchronized (byName) {
            Known known = byName.get(name);
            if (known == null) {
                return;
            }
            Set<Name> unanswered = new HashSet<>(known.unanswered());
            unanswered.add(domain);
            if (unanswered.size() < SILENT_FOR) {
                byName.put(name, new Known(known.parent(), known.until(), unanswered));
            } else {
                remember(name, new Parent(parent.name(), List.of()), SILENCE);
            }
        }
    }

    private void remember(Name name, Parent parent, Duration time) {
        synchronized (byName) {
            byName.put(name, new Known(parent, clock.instant().plus(time), Set.of()));
            if (byName.size() > MOST) {
                byName.remove(byName.keySet().iterator().next());
            }
        }
    }

    private Optional<Found> find(Name from, DnsClient client) {
        Name name = from;
        for (int step = 0; step < LABELS; step++) {
            Reply reply = client.ask(name, Type.NS, Manner.USUAL);
            if (reply.why().isPresent()) {
                return Optional.empty();
            }
            Answer<List<NSRecord>> servers = reply.own(name, NSRecord.class);
            if (servers.found().isPresent()) {
                return Optional.of(found(name, servers.found().get(), client));
            }
            if (reply.isOfNoSuchName() && (name.labels() == TOP_LEVEL || reply.isOfTheRoot())) {
                return Optional.of(new Found(new Parent(name, List.of(), true), false));
            }
            if (name.equals(Name.root)) {
                return Optional.empty();
            }
            Name below = name;
            // No zone begins at this name: the answer says which one it lies in.
            name = reply.zone()
                    .filter(zone -> below.subdomain(zone) && !below.equals(zone))
                    .orElseGet(() -> new Name(below, 1));
        }
        return Optional.empty();
    }

    private Found found(Name name, List<NSRecord> servers, DnsClient client) {
        if (!instead.isEmpty()) {
            return new Found(new Parent(name, instead), true);
        }
        List<InetSocketAddress> addresses = servers.stream()
                .map(NSRecord::getTarget)
                .sorted()
                .limit(SERVERS)
                .flatMap(target -> address(target, client).stream())
                // Who is in charge of the zone chooses the addresses: they must not lead into the cluster.
                .filter(PublicAddresses::isPublic)
                .map(address -> new InetSocketAddress(address, PORT))
                .toList();
        return new Found(new Parent(name, addresses), addresses.size() >= Math.min(SERVERS, servers.size()));
    }

    private static Optional<InetAddress> address(Name server, DnsClient client) {
        return client.ask(server, Type.A, Manner.USUAL)
                .records(server, ARecord.class)
                .found()
                .map(found -> found.get(0).getAddress())
                .or(() -> client.ask(server, Type.AAAA, Manner.USUAL)
                        .records(server, AAAARecord.class)
                        .found()
                        .map(found -> found.get(0).getAddress()));
    }
}
