package io.maildomain.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured, scenario by scenario. */
public final class Results {

    private final Map<Figure, Double> values = new EnumMap<>(Figure.class);
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final List<Calls.Interval> callsOverTime = new ArrayList<>();
    private Setting budget = Setting.unlimited();
    private final List<Duration> readyAfter = new ArrayList<>();

    /** A figure was measured. */
    public void put(Figure figure, double value) {
        values.put(figure, value);
    }

    /** The operator's calls second by second, under that budget. */
    public void putCallsOverTime(Setting limited, List<Calls.Interval> seconds) {
        budget = limited;
        callsOverTime.addAll(seconds);
    }

    /** How long after it was applied each of many domains was Ready. */
    public void putReadyAfter(List<Duration> times) {
        readyAfter.addAll(times);
    }

    /** A scenario came to no end. */
    void failed(String scenario, String why) {
        failures.put(scenario, why);
    }

    OptionalDouble value(Figure figure) {
        Double value = values.get(figure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Why scenarios came to no end, by their names. */
    Map<String, String> failures() {
        return Map.copyOf(failures);
    }

    List<Calls.Interval> callsOverTime() {
        return List.copyOf(callsOverTime);
    }

    Setting budget() {
        return budget;
    }

    List<Duration> readyAfter() {
        return readyAfter.stream().sorted().toList();
    }

    /** The figures that pass their hard limits, each in a sentence. */
    List<String> broken() {
        return values.entrySet().stream()
                .filter(one -> !one.getKey().allows(one.getValue()))
                .map(one -> "%s: %s %s, and the limit is %s"
                        .formatted(
                                one.getKey(),
                                Numbers.shown(one.getValue()),
                                one.getKey().unit(),
                                one.getKey().shownLimit()))
                .toList();
    }
}
