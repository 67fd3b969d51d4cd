package io.maildomain.operator.controller;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.sweep.NotSwept;
import io.maildomain.operator.controller.sweep.NotSwept.Why;
import io.maildomain.operator.controller.sweep.Subject;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.controller.sweep.plan.CheckDecision;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The check of a healthy resource by what a sweep saw: its own reconcile, run on that. Where it comes to anything but "as it was",
 * nothing has been written or said, and the resource is looked at by itself.
 *
 * @param <S> the status of the kind
 */
record SweptCheck<S>(Sweeps sweeps) {

    /**
     * Runs the check, if sweeps see to the resource.
     *
     * @param whole the session of the whole reconcile
     * @param reconcile runs it once, with the session that it is given; empty where another one works on the domain
     * @param isAsBefore whether a result says nothing new
     * @return what the check comes to; empty where the resource has to be looked at by itself
     * @throws NotAdmitted if it is not the resource's turn for what no list tells
     */
    Optional<ReconcileResult<S>> run(
            Subject subject,
            CloudflareSession whole,
            Function<CloudflareSession, Optional<ReconcileResult<S>>> reconcile,
            Predicate<ReconcileResult<S>> isAsBefore) {
        CheckDecision decision = sweeps.decide(subject);
        if (decision instanceof CheckDecision.Own) {
            return Optional.empty();
        }
        try {
            Optional<ReconcileResult<S>> found =
                    reconcile.apply(whole.swept(subject.place().token(), own -> sweeps.seenBy(subject, decision, own)));
            if (found.isEmpty()) {
                return Optional.of(ReconcileResult.conflict());
            }
            if (found.filter(isAsBefore).isPresent()) {
                return Optional.of(rest(sweeps.patience(subject)));
            }
        } catch (NotSwept e) {
            Optional<ReconcileResult<S>> waits = notSwept(e.why(), subject, decision);
            if (waits.isPresent()) {
                return waits;
            }
        }
        if (decision instanceof CheckDecision.Swept) {
            sweeps.differs(subject);
        }
        return Optional.empty();
    }

    private Optional<ReconcileResult<S>> notSwept(Why why, Subject subject, CheckDecision decision) {
        if (decision instanceof CheckDecision.Await await && why == Why.AWAITED) {
            return Optional.of(rest(await.pause()));
        }
        return why == Why.UNSEEN && sweeps.foundWellLately(subject)
                ? Optional.of(rest(sweeps.patience(subject)))
                : Optional.empty();
    }

    /** The next sweep wakes it sooner. */
    private ReconcileResult<S> rest(Duration atMost) {
        return ReconcileResult.silent(Requeue.SWEPT, Reason.Ready, atMost);
    }
}
