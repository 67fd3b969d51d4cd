package io.maildomain.benchmark;

import java.util.ArrayList;
import java.util.List;

/** The results as a table of Markdown. */
record Table(Results results) {

    private static final List<String> HEAD =
            List.of("scenario", "unit", "floor", "goal", "measured", "measured ÷ goal", "limit");

    String text() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        rows.add(HEAD.stream()
                .map(title -> title.equals("scenario") || title.equals("unit") ? "---" : "---:")
                .toList());
        for (Figure figure : Figure.values()) {
            results.value(figure).ifPresent(measured -> rows.add(row(figure, measured)));
        }
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.toString();
    }

    private static List<String> row(Figure figure, double measured) {
        return List.of(
                figure.scenario(),
                figure.unit(),
                Numbers.shown(figure.floor()),
                figure.shownGoal(),
                (!Double.isNaN(figure.goal()) && figure.isReachedBy(measured)
                        ? "**" + Numbers.shown(measured) + "**"
                        : Numbers.shown(measured)),
                ratio(measured, figure.goal()),
                figure.shownLimit());
    }

    /** How many times the goal; nothing where the goal is zero or there is none. */
    private static String ratio(double measured, double goal) {
        return Double.isNaN(goal) || goal == 0 ? "–" : Numbers.shown(measured / goal);
    }
}
