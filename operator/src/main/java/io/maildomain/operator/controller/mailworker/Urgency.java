package io.maildomain.operator.controller.mailworker;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.mailworker.plan.Obstacle;
import io.maildomain.operator.controller.mailworker.plan.RolloutObstacle;
import io.maildomain.operator.status.Requeue;
import java.util.Set;

/** How soon an obstacle is worth another look. Pure. */
final class Urgency {

    /** What people see to at Cloudflare, of which no change in the cluster tells. */
    private static final Set<Reason> ELSEWHERE = Set.of(
            Reason.DatabaseNotFound,
            Reason.BucketNotFound,
            Reason.ZoneNotFound,
            Reason.HostnameTaken,
            Reason.RouteTaken,
            Reason.WorkerForeign,
            Reason.DeploymentSplit,
            Reason.RollingOut);

    private Urgency() {}

    static Requeue of(Obstacle why) {
        return ELSEWHERE.contains(why.reason()) || isProbedAgain(why) ? Requeue.WAITING : Requeue.STALLED;
    }

    /** There was no version to go back to, or nothing led to the Worker before: DNS or a certificate of a new domain may take a while. */
    static boolean isProbedAgain(Obstacle why) {
        return why instanceof RolloutObstacle.HostIsNew
                || why instanceof RolloutObstacle.Probed probed
                        && probed.reason() == Reason.ProbeFailed
                        && probed.serving().equals(probed.version());
    }
}
