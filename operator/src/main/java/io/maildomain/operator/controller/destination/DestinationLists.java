package io.maildomain.operator.controller.destination;

import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Destination;
import io.maildomain.operator.cloudflare.DestinationList;
import io.maildomain.operator.cloudflare.Destinations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The destination addresses of accounts as they were last listed: one list does for all that ask within a while, and whoever waits for an
 * address is told once a list shows it verified. Thread-safe.
 */
public final class DestinationLists {

    /** A user who may write a Secret could put a new token in it every second. */
    static final int MOST = 1_000;

    private final Clock clock;
    private final Listener listener;
    /** In the order in which they were read. */
    private final Map<Key, Known> lists = new LinkedHashMap<>();

    /** Hears of addresses that were not verified by the list before. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A list shows them verified. Called by the thread that read it, under no lock.
         *
         * @param accountId of Cloudflare's account
         */
        void verified(String accountId, Set<String> emails);
    }

    /** @param token its fingerprint */
    private record Key(String token, String accountId) {

        static Key of(Usable with) {
            return new Key(with.token().fingerprint(), with.accountId());
        }
    }

    private record Known(DestinationList list, Instant readAt) {}

    /** @param listener hears of what was not verified by the list before */
    public DestinationLists(Clock clock, Listener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * The list of the account, read anew only where none is known that is young enough.
     *
     * @param api is asked for only then
     * @param oldest how old a list may be that is known
     * @throws CloudflareException where it cannot be read
     */
    public DestinationList read(Usable with, Supplier<Destinations> api, Duration oldest) {
        Optional<DestinationList> known = known(with, oldest);
        if (known.isPresent()) {
            return known.get();
        }
        DestinationList read = api.get().list();
        Set<String> news = new HashSet<>(read.verified());
        Known before = keep(Key.of(with), read);
        if (before != null) {
            news.removeAll(before.list().verified());
        }
        if (!news.isEmpty()) {
            listener.verified(with.accountId(), Set.copyOf(news));
        }
        return read;
    }

    /** The list of the account as it is known, where it is young enough. */
    public synchronized Optional<DestinationList> known(Usable with, Duration oldest) {
        Instant now = clock.instant();
        return Optional.ofNullable(lists.get(Key.of(with)))
                .filter(known -> known.readAt().plus(oldest).isAfter(now)
                        // Else a clock that was set back would keep it for good.
                        && !known.readAt().isAfter(now))
                .map(Known::list);
    }

    private synchronized @Nullable Known keep(Key key, DestinationList list) {
        Known before = lists.remove(key);
        lists.put(key, new Known(list, clock.instant()));
        Iterator<Key> longestUnread = lists.keySet().iterator();
        while (lists.size() > MOST) {
            longestUnread.next();
            longestUnread.remove();
        }
        return before;
    }

    /** The operator created an address. */
    void created(Usable with, Destination destination) {
        change(with, list -> list.with(destination));
    }

    /** The operator deleted an address. */
    void deleted(Usable with, String id) {
        change(with, list -> list.without(id));
    }

    private synchronized void change(Usable with, UnaryOperator<DestinationList> change) {
        lists.computeIfPresent(
                Key.of(with), (key, known) -> new Known(change.apply(known.list()), known.readAt()));
    }
}
