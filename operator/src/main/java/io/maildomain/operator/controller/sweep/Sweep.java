package io.maildomain.operator.controller.sweep;

import io.maildomain.operator.cloudflare.AccountList;
import io.maildomain.operator.cloudflare.Admission;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Failure;
import io.maildomain.operator.cloudflare.RoutingSettings;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.cloudflare.TokenClients;
import io.maildomain.operator.cloudflare.Turn;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.ratelimit.Applicant;
import io.maildomain.operator.cloudflare.ratelimit.ServiceClass;
import io.maildomain.operator.controller.sweep.Subject.Place;
import io.maildomain.operator.controller.sweep.plan.Facet;
import io.maildomain.operator.controller.sweep.plan.ListWorth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One sweep under way: the lists of one account, read over as many turns as it takes. What was read is kept while it waits. Used
 * by one thread at a time.
 */
final class Sweep {

    /** A resource of a user that waits meanwhile comes next. */
    private static final int PAGES_A_TURN = 10;

    private static final int MOST_FAILURES = 3;
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SOON = Duration.ofSeconds(1);

    /** What a turn came to. */
    sealed interface Progress {
        /** It goes on after that. */
        record Pause(Duration pause) implements Progress {}

        /**
         * It is over.
         *
         * @param useless facets whose lists this token may not read, or which cost more than they save
         */
        record Over(AccountView view, Set<Facet> useless, int calls) implements Progress {}

        /** It saw nothing that can be gone by; {@code why} in words. */
        record Failed(String why) implements Progress {}
    }

    private final String uid;
    private final Place place;
    /** How many calls of its members a list saves. */
    private final Map<Facet, Integer> saved;

    private final Set<String> zones;
    private final Set<String> names;
    private final Map<Facet, AccountList<?>> lists = new EnumMap<>(Facet.class);
    private final Set<Facet> useless = EnumSet.noneOf(Facet.class);
    private final Set<Facet> begunAgain = EnumSet.noneOf(Facet.class);
    private final Clock clock;
    private @Nullable Instant began;
    private int calls;
    private int failures;
    private String trouble = "";
    private boolean unanswered;

    /**
     * Asks nothing yet.
     *
     * @param uid by which it waits for its turns
     * @param members whose zones it looks for
     * @param facets those whose lists are worth a try
     */
    Sweep(String uid, Place place, List<Subject> members, Set<Facet> facets, Clock clock) {
        this.uid = uid;
        this.place = place;
        this.clock = clock;
        this.saved = facets.stream().collect(Collectors.toMap(facet -> facet, facet -> members.stream()
                .mapToInt(member -> member.calls(facet))
                .sum()));
        this.zones = members.stream().map(member -> member.place().zoneId()).collect(Collectors.toSet());
        this.names = members.stream().map(member -> member.place().domain()).collect(Collectors.toSet());
        facets.forEach(facet -> lists.put(facet, list(facet)));
    }

    private AccountList<?> list(Facet facet) {
        return switch (facet) {
            case ZONE -> AccountList.zones(place.accountId(), zones::contains);
            case SETTINGS -> AccountList.settings(place.accountId(), names::contains);
            case RULES -> AccountList.rules(place.accountId(), zones::contains);
        };
    }

    /** Reads on, if it is its turn. */
    Progress turn(TokenClients tokens) {
        Admission admission = tokens.enter(place.token(), new Applicant(uid, "", ServiceClass.CHECK, PAGES_A_TURN));
        if (admission instanceof Admission.Waiting waiting) {
            return new Progress.Pause(waiting.pause());
        }
        try (Turn turn = ((Admission.Admitted) admission).turn()) {
            if (began == null) {
                began = clock.instant();
            }
            return read(turn.cloudflare(), tokens);
        } finally {
            tokens.leave(uid);
        }
    }

