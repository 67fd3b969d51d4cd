package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.maildomain.plan.OutsideView;
import io.maildomain.operator.dns.World;
import io.maildomain.operator.dns.plan.Sight;
import io.maildomain.operator.status.Conditions;
import java.time.Clock;
import java.util.Optional;

/** Puts what the world sees of a domain on what its status says. Waits for no look: what is seen later is said later. */
final class OutsideStatus {

    private final World world;
    private final Clock clock;

    OutsideStatus(World world, Clock clock) {
        this.world = world;
        this.clock = clock;
    }

    /** The same result, with what is seen in its status. */
    ReconcileResult<MailDomainStatus> on(MailDomain live, ReconcileResult<MailDomainStatus> result) {
        return result.said()
                .map(said ->
                        new ReconcileResult<>(on(live, said), result.requeue(), result.cause(), result.notBefore()))
                .orElse(result);
    }

    /** The status as it stands, with what is seen now; empty where a reconcile is to come first, or it is being deleted. */
    Optional<MailDomainStatus> anew(MailDomain live) {
        return Conditions.isSeen(live) && !live.isMarkedForDeletion()
                ? Optional.of(on(live, live.getStatus().withOwnership(null)))
                : Optional.empty();
    }

    private MailDomainStatus on(MailDomain live, MailDomainStatus said) {
        MailDomainStatus before = Optional.ofNullable(live.getStatus()).orElse(MailDomainStatus.ofOwnership(null));
        String domain = live.getSpec().domain();
        return new OutsideView(domain, before, sight(live, said), clock.instant()).on(said);
    }

    private Sight sight(MailDomain live, MailDomainStatus said) {
        String uid = live.getMetadata().getUid();
        if (!OutsideView.isWanted(said)) {
            world.forget(uid);
            return world.isLooking() ? new Sight.NotYet() : new Sight.Off();
        }
        return world.of(new World.Subject(
                uid,
                live.getMetadata().getNamespace(),
                live.getMetadata().getName(),
                live.getSpec().domain()));
    }
}
