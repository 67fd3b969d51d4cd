package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.outcome.Pace;
import io.maildomain.operator.publicdns.PublicDns;
import io.maildomain.operator.routing.OwnerMark;
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
        Turn unlessInProgress(MailDomain live, Applied applied, Turn turn) {
            boolean inProgress = back && !contradicted && !Convergence.isSeen(live) && applied.complete();
            return inProgress ? Turn.silent(Pace.WAITING, "LooksAgain", pause) : turn;
        }
    }

    /** @param snapshot what the plan was made from */
    Hold hold(MailDomain live, Plan plan, Snapshot snapshot, OwnerMark mark, Cloudflare cloudflare) {
        String uid = live.getMetadata().getUid();
        if (plan.changes().stream().noneMatch(Change::isIrreversible)) {
            looks.forget(uid);
            return Hold.NONE;
        }
        Observer observer = new Observer(cloudflare, PublicDns.OFF, Use.CHANGE);
        Optional<Duration> wait = looks.stillToWait(uid, snapshot.ofOthers(mark));
        if (wait.filter(Duration::isZero).isPresent()) {
            wait = looks.stillToWait(
                    uid, observer.observeForUndo(snapshot.zone()).ofOthers(mark));
        }
        if (wait.isPresent()) {
            return new Hold(true, wait.get(), false);
        }
        boolean whole = snapshot.catchAll().equals(observer.catchAll(snapshot.zone()));
        return whole ? Hold.NONE : new Hold(true, pause, true);
    }
}
