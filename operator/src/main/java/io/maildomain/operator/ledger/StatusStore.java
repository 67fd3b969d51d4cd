package io.maildomain.operator.ledger;

import io.fabric8.kubernetes.client.CustomResource;
import java.util.Optional;

/**
 * Reads and writes the status of one kind of our resources.
 *
 * @param <R> the kind
 * @param <S> its status
 */
public interface StatusStore<R extends CustomResource<?, S>, S> {

    /** The resource as the API server has it now; empty if it is gone, or another one has taken its name. */
    Optional<R> live(R known);

    /**
     * Writes the ledger before the call that it speaks of.
     *
     * @param live the resource as it was read: the write is refused if it has changed since
     * @param ledger a status that holds the ledger alone
     * @return the resource as it is now
     * @throws LedgerConflict if it has changed, or is gone; never tried again here
     */
    R writeLedger(R live, S ledger);

    /**
     * Writes everything else in the status. Call it only where something differs. A resource that is gone needs none.
     *
     * @throws StatusRefused if the API server will not have it
     */
    void writeStatus(R live, S status);

    /** Takes our finalizer off: the resource may go. */
    void release(R known);
}
