package io.maildomain.operator.controller.destination;

import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Destination;
import io.maildomain.operator.cloudflare.DestinationList;
import io.maildomain.operator.cloudflare.Destinations;
import io.maildomain.operator.cloudflare.Failure;
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
 * The destination addresses of accounts as they were last listed: one list does for all that ask within a while, and who waits for an
 * address is told once a list shows it verified. Thread-safe.
 */
public final class DestinationLists {

    /** A user who may write a Secret could put a new token in it every second. */
    static final int MOST = 1_000;

    /** A list is read at most so often for each of its pages: of an account with 200 addresses it takes four calls. */
    private static final Duration FOR_EACH_PAGE = Duration.ofSeconds(5);

    private static final int PER_PAGE = 50;

    /** Where the token may not read them, it is asked again after so long: a right that is added changes nothing here. */
    private static final Duration PAUSE = Duration.ofMinutes(2);

    /** Where that failed in another way. Each of many domains would wait for the same time-out before it goes on without. */
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(15);

    private final Clock clock;
    private final Listener listener;
    /** In the order in which they were read. */
    private final Map<Account, Known> lists = new LinkedHashMap<>();

    private final Map<Account, Instant> unreadableUntil = new LinkedHashMap<>();

    /** Addresses that the operator created or deleted, in any account. */
    private long changes;

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

    /**
     * An account as one token sees it.
     *
     * @param token its fingerprint
     * @param id of Cloudflare's account
     */
    public record Account(String token, String id) {

        /** The one that the credentials name. */
        public static Account of(Usable with) {
            return new Account(with.token().fingerprint(), with.accountId());
        }
    }

    private record Known(DestinationList list, Instant readAt) {

        /** One that takes many calls does for longer; who wants one of this very moment gets it all the same. */
        private Duration youngFor(Duration oldest) {
            Duration least = FOR_EACH_PAGE.multipliedBy(1L + list.all().size() / PER_PAGE);
            return oldest.isZero() || oldest.compareTo(least) > 0 ? oldest : least;
        }
    }

    /** @param listener hears of what was not verified by the list before */
    public DestinationLists(Clock clock, Listener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * The list of the account, read anew only where none is known that is young enough.
     *
     * @param api is asked for only then
     * @param oldest how old a list may be that is known; one of many pages may be older, unless this is zero
     * @throws CloudflareException where it cannot be read
     */
    public DestinationList read(Account account, Supplier<Destinations> api, Duration oldest) {
        Optional<DestinationList> known = known(account, oldest);
        if (known.isPresent()) {
            return known.get();
        }
        long begun = changes();
        DestinationList read = api.get().list();
        Set<String> news = new HashSet<>(read.verified());
        Known before = keep(account, read, begun);
        if (before != null) {
            news.removeAll(before.list().verified());
        }
        if (!news.isEmpty()) {
            listener.verified(account.id(), Set.copyOf(news));
        }
        return read;
    }

    /**
     * The same for those that do without it: empty where it cannot be read. Then it is not tried again for a while.
     *
     * @param api is asked for only where it is read
     */
    public Optional<DestinationList> readable(Account account, Supplier<Destinations> api, Duration oldest) {
        if (isUnreadable(account)) {
            return known(account, oldest);
        }
        try {
            return Optional.of(read(account, api, oldest));
        } catch (CloudflareException e) {
            pauseAfter(e).ifPresent(pause -> unreadable(account, pause));
            return Optional.empty();
        }
    }

    /** The list of the account as it is known, where it is young enough. A clock that was set back must not keep it for good. */
    private synchronized Optional<DestinationList> known(Account account, Duration oldest) {
        Instant now = clock.instant();
        return Optional.ofNullable(lists.get(account))
                .filter(known -> known.readAt().plus(known.youngFor(oldest)).isAfter(now)
                        && !known.readAt().isAfter(now))
                .map(Known::list);
    }

    private synchronized boolean isUnreadable(Account account) {
        Instant now = clock.instant();
        return Optional.ofNullable(unreadableUntil.get(account))
                .filter(until -> until.isAfter(now) && !until.minus(PAUSE).isAfter(now))
                .isPresent();
    }

    /** Empty where nothing was asked: that costs nothing, and says nothing of the right. */
    private static Optional<Duration> pauseAfter(CloudflareException e) {
        if (e.failure() instanceof Failure.Postponed || e.failure() instanceof Failure.Fenced) {
            return Optional.empty();
        }
        boolean mayNot = e.refused()
                .filter(refused -> refused.status() == 401 || refused.status() == 403 || refused.status() == 404)
                .isPresent();
        return Optional.of(mayNot ? PAUSE : AFTER_A_FAILURE);
    }

    private synchronized void unreadable(Account account, Duration pause) {
        unreadableUntil.remove(account);
        unreadableUntil.put(account, clock.instant().plus(pause));
        bound(unreadableUntil, MOST);
    }

    /**
     * One that was under way while the operator created or deleted an address may not show that, so it is not remembered: an id that is not
     * there any more would be taken for that of the address.
     *
     * @param begun how many changes there were when the list was asked for
     */
    private synchronized @Nullable Known keep(Account account, DestinationList list, long begun) {
        unreadableUntil.remove(account);
        if (changes != begun) {
            return lists.get(account);
        }
        Known before = lists.remove(account);
        lists.put(account, new Known(list, clock.instant()));
        bound(lists, MOST);
        return before;
    }

    /** Forgets the oldest entries of a map that has too many. @param map in the order in which they came */
    static <K> void bound(Map<K, ?> map, int most) {
        Iterator<K> oldest = map.keySet().iterator();
        while (map.size() > most) {
            oldest.next();
            oldest.remove();
        }
    }

    /** The operator created an address. */
    void created(Account account, Destination destination) {
        change(account, list -> list.with(destination));
    }

    /** The operator deleted an address. */
    void deleted(Account account, String id) {
        change(account, list -> list.without(id));
    }

    private synchronized long changes() {
        return changes;
    }

    private synchronized void change(Account account, UnaryOperator<DestinationList> change) {
        changes++;
        lists.computeIfPresent(account, (key, known) -> new Known(change.apply(known.list()), known.readAt()));
    }
}
