package io.maildomain.operator.ledger;

/** Somebody changed the resource since it was read: the reconcile is over, and starts again from what is there now. */
public final class LedgerConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param resource its kind and name */
    public LedgerConflict(String resource, Throwable cause) {
        super(resource + " was changed meanwhile", cause);
    }
}
