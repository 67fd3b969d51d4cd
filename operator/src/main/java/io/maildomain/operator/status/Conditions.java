package io.maildomain.operator.status;

import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.ObservedStatus;
import io.maildomain.api.v1alpha1.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Turns checks into conditions, and reads conditions. */
public final class Conditions {

    private Conditions() {}

    /**
     * The conditions that the checks amount to. {@code lastTransitionTime} is kept where the status is what it was
     * (Kubernetes API conventions); types without a check fall away.
     *
     * @param now the time of the reconcile; stored in whole seconds, as metav1.Time has no finer ones
     */
    public static List<Condition> of(List<Condition> previous, List<Check> checks, long generation, Instant now) {
        return checks.stream()
                .map(check -> condition(previous, check, generation, now))
                .toList();
    }

    private static Condition condition(List<Condition> previous, Check check, long generation, Instant now) {
        Instant since = find(previous, check.type())
                .filter(before -> before.status().equals(check.status().value()))
                .map(Condition::lastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS));
        return new Condition(
                check.type().value(),
                check.status().value(),
                generation,
                since,
                check.reason().name(),
                check.message());
    }

    /** The condition of that type, if there is one. */
    public static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
        return conditions.stream()
                .filter(condition -> type.value().equals(condition.type()))
                .findFirst();
    }

    /** Whether the condition of that type is True. */
    public static boolean isTrue(List<Condition> conditions, ConditionType type) {
        return find(conditions, type)
                .filter(condition -> Check.Status.TRUE.value().equals(condition.status()))
                .isPresent();
    }

    /** Whether all was as this very spec says when it was last looked at: then whatever differs now was done by others. */
    public static boolean hasConverged(CustomResource<?, ? extends ObservedStatus> live) {
        return isSeen(live) && isTrue(live.getStatus().conditions(), ConditionType.READY);
    }

    /** Whether an earlier reconcile has looked at this very spec, rather than at the one that a backup was made of. */
    public static boolean isSeen(CustomResource<?, ? extends ObservedStatus> live) {
        return Optional.ofNullable(live.getStatus())
                .filter(status -> status.isOf(
                        live.getMetadata().getUid(), live.getMetadata().getGeneration()))
                .isPresent();
    }

    /** Whether the last look said so already: it is told once in an Event. */
    public static boolean says(CustomResource<?, ? extends Conditioned> live, Reason reason) {
        return Optional.ofNullable(live.getStatus())
                .flatMap(status -> find(status.conditions(), ConditionType.READY))
                .filter(ready -> ready.says(reason))
                .isPresent();
    }
}
