package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.cloudflare.ratelimit.BudgetLevel;
import io.maildomain.operator.controller.sweep.CheckAge;
import io.maildomain.operator.statuspage.plan.AccountFact.Budget;
import io.maildomain.operator.statuspage.plan.AccountFact.Checks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the status page says of an account is that of the tokens that the account uses. */
class AccountLevelsTest {

    private static final Instant NOW = Instant.parse("2026-01-03T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Map<String, Set<String>> tokens = new HashMap<>();
    private final Map<Set<String>, BudgetLevel> levels = new HashMap<>();
    private final Map<String, CheckAge> ages = new HashMap<>();
    private final AccountLevels of = new AccountLevels(
            () -> tokens,
            fingerprints -> Optional.ofNullable(levels.get(fingerprints)),
            () -> ages,
            Clock.fixed(NOW, ZoneOffset.UTC));

    private static CheckAge age(int resources, int late, boolean known, Duration age, Duration interval) {
        return new CheckAge(NOW.minus(age), known, resources, late, interval, "others come first");
    }

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
        ages.put("shared", age(7, 0, true, MINUTE, HOUR));

        Checks shared = new Checks(7, 0, true, MINUTE, HOUR);
        assertThat(of.checks()).containsOnly(Map.entry("company", shared), Map.entry("daughter", shared));
    }

    @Test
    void ofTwoTokensTheResourcesAreAddedAndTheOldestLookCounts() {
        tokens.put("company", Set.of("runtime", "deploy"));
        ages.put("runtime", age(7, 1, true, HOUR, MINUTE));
        ages.put("deploy", age(2, 0, true, MINUTE, HOUR));

        assertThat(of.checks()).containsExactly(Map.entry("company", new Checks(9, 1, true, HOUR, HOUR)));
    }

    @Test
    void whatWasNotComparedSinceTheStartIsNotCalledCompared() {
        tokens.put("company", Set.of("runtime", "deploy"));
        ages.put("runtime", age(7, 0, true, MINUTE, HOUR));
        ages.put("deploy", age(2, 0, false, MINUTE, HOUR));

        assertThat(of.checks()).containsExactly(Map.entry("company", new Checks(9, 0, false, MINUTE, HOUR)));
    }

    @Test
    void aTokenThatNoAccountUsesAnyMoreIsNotShown() {
        ages.put("former", age(7, 0, true, MINUTE, HOUR));

        assertThat(of.checks()).isEmpty();
    }
}
