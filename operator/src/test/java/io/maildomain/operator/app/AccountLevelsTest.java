package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.ratelimit.BudgetLevel;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.statuspage.plan.AccountFact.Budget;
import io.maildomain.operator.statuspage.plan.AccountFact.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the status page says of an account is that of the tokens that the account uses. */
class AccountLevelsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Map<String, Set<String>> tokens = new HashMap<>();
    private final Map<Set<String>, BudgetLevel> levels = new HashMap<>();
    private final List<Sweeps.State> sweeps = new ArrayList<>();
    private final AccountLevels of = new AccountLevels(
            () -> tokens, fingerprints -> Optional.ofNullable(levels.get(fingerprints)), () -> sweeps);

    @Test
    void theBudgetIsThatOfBothTokensTogether() {
        tokens.put("company", Set.of("runtime", "deploy"));
        levels.put(Set.of("runtime", "deploy"), new BudgetLevel(300, 1_080));

        assertThat(of.budgets()).containsExactly(Map.entry("company", new Budget(300, 1_080)));
    }

    @Test
    void ofAnAccountWhoseTokensWereNotUsedNoBudgetIsKnown() {
        tokens.put("company", Set.of("runtime"));
        tokens.put("fresh", Set.of());
        levels.put(Set.of("runtime"), new BudgetLevel(0, 1_080));

        assertThat(of.budgets()).containsOnlyKeys("company");
    }

    @Test
    void eachAccountThatUsesATokenHasItsChecks() {
        tokens.put("company", Set.of("shared"));
        tokens.put("daughter", Set.of("shared", "deploy"));
        tokens.put("other", Set.of("own"));
        sweeps.add(new Sweeps.State("shared", 7, MINUTE, HOUR));

        Checks shared = new Checks(7, MINUTE, HOUR);
        assertThat(of.checks()).containsOnly(Map.entry("company", shared), Map.entry("daughter", shared));
    }

    @Test
    void ofTwoTokensTheResourcesAreAddedAndTheOldestLookCounts() {
        tokens.put("company", Set.of("runtime", "deploy"));
        sweeps.add(new Sweeps.State("runtime", 7, HOUR, MINUTE));
        sweeps.add(new Sweeps.State("deploy", 2, MINUTE, HOUR));

        assertThat(of.checks()).containsExactly(Map.entry("company", new Checks(9, HOUR, HOUR)));
    }

    @Test
    void aTokenThatNoAccountUsesAnyMoreIsNotShown() {
        sweeps.add(new Sweeps.State("former", 7, MINUTE, HOUR));

        assertThat(of.checks()).isEmpty();
    }
}
