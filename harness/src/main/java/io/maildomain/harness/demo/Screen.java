package io.maildomain.harness.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the demo shows: sentences, and under them a table that is redrawn in place on a terminal. Elsewhere, in a log for
 * example, each row that changes is a line of its own.
 */
final class Screen {

    private static final String CURSOR_UP = "\u001b[%dA";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final boolean terminal;
    private final Table table;
    private final long startNanos = System.nanoTime();
    private final Map<String, Row> shown = new HashMap<>();
    private List<String> drawn = List.of();
    private boolean silent;

    Screen(PrintStream out, boolean terminal, int columns) {
        this.out = out;
        this.terminal = terminal;
        this.table = new Table(terminal ? columns : Integer.MAX_VALUE);
    }

    /** A sentence, with the seconds since the start before it. */
    synchronized void say(String sentence) {
        List<String> below = drawn;
        erase();
        print(String.format("%4d s  %s", elapsed().toSeconds(), sentence));
        draw(below);
    }

    /** Text as it is, and the table done with: what comes next stands below it. */
    synchronized void print(String text) {
        if (!silent) {
            drawn = List.of();
            out.println(text);
        }
    }

    /** The table as it is now. */
    synchronized void show(List<Row> rows) {
        if (terminal) {
            List<String> lines = table.lines(rows);
            if (!lines.equals(drawn)) {
                erase();
                draw(lines);
            }
        } else {
            rows.stream().filter(row -> !row.equals(shown.get(row.resource()))).forEach(this::printChanged);
        }
    }

    private void printChanged(Row row) {
        shown.put(row.resource(), row);
        String sentence = "%-44s %-24s Ready=%-8s%s".formatted(row.resource(), row.step(), row.ready(), row.reason());
        print(String.format("%4d s  %s", elapsed().toSeconds(), sentence.stripTrailing()));
    }

    private void erase() {
        if (!drawn.isEmpty() && !silent) {
            out.print(String.format(CURSOR_UP, drawn.size()) + CLEAR_BELOW);
        }
        drawn = List.of();
    }

    private void draw(List<String> lines) {
        if (!silent) {
            lines.forEach(out::println);
            out.flush();
            drawn = lines;
        }
    }

    /** From now on nothing is shown: the end has begun, and what fails because of it is no news. */
    synchronized void silence() {
        silent = true;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
