package io.maildomain.operator.controller.destination;

import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressSpec;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.RuntimeCredentials;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Destination;
import io.maildomain.operator.controller.Annotations;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.FirstRefusals;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.destination.plan.DestinationFacts;
import io.maildomain.operator.controller.destination.plan.DestinationPlanner;
import io.maildomain.operator.controller.destination.plan.DestinationStep;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Conditions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reconcile of a DestinationAddress: whether it may be, what the account has, and what comes next. */
final class DestinationReconciliation {

    /** Deleted, created anew, or found after all; more means that others work against it. */
    private static final int MOST_STEPS = 4;

    private final DestinationServices services;
    private final ChangeLog log;
    private final LastDestinationCredentials lastGood;
    private final FirstRefusals refusals = new FirstRefusals();

    DestinationReconciliation(DestinationServices services, ChangeLog log, LastDestinationCredentials lastGood) {
        this.services = services;
        this.log = log;
        this.lastGood = lastGood;
    }

    ReconcileResult<DestinationAddressStatus> run(
            DestinationAddress live, DestinationOwnershipSession ownership, CloudflareSession session) {
        DestinationReport report = new DestinationReport(live, services.clock().instant());
        DestinationAddressSpec spec = live.getSpec();
        String account = spec.accountRef().name();
        services.credentials().follow(account);
        RuntimeCredentials found =
                services.credentials().resolve(live.getMetadata().getNamespace(), account, spec.email());
        if (found instanceof Unusable unusable) {
            return report.blocked(unusable.blocked());
        }
        Usable with = (Usable) found;
        Optional<Blocked> moved = DestinationObstacles.otherAccount(spec.email(), ownership.noted(), with);
        if (moved.isPresent()) {
            return report.blocked(moved.get());
        }
        String uid = live.getMetadata().getUid();
        try {
            ReconcileResult<DestinationAddressStatus> result =
                    goOn(live, ownership, new DestinationLook(services, live, with, session), with, report);
            lastGood.worked(uid, with);
            refusals.forget(uid);
            return result;
        } catch (CloudflareException e) {
            Blocked blocked = DestinationObstacles.of(e, with, spec.email());
            boolean first = Blocked.mayBeStray(e) && Conditions.hasConverged(live) && refusals.isFirst(uid);
            return report.blocked(first ? blocked.unconfirmed() : blocked);
        }
    }

    private ReconcileResult<DestinationAddressStatus> goOn(
            DestinationAddress live,
            DestinationOwnershipSession ownership,
            DestinationLook look,
            Usable with,
            DestinationReport report) {
        DestinationOwnership noted = ownership.noted().orElseGet(() -> DestinationOwnership.of(with.accountId()));
        DestinationFacts facts = look.facts(noted, oldest(live, noted));
        if (DestinationPlanner.next(facts).sendsMail()) {
            // That cannot be called back, so it is decided by what stands there now.
            facts = look.facts(noted, Duration.ZERO);
        }
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            DestinationStep step = DestinationPlanner.next(facts);
            ownership.note(step.note());
            if (step instanceof DestinationStep.Hold hold) {
                return report.there(hold.seen(), hold.hint());
            }
            if (step instanceof DestinationStep.Leave) {
                return gone(live, report);
            }
            if (step instanceof DestinationStep.Renew renew) {
                look.delete(renew.seen());
                facts = look.facts(step.note(), null, facts.seenAt());
            } else {
                Destination there = created(live, ownership, look, noted);
                if (there == null) {
                    return report.hidden();
                }
                facts = look.facts(ownership.noted().orElseThrow(), there, facts.seenAt());
            }
        }
        return ReconcileResult.conflict();
    }

    /** How old a list may be that tells of it: of what is well, half as old as from one check to the next. */
    private Duration oldest(DestinationAddress live, DestinationOwnership noted) {
        DestinationAddressStatus status = live.getStatus();
        boolean asked = status != null && !Objects.equals(Conditioned.requestOn(live), status.lastHandledReconcileAt());
        if (asked) {
            return Duration.ZERO;
        }
        boolean renews = Annotations.resendVerification(live)
                .filter(request -> !request.equals(noted.resend()))
                .isPresent();
        boolean well = status != null && Conditions.hasConverged(live) && status.state() == DestinationState.Verified;
        return well && !renews ? services.interval().dividedBy(2) : DestinationServices.RECENT;
    }

    private ReconcileResult<DestinationAddressStatus> gone(DestinationAddress live, DestinationReport report) {
        ReconcileResult<DestinationAddressStatus> result = report.gone();
        if (!Conditions.says(live, Reason.DestinationGone)) {
            log.warned(live, Reason.DestinationGone, live.getSpec().email() + " was deleted at Cloudflare");
        }
        return result;
    }

    /** What stands there then, ours or not; null where Cloudflare has it and shows it nowhere. */
    private @Nullable Destination created(
            DestinationAddress live,
            DestinationOwnershipSession ownership,
            DestinationLook look,
            DestinationOwnership before) {
        DestinationOwnership creating = ownership.noted().orElseThrow();
        try {
            Destination created = look.create();
            ownership.note(creating.created(created.id().isEmpty() ? null : created.id()));
            log.said(
                    live,
                    Reason.Created,
                    "created the destination address " + live.getSpec().email() + ": Cloudflare mails a link to it");
            return created;
        } catch (CloudflareException e) {
            if (e.destinationExists()) {
                // No answer was lost: it stood there before this call, and is ours only if an earlier one may have
                // created it.
                ownership.note(before);
                return look.unlisted().orElse(null);
            }
            if (e.isDefinitive()) {
                // Else one that another user creates in the next minute would pass for ours.
                ownership.note(before);
            }
            throw e;
        }
    }

    /** The resource is gone. */
    void forget(String uid) {
        refusals.forget(uid);
    }

    /** Of which resources something is remembered. */
    Set<String> uids() {
        return refusals.uids();
    }
}
