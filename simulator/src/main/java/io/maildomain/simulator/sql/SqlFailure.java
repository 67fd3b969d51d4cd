package io.maildomain.simulator.sql;

/** SQL that does not run; the message is SQLite's own, as D1 shows it. */
public final class SqlFailure extends Exception {

    private static final long serialVersionUID = 1L;

    SqlFailure(String message) {
        super(message, null, false, false);
    }
}
