package io.maildomain.operator.controller.sweep;

import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.controller.sweep.NotSwept.Why;
import io.maildomain.operator.controller.sweep.plan.CheckDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How one healthy resource is compared with Cloudflare in one reconcile: what was decided, and the sweep that it goes by. */
public final class SubjectCheck {

    private final Subject subject;
    private final CheckDecision decision;
    private final @Nullable AccountView view;
    private final Duration interval;
    private final Sweeps sweeps;

    SubjectCheck(
            Subject subject, CheckDecision decision, @Nullable AccountView view, Duration interval, Sweeps sweeps) {
        this.subject = subject;
        this.decision = decision;
        this.view = decision instanceof CheckDecision.Swept ? view : null;
        this.interval = interval;
        this.sweeps = sweeps;
    }

    /** By which it is compared. */
    public CheckDecision decision() {
        return decision;
    }

    /**
     * Cloudflare as the sweep saw it.
     *
     * @param own the resource's own client, for what no list tells; it takes its turn at the first call
     * @throws NotSwept where there is no sweep to go by
     */
    public Cloudflare seen(Supplier<Cloudflare> own) {
        if (view == null) {
            throw new NotSwept(Why.AWAITED);
        }
        return sweeps.findings().seenBy(subject, view, interval, own);
    }

    /** When the sweep began that it goes by; empty where it waits for one. */
    public Optional<Instant> began() {
        return Optional.ofNullable(view).map(AccountView::began);
    }

    /** Whether the resource itself found all well within the last interval: a list may be older than what it should hold. */
    public boolean foundWellLately() {
        return sweeps.findings().foundWell(subject, interval);
    }

    /** It is as its status says. */
    public void asBefore() {
        if (view != null) {
            sweeps.findings().asBefore(subject, view, interval);
        }
    }

    /** The sweep saw something else of it than its status says: it looks for itself now. */
    public void differs() {
        if (view != null) {
            sweeps.differs(subject);
        }
    }
}
