package io.maildomain.operator.app;

import io.maildomain.operator.controller.offline.ManifestText;
import java.io.PrintWriter;

/**
 * How far a verb has come: a bar on a terminal, in the place of the one before; elsewhere nothing but lines. It moves the cursor by
 * nothing that a terminal could lack.
 */
final class Progress implements AutoCloseable {

    /** So many take long enough for people to wonder. */
    static final int MANY = 10;

    private static final int CELLS = 20;

    /** The narrowest terminal there is, less the last column, behind which the line would break. */
    private static final int COLUMNS = 79;

    private final PrintWriter err;
    private final boolean drawn;
    private String bar = "";

    /** @param terminal whether a person may watch */
    Progress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.drawn = terminal;
    }

    /** Whether a bar tells how far it has come, so that no lines have to. */
    boolean isDrawn(int all) {
        return drawn && all >= MANY;
    }

    /** A line above the bar. */
    void say(String line) {
        String below = bar;
        close();
        err.println(ManifestText.plain(line));
        draw(below);
    }

    /** @param what was done last */
    void at(int done, int all, String what) {
        if (isDrawn(all)) {
            int full = CELLS * done / all;
            String text = "[%s%s] %d/%d %s"
                    .formatted("#".repeat(full), "-".repeat(CELLS - full), done, all, ManifestText.plain(what));
            draw(text.length() > COLUMNS ? text.substring(0, COLUMNS - 3) + "..." : text);
        }
    }

    /** Nothing of the bar is left. */
    @Override
    public void close() {
        if (!bar.isEmpty()) {
            err.print("\r" + " ".repeat(bar.length()) + "\r");
            err.flush();
        }
        bar = "";
    }

    private void draw(String text) {
        err.print(text.isEmpty() ? "" : "\r" + text + " ".repeat(Math.max(0, bar.length() - text.length())));
        err.flush();
        bar = text;
    }
}
