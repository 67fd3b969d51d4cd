package io.maildomain.operator.app;

import io.maildomain.operator.cloudflare.ratelimit.BudgetLevel;
import io.maildomain.operator.controller.sweep.CheckAge;
import io.maildomain.operator.statuspage.StatusPages;
import io.maildomain.operator.statuspage.plan.AccountFact.Budget;
import io.maildomain.operator.statuspage.plan.AccountFact.Checks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is left of the budgets and how old what is known is, by the account that uses the token.
 *
 * @param tokens the fingerprints of the tokens that each account uses, by its name
 * @param level of what tokens draw on; empty where none of them was used yet
 * @param ages of what is known with each token
 */
record AccountLevels(
        Supplier<Map<String, Set<String>>> tokens,
        Function<Set<String>, Optional<BudgetLevel>> level,
        Supplier<Map<String, CheckAge>> ages,
        Clock clock)
        implements StatusPages.Levels {

    @Override
    public Map<String, Budget> budgets() {
        Map<String, Budget> levels = new HashMap<>();
        tokens.get().forEach((account, fingerprints) -> level.apply(fingerprints)
                .ifPresent(found -> levels.put(account, new Budget(found.left(), found.most()))));
        return levels;
    }

    /** Each account that uses the token, unlike a metric, which names one of them: a reader looks for their own. */
    @Override
    public Map<String, Checks> checks() {
        Map<String, CheckAge> known = ages.get();
        Instant now = clock.instant();
        Map<String, Checks> levels = new HashMap<>();
        tokens.get().forEach((account, fingerprints) -> fingerprints.stream()
                .flatMap(token -> Stream.ofNullable(known.get(token)))
                .reduce(CheckAge::and)
                .ifPresent(age -> levels.put(account, checks(age, now))));
        return levels;
    }

    private static Checks checks(CheckAge age, Instant now) {
        return new Checks(
                age.resources(), age.late(), age.known(), Duration.between(age.oldest(), now), age.interval());
    }
}
