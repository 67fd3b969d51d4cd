package io.maildomain.operator.controller.mailworker.plan;

/** What stands in the way of a deployment, with all that its sentence names. The sentence says what to do next. */
public sealed interface Obstacle permits TargetObstacle, RolloutObstacle {

    /** The reason of the condition. */
    DeployReason reason();

    /** What people read. */
    String sentence();

    /** The condition that is not True. */
    default DeployReason.Stands at() {
        return reason().at();
    }
}
