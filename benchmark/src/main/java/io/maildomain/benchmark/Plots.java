package io.maildomain.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is drawn of the results. */
final class Plots {

    private static final String BLUE = "#1f77b4";
    private static final String RED = "#d62728";
    private static final String GREY = "#7f7f7f";

    private Plots() {}

    /** Calls of the latest window, at each second, against what the budget allows in one. */
    static Plot callsOverTime(Setting budget, List<Calls.Interval> seconds) {
        int window = (int) budget.window().toSeconds();
        List<Plot.Point> calls = new ArrayList<>();
        for (int second = 1; second <= seconds.size(); second++) {
            calls.add(new Plot.Point(
                    second,
                    seconds.subList(Math.max(0, second - window), second).stream()
                            .mapToLong(Calls.Interval::calls)
                            .sum()));
        }
        int end = seconds.size();
        return new Plot(
                "Calls of new domains under a budget",
                "seconds",
                "calls",
                List.of(
                        new Plot.Line("calls in the latest " + window + " s", BLUE, false, calls),
                        new Plot.Line("less the reserve", GREY, true, level(end, budget.usable())),
                        new Plot.Line("the user's budget", RED, true, level(end, budget.limit()))));
    }

    private static List<Plot.Point> level(double end, double up) {
        return List.of(new Plot.Point(0, up), new Plot.Point(end, up));
    }

    /** How many domains were Ready so long after they were applied. */
    static Plot readyAfter(List<Duration> sorted) {
        List<Plot.Point> steps = new ArrayList<>(List.of(new Plot.Point(0, 0)));
        for (int i = 0; i < sorted.size(); i++) {
            double second = sorted.get(i).toMillis() / 1000.0;
            steps.add(new Plot.Point(second, 100.0 * i / sorted.size()));
            steps.add(new Plot.Point(second, 100.0 * (i + 1) / sorted.size()));
        }
        return new Plot(
                "Time to Ready of new domains under a budget",
                "seconds since it was applied",
                "% Ready",
                List.of(new Plot.Line(sorted.size() + " domains", BLUE, false, steps)));
    }
}
