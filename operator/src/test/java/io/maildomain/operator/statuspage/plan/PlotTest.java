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
        Checks fine = new Checks(12, Duration.ofMinutes(19), Duration.ofMinutes(10));
        Checks late = new Checks(12, Duration.ofMinutes(90), Duration.ofMinutes(10));

        assertThat(Plot.checks(fine).markup()).contains("class=\"ready\"").doesNotContain("late");
        assertThat(Plot.checks(late).markup()).contains("class=\"stopped\"").contains("so they are late");
        assertThat(Plot.words(fine))
                .isEqualTo(
                        "12 resources were all compared with Cloudflare within the last 19 min; the interval is 10 min");
    }

    @Test
    void twoLinesMarkTheIntervalAndTheLimit() {
        Checks checks = new Checks(1, Duration.ZERO, Duration.ofMinutes(10));

        assertThat(Plot.checks(checks).markup())
                .contains("<line class=\"tick\" x1=\"100\" x2=\"100\"", "x1=\"200\" x2=\"200\"");
    }

    @Test
    void aClockThatWasSetBackBreaksNothing() {
        Checks odd = new Checks(1, Duration.ofMinutes(-5), Duration.ZERO);

        assertThat(Plot.checks(odd).markup()).contains("within the last 0 s").doesNotContain("\"-");
    }
}
