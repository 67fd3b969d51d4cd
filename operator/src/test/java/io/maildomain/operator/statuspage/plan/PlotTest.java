package io.maildomain.operator.statuspage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.operator.statuspage.plan.AccountFact.Budget;
import io.maildomain.operator.statuspage.plan.AccountFact.Checks;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlotTest {

    @Property
    void theBarIsFilledByItsPartsAndWhatIsThereIsSeen(
            @ForAll @Size(min = 1, max = 6) List<@DoubleRange(min = 0, max = 100_000) Double> sizes) {
        int[] widths = Plot.widths(sizes);
        boolean some = sizes.stream().anyMatch(size -> size > 0);

        assertThat(Arrays.stream(widths).sum()).isEqualTo(some ? Plot.WIDTH : 0);
        for (int i = 0; i < widths.length; i++) {
            assertThat(widths[i] > 0).isEqualTo(sizes.get(i) > 0);
        }
    }

    @Test
    void oneDomainOfAThousandIsSeen() {
        assertThat(Plot.widths(List.of(1.0, 999.0))).containsExactly(2, 298);
    }

    @Test
    void thePlotOfDomainsSaysItsNumbers() {
        String plot = Plot.shares(List.of(new Plot.Count(Standing.STOPPED, 1), new Plot.Count(Standing.READY, 3)))
                .markup();

        assertThat(plot)
                .startsWith("<svg class=\"plot\" role=\"img\" aria-label=\"Domains: 1 Needs you, 3 Ready\"")
                .contains("<rect class=\"stopped\" x=\"0\" y=\"0\" width=\"75\"")
                .contains("<rect class=\"ready\" x=\"75\" y=\"0\" width=\"225\"");
    }

    @Test
    void aBudgetThatIsNearlyUsedUpLooksOtherwise() {
        assertThat(Plot.budget(new Budget(240, 240)).markup())
                .contains("class=\"ready\"")
                .doesNotContain("waiting");
        assertThat(Plot.budget(new Budget(10, 240)).markup()).contains("class=\"waiting\"");
        assertThat(Plot.words(new Budget(10, 240))).isEqualTo("10 of 240 requests may be sent at once");
    }

    @Test
    void aBudgetThatIsUsedUpIsAnEmptyBar() {
        assertThat(Plot.budget(new Budget(0, 240)).markup())
                .doesNotContain("class=\"waiting\"")
                .contains("class=\"rest\"");
        assertThat(Plot.budget(new Budget(0, 0)).markup()).contains("0 of 0");
    }

    /** The rate can be lowered by Cloudflare while more is still ready. */
    @Test
    void moreThanTheMostIsAFullBar() {
        assertThat(Plot.budget(new Budget(300, 240)).markup())
                .contains("<rect class=\"ready\" x=\"0\" y=\"0\" width=\"300\"");
    }

    @Test
    void checksThatAreLateSaySo() {
        Checks fine = new Checks(12, 0, true, Duration.ofMinutes(19), Duration.ofMinutes(10));
        Checks late = new Checks(12, 3, true, Duration.ofMinutes(90), Duration.ofMinutes(10));

        assertThat(Plot.checks(fine).markup()).contains("class=\"ready\"").doesNotContain("late");
        assertThat(Plot.checks(late).markup()).contains("class=\"stopped\"");
        assertThat(Plot.words(fine))
                .isEqualTo("12 resources compared with Cloudflare within the last 19 min; the interval is 10 min");
        assertThat(Plot.words(late))
                .startsWith(
                        "3 of 12 resources not compared with Cloudflare for nearly two intervals; the oldest look is ")
                .endsWith(" old; the interval is 10 min");
    }

    /** Those of a token with a short interval are late though those of another one are not due yet. */
    @Test
    void whetherTheyAreLateIsNotReadFromTheLongestInterval() {
        Checks late = new Checks(9, 7, true, Duration.ofHours(1), Duration.ofHours(1));

        assertThat(Plot.checks(late).markup()).contains("class=\"stopped\"");
        assertThat(Plot.words(late)).startsWith("7 of 9 resources not compared");
    }

    @Test
    void whatWasNotComparedSinceTheStartIsNotCalledCompared() {
        Duration interval = Duration.ofMinutes(10);

        assertThat(Plot.words(new Checks(12, 0, false, Duration.ofSeconds(5), interval)))
                .isEqualTo(
                        "12 resources, of which not all were compared with Cloudflare since the operator started; the interval is 10 min");
        assertThat(Plot.words(new Checks(1, 1, false, Duration.ofHours(3), interval)))
                .isEqualTo(
                        "1 of 1 resource not compared with Cloudflare for nearly two intervals; the oldest look is from before the operator"
                                + " started; the interval is 10 min");
    }

    @Test
    void twoLinesMarkTheIntervalAndTheLimit() {
        Checks checks = new Checks(1, 0, true, Duration.ZERO, Duration.ofMinutes(10));

        assertThat(Plot.checks(checks).markup())
                .contains("<line class=\"tick\" x1=\"100\" x2=\"100\"", "x1=\"200\" x2=\"200\"");
    }

    @Test
    void aClockThatWasSetBackBreaksNothing() {
        Checks odd = new Checks(1, 0, true, Duration.ofMinutes(-5), Duration.ZERO);

        assertThat(Plot.checks(odd).markup()).contains("within the last 0 s").doesNotContain("\"-");
    }
}
