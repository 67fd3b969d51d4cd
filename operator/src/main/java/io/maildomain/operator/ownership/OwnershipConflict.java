package io.maildomain.operator.ownership;

import org.jspecify.annotations.Nullable;

/** The resource was changed since it was read: the reconcile is over, and starts again from what is there now. */
public final class OwnershipConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param resource its kind and name
     * @param cause null where no call was refused: a look showed it
     */
    public OwnershipConflict(String resource, @Nullable Throwable cause) {
        super(resource + " was changed meanwhile", cause);
    }
}
