package io.maildomain.operator.controller.mailworker.plan;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.ConditionType;

/** What stands in the way of a deployment, with all that its sentence names. The sentence says what to do next. */
public sealed interface Obstacle permits TargetObstacle, RolloutObstacle {

    /** The reason of the condition. */
    Reason reason();

    /** What people read. */
    String sentence();

    /** The condition that is not True. */
    ConditionType at();
}
