package io.maildomain.operator.controller.destination.plan;

import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.operator.cloudflare.Destination;

/**
 * Decides what comes next for a destination address. A mail goes to a person who may have asked for nothing, so there is one for the first
 * creation, and then one for each request. Pure.
 */
public final class DestinationPlanner {

    private DestinationPlanner() {}

    /** What comes next. */
    public static DestinationStep next(DestinationFacts facts) {
        return facts.found().map(found -> ofOne(facts, found)).orElseGet(() -> ofNone(facts));
    }

    private static DestinationStep ofOne(DestinationFacts facts, Destination found) {
        DestinationOwnership note = facts.noteOf(found);
        if (found.verified()) {
            return new DestinationStep.Hold(facts.heedingRequest(note), found, "");
        }
        if (!facts.asksForMail()) {
            return new DestinationStep.Hold(note, found, "");
        }
        boolean ours = note.notedAddress()
                .filter(address -> address.origin() == DeployOrigin.Created && address.id() != null)
                .isPresent();
        return ours
                ? new DestinationStep.Renew(note, found)
                : new DestinationStep.Hold(note, found, DestinationMessages.NOT_OURS_TO_RENEW);
    }

    private static DestinationStep ofNone(DestinationFacts facts) {
        boolean wasThere = facts.isNoted(DeployOrigin.Created) || facts.isNoted(DeployOrigin.Adopted);
        if (wasThere && !facts.asksForMail()) {
            return new DestinationStep.Leave(facts.noted());
        }
        return new DestinationStep.Create(facts.noted().creating(facts.seenAt(), facts.request()));
    }
}
