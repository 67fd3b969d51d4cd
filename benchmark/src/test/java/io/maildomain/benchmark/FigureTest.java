package io.maildomain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FigureTest {

    @ParameterizedTest
    @EnumSource
    void aGoalIsWithinItsLimit(Figure figure) {
        if (!Double.isNaN(figure.goal())) {
            assertThat(figure.allows(figure.goal())).isTrue();
        }
    }

    @Test
    void aFigureBeyondItsLimitIsBrokenAndOneAtItIsNot() {
        Results results = new Results();
        results.put(Figure.NEW_ZONE, Figure.NEW_ZONE.limit());
        assertThat(results.broken()).isEmpty();
        results.put(Figure.NEW_ZONE, Figure.NEW_ZONE.limit() + 1);
        assertThat(results.broken()).singleElement().asString().startsWith("NEW_ZONE: ");
    }

    @Test
    void theTableShowsWhatWasMeasuredBesideTheGoal() {
        Results results = new Results();
        results.put(Figure.ONE_RULE, 4);
        assertThat(new Table(results).text().lines())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("| one rule of 5 changed | calls | 1 | ≤ 2 | 4 | 2 | ");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3.0, 3", "0.1649, 0.165", "1234.4, 1234", "20, 20", "100, 100"})
    void numbersHaveThreeDigitsAtMostUnlessTheyAreLarge(double number, String shown) {
        assertThat(Numbers.shown(number)).isEqualTo(shown);
    }
}
