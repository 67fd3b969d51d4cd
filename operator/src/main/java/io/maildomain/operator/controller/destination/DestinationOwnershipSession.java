package io.maildomain.operator.controller.destination;

import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.operator.ownership.StatusWriter;
import java.util.Optional;

/** The ownership record of one DestinationAddress during one reconcile: read live, written before the call that it is about. */
final class DestinationOwnershipSession {

    private final StatusWriter<DestinationAddress, DestinationAddressStatus> store;
    private DestinationAddress live;

    DestinationOwnershipSession(
            StatusWriter<DestinationAddress, DestinationAddressStatus> store, DestinationAddress live) {
        this.store = store;
        this.live = live;
    }

    /** What is noted; empty where nothing ever was. Of one that comes from a backup too: that is what it is kept for. */
    Optional<DestinationOwnership> noted() {
        return Optional.ofNullable(live.getStatus()).flatMap(DestinationAddressStatus::ownershipRecord);
    }

    /**
     * Writes what is about to be done, or came of it, where that differs from what stands there.
     *
     * @throws io.maildomain.operator.ownership.OwnershipConflict if the resource has changed
     */
    void note(DestinationOwnership next) {
        if (noted().filter(next::equals).isEmpty()) {
            live = store.writeOwnership(live, DestinationAddressStatus.ofOwnership(next));
        }
    }
}
