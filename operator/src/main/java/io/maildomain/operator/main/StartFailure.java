package io.maildomain.operator.main;

/** The program cannot do what it was asked to. The message is the one line that people see: what is wrong, and what to do. */
final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
