package io.maildomain.operator.controller.deploy;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one reconcile found at each step of a deployment, and the conditions that it amounts to. Lives as long as that reconcile. */
public final class StepChecks {

    private final List<ConditionType> steps;
    private final Map<ConditionType, Check> usual;
    private final Map<ConditionType, Check> found = new EnumMap<>(ConditionType.class);

    /**
     * @param steps in their order
     * @param usual what some of them say where a later one is reached and nothing was found about them
     */
    public StepChecks(List<ConditionType> steps, Map<ConditionType, Check> usual) {
        this.steps = steps;
        this.usual = usual;
    }

    /** What was found at its step, in place of what was found there before. */
    public void put(Check check) {
        found.put(check.type(), check);
    }

    /** The step is as it should be. */
    public void holds(ConditionType step, Reason reason, String message) {
        put(Check.yes(step, reason, message));
    }

    /** What was found at the first of these steps. */
    public Check first(Set<ConditionType> of) {
        return steps.stream()
                .filter(of::contains)
                .flatMap(step -> Optional.ofNullable(found.get(step)).stream())
                .findFirst()
                .orElseThrow();
    }

    /** The step was not reached after all. */
    public void remove(ConditionType step) {
        found.remove(step);
    }

    /** Nothing is said yet of the steps of which nothing was found. */
    public void unreached(String message) {
        steps.forEach(step -> found.putIfAbsent(step, Check.unknown(step, Reason.NotReached, message)));
    }

    /** What comes before a step is as it should be where that step is reached. */
    public void allBefore(ConditionType step) {
        steps.stream()
                .takeWhile(known -> known != step)
                .filter(usual::containsKey)
                .forEach(known -> found.putIfAbsent(known, usual.get(known)));
    }

    /**
     * Ready as the decisive one says, then each step, InSync where it was found, then what kstatus reads.
     *
     * @param before the conditions of the last look
     */
    public List<Condition> conditions(
            List<Condition> before, Check decisive, Requeue next, long generation, Instant now) {
        List<Check> all = new ArrayList<>();
        all.add(decisive.as(ConditionType.READY));
        steps.forEach(step -> all.add(Optional.ofNullable(found.get(step))
                .orElseGet(() -> Check.unknown(
                        step, Reason.NotReached, "waits for " + decisive.type().value()))));
        Optional.ofNullable(found.get(ConditionType.IN_SYNC)).ifPresent(all::add);
        if (next == Requeue.STALLED) {
            all.add(decisive.holding(ConditionType.STALLED));
        } else if (next != Requeue.RESYNC) {
            all.add(decisive.holding(ConditionType.RECONCILING));
        }
        return Conditions.of(before, all, generation, now);
    }
}
