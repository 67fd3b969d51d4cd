package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.publicdns.PublicDns;
import io.maildomain.operator.routing.OwnerMark;
import java.time.Clock;
import java.time.Duration;
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
     * How long to wait before the next look; empty where the plan removes nothing, or may do so now.
     *
     * @param snapshot what the plan was made from
     */
    Optional<Duration> stillToWait(
            MailDomain live, Plan plan, Snapshot snapshot, OwnerMark mark, Cloudflare cloudflare) {
        String uid = live.getMetadata().getUid();
        if (plan.changes().stream().noneMatch(Change::isIrreversible)) {
            looks.forget(uid);
            return Optional.empty();
        }
        Observer observer = new Observer(cloudflare, PublicDns.OFF, Use.CHANGE);
        Optional<Duration> wait = looks.stillToWait(uid, snapshot.ofOthers(mark));
        if (wait.filter(Duration::isZero).isPresent()) {
            wait = looks.stillToWait(
                    uid, observer.observeForUndo(snapshot.zone()).ofOthers(mark));
        }
        boolean whole = wait.isPresent() || snapshot.catchAll().equals(observer.catchAll(snapshot.zone()));
        return whole ? wait : Optional.of(pause);
    }
}
