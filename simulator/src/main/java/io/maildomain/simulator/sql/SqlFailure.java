package io.maildomain.simulator.sql;

/** SQL that does not run; the message is SQLite's own, as D1 shows it. */
public final class SqlFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean here;

    SqlFailure(String message) {
        this(message, false);
    }

    private SqlFailure(String message, boolean here) {
        super(message, null, false, false);
        this.here = here;
    }

    /** No fault of the SQL. */
    static SqlFailure here(String message) {
        return new SqlFailure(message, true);
    }

    /** Whether SQL cannot be run on this machine at all. */
    public boolean isOfThisMachine() {
        return here;
    }
}
