package io.maildomain.operator.controller.destination.plan;

import io.maildomain.api.v1alpha1.DeployOrigin;
import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.api.v1alpha1.TargetOwnership;
import io.maildomain.operator.cloudflare.Destination;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one destination address.
 *
 * @param noted what the ownership record says; one of no address where nothing was noted yet
 * @param seen as the account has it; null where it has none
 * @param seenAt Cloudflare's time of that
 * @param request for another mail, as the annotation has it; null: none
 * @param within a creation whose answer was lost can have taken effect for so long after it was noted
 */
public record DestinationFacts(
        DestinationOwnership noted,
        @Nullable Destination seen,
        Instant seenAt,
        @Nullable String request,
        Duration within) {

    /** The address, where the account has it. */
    public Optional<Destination> found() {
        return Optional.ofNullable(seen);
    }

    /** Whether a mail is asked for that was not sent yet. */
    boolean asksForMail() {
        return request != null && !Objects.equals(request, noted.resend());
    }

    /** The note, which says besides that the request needs no answer any more. */
    DestinationOwnership heedingRequest(DestinationOwnership note) {
        return request == null || request.equals(note.resend()) ? note : note.heeding(request);
    }

    /** Whether a record of it says so. */
    boolean isNoted(DeployOrigin origin) {
        return noted.notedAddress()
                .filter(address -> address.origin() == origin)
                .isPresent();
    }

    /**
     * What is to be noted of the address that is there. The operator's own is only that whose creation was answered with this id, or one that
     * was created while an answer of ours was out: whatever is less certain was there before.
     */
    DestinationOwnership noteOf(Destination found) {
        String id = found.id().isEmpty() ? null : found.id();
        Optional<TargetOwnership> known = noted.notedAddress();
        boolean ours = known.filter(address -> isAnswered(address, id) || isLostAnswer(address, found))
                .isPresent();
        DestinationOwnership note = ours ? noted.created(id) : noted.adopted(id);
        return note.equals(noted) ? noted : note;
    }

    private static boolean isAnswered(TargetOwnership address, @Nullable String id) {
        return address.origin() == DeployOrigin.Created
                && id != null
                && address.notedId().filter(id::equals).isPresent();
    }

    private boolean isLostAnswer(TargetOwnership address, Destination found) {
        Instant created = found.created();
        Instant asked = address.requestedAt();
        return address.origin() == DeployOrigin.Creating
                && created != null
                && asked != null
                && !created.isBefore(asked)
                && !created.isAfter(asked.plus(within));
    }
}
