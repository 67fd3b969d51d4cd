package io.maildomain.operator.ownership;

import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes the status of one kind of our resources.
 *
 * @param <R> the kind
 * @param <S> its status
 */
public interface StatusWriter<R extends CustomResource<?, S>, S> {

    /** The resource as the API server has it now; empty if it is gone, or another one has taken its name. */
    Optional<R> live(R known);

    /**
     * All of the namespace as the API server has them now. A watch may not show yet what came a moment ago: this is for the
     * last question before something is undone, and not for what is done often.
     */
    List<R> liveIn(String namespace);

    /**
     * Writes the ownership record before the call that it speaks of.
     *
     * @param live the resource as it was read: the write is refused if its spec, our annotations, the ownership record or
     *     the mark of deletion have changed since
     * @param ownership record a status that holds only the ownership record
     * @return the resource as it is now
     * @throws OwnershipConflict if one of these has changed, or it is gone
     */
    R writeOwnership(R live, S ownership);

    /**
     * Writes everything else in the status. Call it only where something differs. A resource that is gone needs none.
     *
     * @throws StatusRefused if the API server will not have it
     */
    void writeStatus(R live, S status);

    /** Takes our finalizer off: the resource may go. */
    void release(R known);
}
