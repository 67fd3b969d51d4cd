package io.maildomain.operator.controller.mailworker.plan;

/** SQL that the operator cannot cut into tokens as SQLite would. It says where and why, and never quotes more than a character. */
final class UnreadableSqlException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int line;

    /** @param line from 1 */
    UnreadableSqlException(int line, String why) {
        super(why);
        this.line = line;
    }

    int line() {
        return line;
    }
}
