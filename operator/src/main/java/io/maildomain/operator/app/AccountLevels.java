package io.maildomain.operator.app;

import io.maildomain.operator.cloudflare.ratelimit.BudgetLevel;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.statuspage.StatusPages;
import io.maildomain.operator.statuspage.plan.AccountFact.Budget;
import io.maildomain.operator.statuspage.plan.AccountFact.Checks;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is left of the budgets and how late sweeps are, by the account that uses the token.
 *
 * @param tokens the fingerprints of the tokens that each account uses, by its name
 * @param level of what tokens draw on; empty where none of them was used yet
 * @param sweeps how each token's checks are
 */
record AccountLevels(
        Supplier<Map<String, Set<String>>> tokens,
        Function<Set<String>, Optional<BudgetLevel>> level,
        Supplier<List<Sweeps.State>> sweeps)
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
        Map<String, Set<String>> users = tokens.get();
        Map<String, Checks> levels = new HashMap<>();
        for (Sweeps.State state : sweeps.get()) {
            Checks checks = new Checks(state.members(), state.age(), state.interval());
            users.forEach((account, fingerprints) -> {
                if (fingerprints.contains(state.token())) {
                    levels.merge(account, checks, AccountLevels::together);
                }
            });
        }
        return levels;
    }

    private static Checks together(Checks one, Checks other) {
        return new Checks(
                one.resources() + other.resources(),
                longest(one.age(), other.age()),
                longest(one.interval(), other.interval()));
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
