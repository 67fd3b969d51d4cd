package io.maildomain.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.controller.sweep.NotSwept;
import io.maildomain.operator.controller.sweep.NotSwept.Why;
import io.maildomain.operator.controller.sweep.Subject;
import io.maildomain.operator.controller.sweep.SubjectCheck;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.controller.sweep.plan.CheckDecision;
import io.maildomain.operator.status.Requeue;
import java.time.Instant;
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
        SubjectCheck check = sweeps.check(subject);
        if (!(check.decision() instanceof CheckDecision.Rests until)) {
            return Optional.empty();
        }
        try {
            Optional<ReconcileResult<S>> found = reconcile.apply(
                    whole.swept(subject.place().token(), check.began().orElse(Instant.MIN), check::seen));
            if (found.isEmpty()) {
                return Optional.of(ReconcileResult.conflict());
            }
            if (found.filter(isAsBefore).isPresent()) {
                check.asBefore();
                return Optional.of(rest(until));
            }
        } catch (NotSwept e) {
            Optional<ReconcileResult<S>> waits = notSwept(e.why(), check, until);
            if (waits.isPresent()) {
                return waits;
            }
        }
        check.differs();
        return Optional.empty();
    }

    private Optional<ReconcileResult<S>> notSwept(Why why, SubjectCheck check, CheckDecision.Rests until) {
        return why == Why.AWAITED || why == Why.UNSEEN && check.foundWellLately()
                ? Optional.of(rest(until))
                : Optional.empty();
    }

    /** The resource has looked for itself: what that means for the checks to come. */
    void lookedByItself(HasMetadata live, ReconcileResult<S> result, CloudflareSession session) {
        String uid = live.getMetadata().getUid();
        if (result.requeue().isOfNoFinding() && result.said().isEmpty()) {
            sweeps.hindered(uid, session.hasAsked(), result.cause());
            return;
        }
        session.place()
                .filter(place -> result.requeue() == Requeue.RESYNC)
                .ifPresentOrElse(
                        place -> sweeps.foundWell(new Subject(live, place)),
                        () -> sweeps.looked(uid, session.hasAsked()));
    }

    /** The next sweep wakes it sooner. */
    private ReconcileResult<S> rest(CheckDecision.Rests until) {
        return ReconcileResult.silent(Requeue.SWEPT, Reason.Ready, until.pause());
    }
}
