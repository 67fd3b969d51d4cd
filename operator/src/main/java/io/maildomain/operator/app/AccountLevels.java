package io.maildomain.operator.app;

import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.controller.account.AccountTokens;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.statuspage.StatusPages;
import io.maildomain.operator.statuspage.plan.AccountFact.Budget;
import io.maildomain.operator.statuspage.plan.AccountFact.Checks;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is left of the budgets and how late sweeps are, by the account that uses the token. */
record AccountLevels(AccountTokens tokens, CloudflareClients clients, Supplier<List<Sweeps.State>> sweeps)
        implements StatusPages.Levels {

    @Override
    public Map<String, Budget> budgets() {
        Map<String, Budget> levels = new HashMap<>();
        tokens.fingerprints()
                .forEach((account, fingerprints) -> clients.level(fingerprints)
                        .ifPresent(level -> levels.put(account, new Budget(level.left(), level.most()))));
        return levels;
    }

    /** Each account that uses the token, unlike a metric, which names one of them: a reader looks for their own. */
    @Override
    public Map<String, Checks> checks() {
        Map<String, Checks> levels = new HashMap<>();
        for (Sweeps.State state : sweeps.get()) {
            Checks checks = new Checks(state.members(), state.age(), state.interval());
            tokens.usersOf(state.token())
                    .forEach(account ->
                            levels.merge(account.getMetadata().getName(), checks, AccountLevels::together));
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
