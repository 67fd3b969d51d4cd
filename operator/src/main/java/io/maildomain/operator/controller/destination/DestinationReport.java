package io.maildomain.operator.controller.destination;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.Destination;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.destination.plan.DestinationMessages;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said of a DestinationAddress. Pure. */
record DestinationReport(DestinationAddress live, Instant now) {

    /** The account has it. @param hint what people should know besides; empty: nothing */
    ReconcileResult<DestinationAddressStatus> there(Destination seen, String hint) {
        String message = DestinationMessages.there(live.getSpec().email(), seen, hint);
        DestinationState state = DestinationMessages.stateOf(seen);
        if (state == DestinationState.Verified) {
            Check ready = Check.yes(ConditionType.READY, Reason.Ready, message);
            return new ReconcileResult<>(
                    status(state, seen.verifiedAt(), ready), Requeue.RESYNC, Reason.Ready, Duration.ZERO);
        }
        return waiting(state, Reason.DestinationUnverified, message, Requeue.WAITING);
    }

    /** It was there, and is created anew only on request. */
    ReconcileResult<DestinationAddressStatus> gone() {
        return waiting(
                DestinationState.Gone,
                Reason.DestinationGone,
                DestinationMessages.gone(live.getSpec().email()),
                Requeue.STALLED);
    }

    /** Cloudflare says that it has it, and does not list it. */
    ReconcileResult<DestinationAddressStatus> hidden() {
        return waiting(
                DestinationState.Pending,
                Reason.Pending,
                DestinationMessages.hidden(live.getSpec().email()),
                Requeue.WAITING);
    }

    private ReconcileResult<DestinationAddressStatus> waiting(
            DestinationState state, Reason reason, String message, Requeue requeue) {
        Check ready = Check.no(ConditionType.READY, reason, message);
        return new ReconcileResult<>(
                status(state, null, ready, ready.holding(kstatus(requeue))), requeue, reason, Duration.ZERO);
    }

    /** It goes no further. A 429 never changes a condition, nor does a hiccup that of an address that is verified. */
    ReconcileResult<DestinationAddressStatus> blocked(Blocked why) {
        Optional<DestinationAddressStatus> before = Optional.ofNullable(live.getStatus());
        boolean told = before.flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
                .filter(why::isToldBy)
                .isPresent();
        if (why.quiet() || why.isHiccup() && Conditions.hasConverged(live) || told) {
            return ReconcileResult.silent(why);
        }
        Check ready = why.check().as(ConditionType.READY);
        Instant verified =
                before.flatMap(DestinationAddressStatus::saidVerified).orElse(null);
        return new ReconcileResult<>(
                status(stateOf(why), verified, ready, ready.holding(kstatus(why.requeue()))),
                why.requeue(),
                why.reason(),
                why.notBefore());
    }

    private static DestinationState stateOf(Blocked why) {
        return switch (why.reason()) {
            case AccessDenied ->
                why.status() == Check.Status.FALSE ? DestinationState.AccessDenied : DestinationState.Unknown;
            case RequestInvalid, RequestRefused -> DestinationState.Failed;
            default -> DestinationState.Unknown;
        };
    }

    private static ConditionType kstatus(Requeue requeue) {
        return requeue == Requeue.STALLED ? ConditionType.STALLED : ConditionType.RECONCILING;
    }

    private DestinationAddressStatus status(DestinationState state, @Nullable Instant verified, Check... checks) {
        List<Condition> before =
                live.getStatus() == null ? List.of() : live.getStatus().conditions();
        long generation = live.getMetadata().getGeneration();
        return new DestinationAddressStatus(
                generation,
                Conditions.of(before, List.of(checks), generation, now),
                state,
                verified,
                null,
                live.getMetadata().getUid(),
                null);
    }
}
