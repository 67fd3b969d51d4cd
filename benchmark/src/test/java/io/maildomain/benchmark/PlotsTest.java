package io.maildomain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

class PlotsTest {

    private static Calls.Interval second(long calls) {
        return new Calls.Interval(calls, 0, JsonNodeFactory.instance.objectNode());
    }

    private static List<Double> heights(Plot plot, int line) {
        return plot.lines().get(line).points().stream().map(Plot.Point::up).toList();
    }

    @Test
    void callsAreThoseOfTheLatestWindow() {
        Setting budget = Setting.limited(10, 150);
        assertThat(budget.window()).isEqualTo(Duration.ofSeconds(2));
        Plot plot = Plots.callsOverTime(budget, List.of(second(3), second(4), second(5)));
        assertThat(heights(plot, 0)).containsExactly(3.0, 7.0, 9.0);
        assertThat(heights(plot, 1)).containsOnly(8.0);
        assertThat(heights(plot, 2)).containsOnly(10.0);
    }

    @Test
    void theShareOfReadyDomainsRisesToAll() {
        Plot plot = Plots.readyAfter(List.of(Duration.ofSeconds(1), Duration.ofSeconds(3)));
        assertThat(heights(plot, 0)).containsExactly(0.0, 0.0, 50.0, 50.0, 100.0);
    }

    @Test
    void aPlotIsWellFormedWhateverIsInIt() {
        for (Plot plot : List.of(
                Plots.callsOverTime(Setting.limited(100, 30), List.of()),
                Plots.readyAfter(List.of(Duration.ZERO)),
                Plots.readyAfter(List.of(Duration.ofSeconds(1), Duration.ofMinutes(3))))) {
            assertThatCode(() -> DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(plot.svg()))))
                    .doesNotThrowAnyException();
            assertThat(plot.svg()).doesNotContain("NaN").doesNotContain("Infinity");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 1", "7, 10", "99, 100", "101, 125", "960, 1000", "1200, 1250", "0.3, 0.5"})
    void anAxisEndsWhereItsTicksAreEasyToRead(double most, double end) {
        assertThat(Plot.round(most)).isEqualTo(end, org.assertj.core.api.Assertions.within(1e-9));
    }
}
