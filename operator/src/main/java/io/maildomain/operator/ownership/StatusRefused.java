package io.maildomain.operator.ownership;

/** The API server does not take what a status should say: another try with the same words is refused as well. */
public final class StatusRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param resource its kind and name */
    public StatusRefused(String resource, Throwable cause) {
        super("the status of " + resource + " is refused: " + cause.getMessage(), cause);
    }
}
