package io.maildomain.operator.statuspage.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Plots in SVG, in the page itself. Each has its numbers as words beside it, which the plot repeats: it is an image with a name, and colour is
 * never all that tells one thing from another.
 */
final class Plot {

    static final int WIDTH = 300;
    static final int HEIGHT = 16;

    /** A part of a bar. */
    record Part(String styleClass, double size) {}

    /** So many resources stand so. */
    record Count(Standing standing, long resources) {}

    private Plot() {}

    /** How many of each standing there are, side by side; those that are few can be seen all the same. */
    static Html shares(List<Count> counts) {
        String name = counts.stream()
                .map(count -> count.resources() + " " + count.standing().words())
                .collect(Collectors.joining(", "));
        return bar(
                "Domains: " + (name.isEmpty() ? "none" : name),
                counts.stream()
                        .map(count -> new Part(count.standing().styleClass(), count.resources()))
                        .toList(),
                Html.NOTHING);
    }

    /** How much of the budget may be sent at once. */
    static Html budget(AccountFact.Budget budget) {
        double most = Math.max(1, Math.max(budget.most(), budget.left()));
        double left = Math.max(0, budget.left());
        String styleClass = left < most / 10 ? "waiting" : "ready";
        return bar(words(budget), List.of(new Part(styleClass, left), new Part("rest", most - left)), Html.NOTHING);
    }

    /** The same in words. */
    static String words(AccountFact.Budget budget) {
        return "%d of %d requests may be sent at once".formatted(Math.max(0, budget.left()), budget.most());
    }

    /** How old the oldest comparison is, or how long one is due, on a scale of intervals, with a line at one of them and one at two. */
    static Html checks(AccountFact.Checks checks) {
        double interval = Math.max(1, checks.interval().toMillis());
        double age = Math.max(0, checks.age().toMillis());
        double scale = Math.max(3 * interval, age);
        return bar(
                words(checks),
                List.of(new Part(checks.areLate() ? "stopped" : "ready", age), new Part("rest", scale - age)),
                Html.of(tick(interval / scale), tick(2 * interval / scale)));
    }

    /** The same in words. */
    static String words(AccountFact.Checks checks) {
        String resources = StatusPage.plural(checks.resources(), "resource");
        String interval = "the interval is " + Durations.words(checks.interval());
        if (checks.areLate()) {
            return "%d of %s not compared with Cloudflare for nearly two intervals; the oldest look is %s; %s"
                    .formatted(
                            checks.late(),
                            resources,
                            checks.known()
                                    ? Durations.words(checks.age()) + " old"
                                    : "from before the operator started",
                            interval);
        }
        return checks.known()
                ? "%s compared with Cloudflare within the last %s; %s"
                        .formatted(resources, Durations.words(checks.age()), interval)
                : "%s, of which not all were compared with Cloudflare since the operator started; %s"
                        .formatted(resources, interval);
    }

    private static Html bar(String name, List<Part> parts, Html above) {
        int[] widths = widths(parts.stream().map(Part::size).toList());
        Html bars = Html.all(IntStream.range(0, parts.size())
                .filter(i -> widths[i] > 0)
                .mapToObj(i -> rectangle(
                        parts.get(i).styleClass(),
                        IntStream.range(0, i).map(before -> widths[before]).sum(),
                        widths[i])));
        return Element.of(Tag.SVG, "plot")
                .with(Attribute.ROLE, "img")
                .with(Attribute.ARIA_LABEL, name)
                .with(Attribute.VIEW_BOX, "0 0 " + WIDTH + " " + HEIGHT)
                .with(Attribute.WIDTH, String.valueOf(WIDTH))
                .with(Attribute.HEIGHT, String.valueOf(HEIGHT))
                .holding(Stream.of(rectangle("rest", 0, WIDTH), bars, above));
    }

    /** Whole units that fill the bar together; what is there at all gets two of them at least, which the largest gives. */
    static int[] widths(List<Double> sizes) {
        double sum = sizes.stream().mapToDouble(Double::doubleValue).sum();
        int[] widths = new int[sizes.size()];
        if (sum <= 0) {
            return widths;
        }
        List<Integer> largestLast =
                new ArrayList<>(IntStream.range(0, widths.length).boxed().toList());
        largestLast.sort(Comparator.comparing(sizes::get));
        int left = WIDTH;
        for (int i : largestLast.subList(0, largestLast.size() - 1)) {
            double size = sizes.get(i);
            widths[i] = size <= 0 ? 0 : Math.max(2, (int) Math.round(size / sum * WIDTH));
            left -= widths[i];
        }
        widths[largestLast.get(largestLast.size() - 1)] = Math.max(0, left);
        return widths;
    }

    private static Html rectangle(String styleClass, int x, int width) {
        return Element.of(Tag.RECT, styleClass)
                .with(Attribute.X, String.valueOf(x))
                .with(Attribute.Y, "0")
                .with(Attribute.WIDTH, String.valueOf(width))
                .with(Attribute.HEIGHT, String.valueOf(HEIGHT))
                .empty();
    }

    private static Html tick(double share) {
        String x = String.valueOf((int) Math.round(Math.min(1, share) * WIDTH));
        return Element.of(Tag.LINE, "tick")
                .with(Attribute.X1, x)
                .with(Attribute.X2, x)
                .with(Attribute.Y1, "0")
                .with(Attribute.Y2, String.valueOf(HEIGHT))
                .empty();
    }
}