    private Progress read(Cloudflare cloudflare, TokenClients tokens) {
        for (int left = PAGES_A_TURN; left > 0; left--) {
            dropWhatDoesNotPay();
            Optional<Map.Entry<Facet, AccountList<?>>> next = lists.entrySet().stream()
                    .filter(entry -> !entry.getValue().isComplete())
                    .findFirst();
            if (next.isEmpty()) {
                return over();
            }
            try {
                calls++;
                cloudflare.readOn(next.get().getValue());
                failures = 0;
                unanswered = false;
            } catch (CloudflareException e) {
                return failed(next.get().getKey(), e, tokens);
            }
        }
        return new Progress.Pause(AT_ONCE);
    }

    /** An account may hold many more zones and rules than ours. */
    private void dropWhatDoesNotPay() {
        Iterator<Map.Entry<Facet, AccountList<?>>> all = lists.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Facet, AccountList<?>> each = all.next();
            AccountList<?> list = each.getValue();
            int pages = list.isComplete() ? list.read() : Math.max(list.pages(), list.read() + 1);
            if (!list.isComplete() && !ListWorth.ofReadingOn(pages, saved.getOrDefault(each.getKey(), 0))) {
                useless.add(each.getKey());
                all.remove();
            }
        }
    }

    private Progress failed(Facet facet, CloudflareException e, TokenClients tokens) {
        if (e.failure() instanceof Failure.Postponed postponed) {
            calls--;
            return new Progress.Pause(postponed.pause());
        }
        trouble = e.describe();
        if (tokens.standing(place.token()).refusal().isPresent()) {
            return new Progress.Failed(e.describe());
        }
        failures++;
        if (e.failure() instanceof Failure.Malformed) {
            return malformed(facet);
        }
        boolean refused = e.refused()
                .filter(refusal -> refusal.status() < 500 && refusal.status() != 408 && refusal.status() != 429)
                .isPresent();
        if (refused && failures > 1) {
            return without(facet);
        }
        unanswered = !refused;
        if (failures < MOST_FAILURES) {
            return new Progress.Pause(SOON.multipliedBy(1L << failures));
        }
        // The others may do: this one is tried again by the next sweep.
        failures = 0;
        lists.remove(facet);
        boolean noneIsLeft = lists.isEmpty() && useless.isEmpty();
        return noneIsLeft ? new Progress.Failed(e.describe()) : new Progress.Pause(AT_ONCE);
    }

    /** A list that contradicts itself may have changed while it was read: it is begun again, once. */
    private Progress malformed(Facet facet) {
        if (!begunAgain.add(facet)) {
            return without(facet);
        }
        lists.put(facet, list(facet));
        return new Progress.Pause(SOON);
    }

    private Progress without(Facet facet) {
        failures = 0;
        useless.add(facet);
        lists.remove(facet);
        return new Progress.Pause(AT_ONCE);
    }

    /** How many calls it takes in all, as far as is known: a list tells with its first page how many it has. */
    int size() {
        return lists.values().stream()
                .mapToInt(list -> Math.max(list.pages(), list.read()))
                .sum();
    }

    /** What went wrong last, in words; "" where nothing did. */
    String trouble() {
        return trouble;
    }

    /** Whether the last turn had no answer of Cloudflare's that tells anything. */
    boolean isUnanswered() {
        return unanswered;
    }

    /** Whether it began so long ago that what it has read is not worth going on from. */
    boolean isOlderThan(Instant time) {
        return began != null && began.isBefore(time);
    }

    private Progress over() {
        Instant start = began == null ? clock.instant() : began;
        Map<String, Zone> seen = told(Facet.ZONE);
        if (lists.containsKey(Facet.ZONE) && seen.isEmpty()) {
            // None of the zones is in this account: its id stands in statuses, which can be forged.
            useless.addAll(EnumSet.allOf(Facet.class));
        }
        return new Progress.Over(
                new AccountView(
                        start,
                        zones,
                        lists.keySet(),
                        seen,
                        this.<RoutingSettings>told(Facet.SETTINGS),
                        this.<RuleList>told(Facet.RULES)),
                Set.copyOf(useless),
                calls);
    }

    /** Each facet's list holds what {@link #list} says. */
    @SuppressWarnings("unchecked")
    private <T> Map<String, T> told(Facet facet) {
        AccountList<?> list = lists.get(facet);
        return list == null ? Map.of() : (Map<String, T>) list.byZone();
    }
}
