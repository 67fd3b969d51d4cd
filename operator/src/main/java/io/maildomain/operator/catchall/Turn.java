package io.maildomain.operator.catchall;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.conditions.Conditions;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.outcome.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one reconcile of a CatchAllRule came to. */
sealed interface Turn {

    /** The catch-all is as it should be. */
    record Done(Check ready) implements Turn {}

    /** It is not, and this is why. */
    record Halted(Halt halt) implements Turn {

        /** Another reconcile works on the zone, or somebody was faster: it starts again at once. */
        static final Turn BUSY = new Halted(new Halt(
                ConditionType.CATCH_ALL_APPLIED,
                Check.Status.UNKNOWN,
                "Busy",
                "another reconcile works on this zone",
                Pace.BUSY,
                Duration.ZERO,
                true));
    }

    static Turn done(String reason, String message) {
        return new Done(Check.yes(ConditionType.READY, reason, message));
    }

    default Pace pace() {
        return this instanceof Halted halted ? halted.halt().pace() : Pace.SETTLED;
    }

    /** The status without its ledger; empty where nothing is to be said: a 429 never changes a condition. */
    default Optional<CatchAllRuleStatus> said(CatchAllRule resource, Instant now) {
        List<Check> checks = new ArrayList<>();
        if (this instanceof Done done) {
            checks.add(done.ready());
            checks.add(done.ready().as(ConditionType.CATCH_ALL_APPLIED));
        } else if (this instanceof Halted halted) {
            Halt halt = halted.halt();
            boolean hiccup = halt.pace() == Pace.TRANSIENT && hasConverged(resource);
            boolean told = Optional.ofNullable(resource.getStatus())
                    .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
                    .filter(halt::isToldBy)
                    .isPresent();
            if (halt.quiet() || hiccup || told) {
                return Optional.empty();
            }
            checks.add(halt.check().as(ConditionType.READY));
            checks.add(halt.check());
            ConditionType kstatus = halt.pace() == Pace.FINAL ? ConditionType.STALLED : ConditionType.RECONCILING;
            checks.add(Check.yes(kstatus, halt.reason(), halt.message()));
        }
        List<Condition> before =
                resource.getStatus() == null ? List.of() : resource.getStatus().conditions();
        long generation = resource.getMetadata().getGeneration();
        return Optional.of(new CatchAllRuleStatus(
                generation,
                Conditions.of(before, checks, generation, now),
                null,
                resource.getMetadata().getUid()));
    }

    static boolean hasConverged(CatchAllRule resource) {
        return Optional.ofNullable(resource.getStatus())
                .filter(status -> status.isOf(
                        resource.getMetadata().getUid(), resource.getMetadata().getGeneration()))
                .filter(status -> Conditions.isTrue(status.conditions(), ConditionType.READY))
                .isPresent();
    }
}
