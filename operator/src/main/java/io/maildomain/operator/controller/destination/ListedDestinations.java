package io.maildomain.operator.controller.destination;

import io.maildomain.operator.cloudflare.DestinationList;
import io.maildomain.operator.cloudflare.Destinations;
import io.maildomain.operator.controller.destination.DestinationLists.Account;
import io.maildomain.operator.controller.destination.DestinationLists.Listener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Told by the account's list where the token may read it. Where it may not, one resource tries for all: the others wait for what comes of
 * that. Thread-safe.
 */
public final class ListedDestinations implements KnownDestinations {

    /** So long after a try the others wait; then one of them tries. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    static final int MOST = 10_000;

    private final DestinationLists lists;
    private final Listener listener;
    private final Clock clock;
    /** In the order of the tries. */
    private final Map<Target, Trial> refused = new LinkedHashMap<>();

    private record Target(Account account, String email) {

        /** Cloudflare compares addresses without regard to case. */
        Target {
            email = email.toLowerCase(Locale.ROOT);
        }
    }

    /** @param uid of the resource that tries */
    private record Trial(String uid, Instant at) {}

    /** @param listener hears of addresses to which a rule was taken after one had been refused */
    public ListedDestinations(DestinationLists lists, Listener listener, Clock clock) {
        this.lists = lists;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public Set<String> unverified(Account account, Supplier<Destinations> api, Set<String> emails, String uid) {
        if (emails.isEmpty() || account.id().isEmpty()) {
            return Set.of();
        }
        Optional<DestinationList> list = lists.readable(account, api, DestinationServices.RECENT);
        return emails.stream()
                .filter(email -> list.map(known -> !known.isVerified(email))
                        .orElseGet(() -> waitsForAnother(new Target(account, email), uid)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private synchronized boolean waitsForAnother(Target target, String uid) {
        Instant now = clock.instant();
        return Optional.ofNullable(refused.get(target))
                .filter(trial -> !trial.uid().equals(uid))
                .filter(trial -> isRecent(trial, now))
                .isPresent();
    }

    /** A clock that was set back must not make the others wait for good. */
    private static boolean isRecent(Trial trial, Instant now) {
        return trial.at().plus(PAUSE).isAfter(now) && !trial.at().isAfter(now);
    }

    @Override
    public void tried(Account account, String email, boolean taken, String uid) {
        Target target = new Target(account, email);
        if (!taken) {
            remember(target, uid);
        } else if (forget(target)) {
            listener.verified(account.id(), Set.of(email));
        }
    }

    private synchronized boolean forget(Target target) {
        return refused.remove(target) != null;
    }

    private synchronized void remember(Target target, String uid) {
        Instant now = clock.instant();
        Trial before = refused.remove(target);
        // The others wait from the first of its tries on, however often it tries again.
        boolean goesOn = before != null && before.uid().equals(uid) && isRecent(before, now);
        refused.put(target, goesOn ? before : new Trial(uid, now));
        DestinationLists.bound(refused, MOST);
    }
}
