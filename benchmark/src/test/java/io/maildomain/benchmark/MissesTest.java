package io.maildomain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MissesTest {

    @Test
    void eachParagraphIsAboutAFigure() {
        assertThat(Arrays.stream(Figure.values()).map(Enum::name))
                .containsAll(Misses.all().keySet());
        assertThat(Misses.all()).isNotEmpty().allSatisfy((figure, why) -> assertThat(why)
                .isNotBlank());
    }

    @Test
    void onlyAGoalThatWasMissedIsExplained() {
        Results results = new Results();
        results.put(Figure.ADOPTED_ZONE, Figure.ADOPTED_ZONE.goal());
        assertThat(Misses.explained(results)).isEmpty();
        results.put(Figure.ADOPTED_ZONE, Figure.ADOPTED_ZONE.goal() + 1);
        assertThat(Misses.explained(results))
                .contains("- **existing zone adopted, 5 rules, until Ready, calls**: two of the calls");
    }

    @Test
    void aRowThatIsTheSameAsTheOneAboveSaysOfWhat() {
        assertThat(Figure.OUTAGE_AFTER.fullScenario())
                .isEqualTo("Cloudflare gone for an hour, once it is back, until each is looked at");
    }
}
