package io.maildomain.harness;

/** A part could not be started or used; the message is one sentence for the person who runs the test or the demo. */
public final class HarnessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HarnessException(String message) {
        super(message);
    }

    public HarnessException(String message, Throwable cause) {
        super(message, cause);
    }
}
