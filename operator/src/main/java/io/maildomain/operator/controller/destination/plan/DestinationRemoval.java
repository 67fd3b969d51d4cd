package io.maildomain.operator.controller.destination.plan;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.operator.cloudflare.Destination;
import java.util.List;

/** Whether a destination address goes with its resource. Pure. */
public sealed interface DestinationRemoval {

    /** There is nothing to delete. */
    record Nothing() implements DestinationRemoval {}

    /** It stays. */
    record Keep(String why) implements DestinationRemoval {}

    /** Rules of ours forward to it: Cloudflare would switch them off. @param users in words */
    record Wait(List<String> users) implements DestinationRemoval {

        public Wait {
            users = List.copyOf(users);
        }
    }

    /** It is the operator's, and nothing of ours needs it. */
    record Delete(Destination destination) implements DestinationRemoval {}

    /**
     * Whether that can be known without asking Cloudflare: it is to stay, or was never created by the operator.
     *
     * @param noted what the ownership record says
     */
    static boolean needsNoLook(DeletionPolicy policy, DestinationOwnership noted) {
        return policy == DeletionPolicy.Retain
                || noted.notedAddress()
                        .filter(address -> address.origin() != DeployOrigin.Adopted)
                        .isEmpty();
    }

    /**
     * What becomes of it.
     *
     * @param isNamedElsewhere whether another DestinationAddress is about the same address of the account
     * @param users what of ours forwards mail to it, in words
     */
    static DestinationRemoval of(
            DeletionPolicy policy, DestinationFacts facts, boolean isNamedElsewhere, List<String> users) {
        if (policy == DeletionPolicy.Retain) {
            return new Keep("deletionPolicy is Retain");
        }
        return facts.found()
                .map(found -> of(facts, found, isNamedElsewhere, users))
                .orElseGet(Nothing::new);
    }

    private static DestinationRemoval of(
            DestinationFacts facts, Destination found, boolean isNamedElsewhere, List<String> users) {
        boolean ours = facts.noteOf(found)
                .notedAddress()
                .filter(address -> address.origin() == DeployOrigin.Created)
                .isPresent();
        if (!ours || found.id().isEmpty()) {
            return new Keep("the operator did not create it");
        }
        if (isNamedElsewhere) {
            return new Keep("another DestinationAddress is about it as well");
        }
        return users.isEmpty() ? new Delete(found) : new Wait(users);
    }
}
