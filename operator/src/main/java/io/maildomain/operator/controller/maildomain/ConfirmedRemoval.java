package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.maildomain.plan.Change;
import io.maildomain.operator.controller.maildomain.plan.ObservedState;
import io.maildomain.operator.controller.maildomain.plan.Plan;
import io.maildomain.operator.dns.PublicDns;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.status.Conditions;
import io.maildomain.operator.status.Requeue;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds the removal of subdomains back until what others route by them was seen twice, and whole. */
final class ConfirmedRemoval {

    private final SecondLook looks;
    private final Duration pause;

    ConfirmedRemoval(Clock clock, Duration pause) {
        this.looks = new SecondLook(clock, pause);
        this.pause = pause;
    }

    void forget(String uid) {
        looks.forget(uid);
    }

    Set<String> uids() {
        return looks.about();
    }

    /**
     * Whether the removals of a plan are held back.
     *
     * @param pause before the next look; zero where the plan removes nothing, or may do so now
     * @param contradicted whether the list of rules cannot be believed, which another look may not change
     */
    record Hold(boolean back, Duration pause, boolean contradicted) {

        private static final Hold NONE = new Hold(false, Duration.ZERO, false);

        List<Change> allowed(List<Change> changes) {
            return changes.stream()
                    .filter(change -> !back || !change.isIrreversible())
                    .toList();
        }

        void tell(DomainReport report) {
            if (back) {
                report.looksAgain(pause);
            }
        }

        /** A spec that is not carried out yet is not reported as done: the look that follows soon does that. */
        ReconcileResult<MailDomainStatus> unlessInProgress(
                MailDomain live, ApplyResult applied, ReconcileResult<MailDomainStatus> result) {
            boolean inProgress = back && !contradicted && !Conditions.isSeen(live) && applied.complete();
            return inProgress ? ReconcileResult.silent(Requeue.WAITING, Reason.LooksAgain, pause) : result;
        }
    }

    /** @param observed what the plan was made from */
    Hold hold(MailDomain live, Plan plan, ObservedState observed, OwnerMark mark, Cloudflare cloudflare) {
        String uid = live.getMetadata().getUid();
        if (plan.changes().stream().noneMatch(Change::isIrreversible)) {
            looks.forget(uid);
            return Hold.NONE;
        }
        Observer observer = new Observer(cloudflare, PublicDns.OFF);
        Optional<Duration> wait = looks.stillToWait(uid, observed.ofOthers(mark));
        if (wait.filter(Duration::isZero).isPresent()) {
            Ownership noted = OwnershipSession.ownershipOf(live);
            wait = looks.stillToWait(
                    uid, observer.observeForCleanup(observed.zone(), noted).ofOthers(mark));
        }
        if (wait.isPresent()) {
            return new Hold(true, wait.get(), false);
        }
        boolean whole = observed.catchAll().equals(observer.catchAll(observed.zone()));
        return whole ? Hold.NONE : new Hold(true, pause, true);
    }
}
