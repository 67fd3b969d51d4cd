package io.maildomain.operator.controller.mailworker.plan;

import java.time.Instant;
import java.util.List;

/** What comes next for a MailWorker. */
public sealed interface WorkerDecision {

    /**
     * Nothing is written: what is asked for cannot work, or would harm what is not ours.
     *
     * @param obstacles never empty; in the order in which a deployment would meet them
     */
    record Refused(List<Obstacle> obstacles) implements WorkerDecision {
        public Refused {
            obstacles = List.copyOf(obstacles);
        }
    }

    /** The rollout failed; nothing more is written until the intent changes or a user acts. */
    record Stopped(Obstacle why) implements WorkerDecision {}

    /** Others changed what the operator had deployed, and that stands (drift {@code Report}). */
    record Drifted(Obstacle what) implements WorkerDecision {}

    /** Nothing is to be done before that time. */
    record Wait(Instant until, Obstacle why) implements WorkerDecision {}

    /** Do this, then plan again. */
    record Do(DeployStep step) implements WorkerDecision {}

    /** All is as asked. */
    record Done(String version) implements WorkerDecision {}
}
