package io.maildomain.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lines over two axes that begin at zero, as SVG. */
record Plot(String title, String across, String up, List<Line> lines) {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 56;
    private static final int BOTTOM = 48;
    private static final int TICKS = 5;
    private static final int LEGEND_WIDTH = 220;

    /**
     * One line.
     *
     * @param dashed whether it is a bound, not something measured
     */
    record Line(String name, String colour, boolean dashed, List<Point> points) {

        private double most(boolean across) {
            return points.stream()
                    .mapToDouble(point -> across ? point.across() : point.up())
                    .max()
                    .orElse(0);
        }
    }

    record Point(double across, double up) {}

    String svg() {
        double right =
                round(lines.stream().mapToDouble(line -> line.most(true)).max().orElse(1));
        double top =
                round(lines.stream().mapToDouble(line -> line.most(false)).max().orElse(1));
        List<String> parts = new ArrayList<>();
        parts.add(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT));
        parts.add("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        parts.add(text(LEFT, 20, "start", "<tspan font-weight=\"bold\">" + title + "</tspan>"));
        parts.add(text((WIDTH + LEFT) / 2.0, HEIGHT - 10, "middle", across));
        parts.add(text(LEFT, TOP - 8, "end", up));
        for (int tick = 0; tick <= TICKS; tick++) {
            double x = x(right * tick / TICKS, right);
            double y = y(top * tick / TICKS, top);
            parts.add(stroke(LEFT, y, WIDTH - RIGHT, y, tick == 0 ? "#333" : "#ddd"));
            parts.add(text(LEFT - 8, y + 4, "end", Numbers.shown(top * tick / TICKS)));
            parts.add(text(x, HEIGHT - BOTTOM + 18, "middle", Numbers.shown(right * tick / TICKS)));
        }
        for (int i = 0; i < lines.size(); i++) {
            parts.add(line(lines.get(i), right, top));
            parts.add(legend(lines.get(i), i));
        }
        parts.add("</svg>\n");
        return String.join("\n", parts);
    }

    private static String line(Line line, double right, double top) {
        String points = line.points().stream()
                .map(point -> format("%.1f,%.1f", x(point.across(), right), y(point.up(), top)))
                .collect(Collectors.joining(" "));
        return format(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>",
                points, line.colour(), dashes(line));
    }

    private static String legend(Line line, int number) {
        double x = LEFT + number * (double) LEGEND_WIDTH;
        return format(
                        "<line x1=\"%.1f\" y1=\"33\" x2=\"%.1f\" y2=\"33\" stroke=\"%s\" stroke-width=\"2\"%s/>",
                        x, x + 24, line.colour(), dashes(line))
                + text(x + 30, 37, "start", line.name());
    }

    private static String dashes(Line line) {
        return line.dashed() ? " stroke-dasharray=\"6 4\"" : "";
    }

    private static String stroke(double x1, double y1, double x2, double y2, String colour) {
        return format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>", x1, y1, x2, y2, colour);
    }

    private static String text(double x, double y, String anchor, String text) {
        return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text);
    }

    /** Numbers with a point, wherever this runs. */
    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static double x(double value, double right) {
        return LEFT + value / right * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
    }

    /** The next number whose fifth parts are easy to read: 1, 2, 2.5 or 5 times a power of ten, times five. */
    static double round(double most) {
        double step = most <= 0 ? 1 : most / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
            if (step <= factor * power * (1 + 1e-9)) {
                return factor * power * TICKS;
            }
        }
        throw new IllegalStateException(String.format(Locale.ROOT, "%f is within ten times a power of ten", step));
    }
}
