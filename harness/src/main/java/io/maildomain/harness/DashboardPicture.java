package io.maildomain.harness;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.Prometheus.Point;
import io.maildomain.harness.Prometheus.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The dashboard as SVG, drawn by us: each panel at its place, with the lines that Prometheus answered, from zero to the largest. It shows what the queries tell, not how Grafana looks.
 */
public final class DashboardPicture {

    private static final int COLUMN = 52;
    private static final int ROW = 34;
    private static final int GAP = 8;
    private static final int LEGEND_LINE = 13;
    private static final int MOST_NAMED = 6;
    private static final List<String> COLOURS =
            List.of("#1f77b4", "#d62728", "#2ca02c", "#ff7f0e", "#9467bd", "#8c564b", "#17becf", "#7f7f7f");

    private final List<String> parts = new ArrayList<>();
    private int height;

    /**
     * One more panel.
     *
     * @param panel as in the dashboard's JSON
     * @param lines what its queries came to, by what its legend calls them
     */
    public void add(JsonNode panel, Map<String, Series> lines) {
        JsonNode place = panel.path("gridPos");
        double x = place.path("x").asInt() * COLUMN + GAP;
        double y = place.path("y").asInt() * ROW + GAP;
        double width = place.path("w").asInt() * COLUMN - GAP;
        double tall = place.path("h").asInt() * ROW - GAP;
        height = Math.max(height, (int) (y + tall) + GAP);
        parts.add(format(
                "<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" rx=\"3\" fill=\"white\" stroke=\"#ccc\"/>",
                x, y, width, tall));
        parts.add(text(
                x + GAP,
                y + 17,
                "start",
                "<tspan font-weight=\"bold\">" + escaped(panel.path("title").asText()) + "</tspan>"));
        List<Map.Entry<String, Series>> shown = lines.entrySet().stream()
                .filter(line -> !line.getValue().points().isEmpty())
                .sorted(Comparator.comparing(line -> -most(line.getValue(), Point::value)))
                .limit(MOST_NAMED)
                .toList();
        double bottom = y + tall - GAP - LEGEND_LINE * shown.size();
        draw(
                lines.values().stream().filter(line -> !line.points().isEmpty()).toList(),
                shown,
                x + GAP,
                y + 26,
                width - 2.0 * GAP,
                bottom - y - 32);
        for (int i = 0; i < shown.size(); i++) {
            Series line = shown.get(i).getValue();
            double at = bottom + LEGEND_LINE * (i + 1) - 2;
            parts.add(format(
                    "<rect x=\"%.0f\" y=\"%.0f\" width=\"9\" height=\"9\" fill=\"%s\"/>", x + GAP, at - 9, colour(i)));
            Point last = line.points().get(line.points().size() - 1);
            parts.add(text(x + GAP + 14, at, "start", escaped(shown.get(i).getKey()) + " " + number(last.value())));
        }
    }

    private void draw(
            List<Series> all, List<Map.Entry<String, Series>> shown, double x, double y, double width, double tall) {
        double from = -all.stream()
                .mapToDouble(line -> most(line, point -> -point.at()))
                .max()
                .orElse(0);
        double to =
                all.stream().mapToDouble(line -> most(line, Point::at)).max().orElse(1);
        double top =
                all.stream().mapToDouble(line -> most(line, Point::value)).max().orElse(1);
        double scale = top > 0 ? top : 1;
        double time = to > from ? to - from : 1;
        parts.add(format(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#bbb\"/>",
                x, y + tall, x + width, y + tall));
        parts.add(text(x + width, y + 8, "end", number(top)));
        for (int i = 0; i < shown.size(); i++) {
            String points = shown.get(i).getValue().points().stream()
                    .map(point -> format(
                            "%.1f,%.1f",
                            x + (point.at() - from) / time * width,
                            y + tall - Math.max(0, point.value()) / scale * (tall - 12)))
                    .collect(Collectors.joining(" "));
            parts.add(format(
                    "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>", points, colour(i)));
        }
    }

    /** All of it. */
    public String svg() {
        String head = format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#f4f5f5\"/>%n",
                24 * COLUMN + GAP, height);
        return head + String.join("\n", parts) + "\n</svg>\n";
    }

    private static double most(Series line, ToDoubleFunction<Point> of) {
        return line.points().stream().mapToDouble(of).max().orElse(0);
    }

    private static String colour(int number) {
        return COLOURS.get(number % COLOURS.size());
    }

    private static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1e6) {
            return format("%.1f M", value / 1e6);
        }
        return size >= 100 || value == Math.rint(value) ? format("%.0f", value) : format("%.3g", value);
    }

    private static String text(double x, double y, String anchor, String text) {
        return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Numbers with a point, wherever this runs. */
    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).replace("\r\n", "\n");
    }
}
