package io.maildomain.operator.controller.destination;

import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressSpec;
import io.maildomain.api.v1alpha1.DestinationOwnership;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.RuntimeCredentials;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Destination;
import io.maildomain.operator.controller.Annotations;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.destination.plan.DestinationMessages;
import io.maildomain.operator.controller.destination.plan.DestinationRemoval;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What becomes of the address when its resource is deleted: it goes only where the operator created it and nothing of ours forwards to it. */
final class DestinationCleanup {

    private final DestinationServices services;
    private final ChangeLog log;
    private final LastDestinationCredentials lastGood;

    DestinationCleanup(DestinationServices services, ChangeLog log, LastDestinationCredentials lastGood) {
        this.services = services;
        this.log = log;
        this.lastGood = lastGood;
    }

    CleanupResult run(DestinationAddress live, DestinationOwnershipSession ownership, CloudflareSession session) {
        DestinationAddressSpec spec = live.getSpec();
        Optional<DestinationOwnership> noted = ownership.noted();
        if (noted.isEmpty() || DestinationRemoval.needsNoLook(spec.deletionPolicy(), noted.get())) {
            return spec.deletionPolicy() == DeletionPolicy.Delete && noted.isPresent()
                    ? kept(live, "the operator did not create it")
                    : new CleanupResult.Done();
        }
        if (Annotations.abandons(live)) {
            return kept(live, "given up by annotation");
        }
        RuntimeCredentials found = lastGood.insteadOf(
                services.credentials()
                        .resolve(
                                live.getMetadata().getNamespace(),
                                spec.accountRef().name(),
                                spec.email()),
                live.getMetadata().getUid());
        if (found instanceof Unusable unusable) {
            return unusable.isDenied()
                    ? kept(live, "the account does not let this namespace forward to it any more")
                    : new CleanupResult.Waiting(unusable.blocked());
        }
        Usable with = (Usable) found;
        Optional<Blocked> moved = DestinationObstacles.otherAccount(spec.email(), noted, with);
        if (moved.isPresent()) {
            return kept(live, moved.get().message());
        }
        try {
            return undo(live, noted.get(), with, new DestinationLook(services, live, with, session));
        } catch (CloudflareException e) {
            return new CleanupResult.Waiting(DestinationObstacles.of(e, with, spec.email()));
        }
    }

    private CleanupResult undo(DestinationAddress live, DestinationOwnership noted, Usable with, DestinationLook look) {
        String email = live.getSpec().email();
        List<String> users = services.users()
                .named(email, with.accountId(), live.getMetadata().getNamespace());
        DestinationRemoval removal = DestinationRemoval.of(
                live.getSpec().deletionPolicy(),
                // Many that wait share a list; what is to go is looked for now.
                look.facts(noted, users.isEmpty() ? Duration.ZERO : DestinationServices.RECENT),
                services.users().others(live).anyMatch(other -> isAboutTheSame(other, live, with)),
                users);
        if (removal instanceof DestinationRemoval.Keep keep) {
            return kept(live, keep.why());
        }
        if (removal instanceof DestinationRemoval.Wait wait) {
            return inUse(email, wait.users());
        }
        return removal instanceof DestinationRemoval.Delete delete
                ? delete(live, delete.destination(), look)
                : new CleanupResult.Done();
    }

    /** Also a rule that no spec names would be switched off with it. */
    private CleanupResult delete(DestinationAddress live, Destination destination, DestinationLook look) {
        return switch (look.forwarded()) {
            case FORWARDED -> inUse(live.getSpec().email(), List.of("a rule or a catch-all that stands at Cloudflare"));
            case TOO_MANY_RULES ->
                kept(live, "the account has too many routing rules to look through for one that forwards to it");
            case FREE -> {
                look.delete(destination);
                log.said(
                        live,
                        Reason.Deleted,
                        "deleted the destination address " + live.getSpec().email());
                yield new CleanupResult.Done();
            }
        };
    }

    private static CleanupResult inUse(String email, List<String> users) {
        return new CleanupResult.Waiting(
                Blocked.waiting(ConditionType.READY, Reason.DestinationInUse, DestinationMessages.inUse(email, users)));
    }

    /** One that may not be about it has no say: else any namespace could keep what others delete. */
    private boolean isAboutTheSame(DestinationAddress other, DestinationAddress live, Usable with) {
        String account = other.getSpec().accountRef().name();
        RuntimeCredentials found = services.credentials()
                .resolve(
                        other.getMetadata().getNamespace(),
                        account,
                        live.getSpec().email());
        if (found instanceof Usable theirs) {
            return theirs.accountId().equals(with.accountId());
        }
        return !((Unusable) found).isDenied()
                && account.equals(live.getSpec().accountRef().name());
    }

    private CleanupResult kept(DestinationAddress live, String why) {
        log.warned(live, Reason.DestinationKept, live.getSpec().email() + " stays at Cloudflare: " + why);
        return new CleanupResult.Done();
    }
}
