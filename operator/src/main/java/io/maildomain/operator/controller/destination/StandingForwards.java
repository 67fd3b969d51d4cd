package io.maildomain.operator.controller.destination;

import io.maildomain.operator.cloudflare.AccountList;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.HostNames;
import io.maildomain.operator.cloudflare.RoutingRule;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.RuleList;
import io.maildomain.operator.controller.destination.DestinationLists.Account;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where mail is forwarded to by the rules and catch-alls that stand in the zones of an account, also by such as no spec names: a rule that is held
 * back still does what an older spec asked for, and a MailDomain that was released may have left its rules. One reading does for all that ask
 * within a while. Thread-safe.
 */
final class StandingForwards {

    /** Accounts that are remembered: a user who may write a Secret could put a new token in it every second. */
    static final int MOST = 100;

    /** One of 5,000 rules. More calls are not made for a few addresses that are to go. */
    private static final int MOST_PAGES = 100;

    private static final Duration YOUNG = Duration.ofSeconds(5);

    private final Clock clock;

    /** In the order in which they were read. */
    private final Map<Account, Known> readings = new LinkedHashMap<>();

    /** What a reading says of one address. */
    enum Answer {
        /** A rule or a catch-all forwards to it: without the address Cloudflare would switch it off. */
        FORWARDED,
        /** None does. */
        FREE,
        /** There are too many rules to look through. */
        TOO_MANY_RULES
    }

    /** @param isWhole whether all rules were read */
    private record Known(Set<String> addresses, boolean isWhole, Instant readAt) {

        private Answer of(String email) {
            if (addresses.stream().anyMatch(address -> HostNames.sameAddress(address, email))) {
                return Answer.FORWARDED;
            }
            return isWhole ? Answer.FREE : Answer.TOO_MANY_RULES;
        }
    }

    StandingForwards(Clock clock) {
        this.clock = clock;
    }

    /**
     * Whether mail is forwarded to the address.
     *
     * @param cloudflare is asked only where no reading is young enough
     * @throws CloudflareException where the account's rules cannot be read
     */
    Answer of(Account account, String email, Cloudflare cloudflare) {
        return known(account).orElseGet(() -> read(account, cloudflare)).of(email);
    }

    /** A clock that was set back must not keep it for good. */
    private synchronized Optional<Known> known(Account account) {
        Instant now = clock.instant();
        return Optional.ofNullable(readings.get(account))
                .filter(known -> known.readAt().plus(YOUNG).isAfter(now)
                        && !known.readAt().isAfter(now));
    }

    private Known read(Account account, Cloudflare cloudflare) {
        // Before the calls: what changes meanwhile is not in it for sure.
        Instant begun = clock.instant();
        AccountList<RuleList> rules = AccountList.rules(account.id(), zone -> true);
        do {
            cloudflare.readOn(rules);
        } while (!rules.isComplete() && rules.pages() <= MOST_PAGES);
        Set<String> addresses = rules.isComplete()
                ? rules.byZone().values().stream()
                        .flatMap(StandingForwards::actions)
                        .flatMap(action -> action.values().stream())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
        return keep(account, new Known(addresses, rules.isComplete(), begun));
    }

    private static Stream<RuleAction> actions(RuleList zone) {
        Stream<List<RuleAction>> rules = zone.rules().stream().map(RoutingRule::actions);
        Stream<List<RuleAction>> catchAll = zone.listedCatchAll().map(CatchAll::actions).stream();
        return Stream.concat(rules, catchAll).flatMap(List::stream);
    }

    private synchronized Known keep(Account account, Known reading) {
        readings.remove(account);
        readings.put(account, reading);
        DestinationLists.bound(readings, MOST);
        return reading;
    }
}
