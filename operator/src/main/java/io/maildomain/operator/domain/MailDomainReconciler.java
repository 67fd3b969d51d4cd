package io.maildomain.operator.domain;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.operator.account.LastGood;
import io.maildomain.operator.events.Events;
import io.maildomain.operator.ledger.LedgerConflict;
import io.maildomain.operator.ledger.StatusRefused;
import io.maildomain.operator.locks.ZoneLocks;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.outcome.Pace;
import io.maildomain.operator.retry.Rescheduling;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MailDomain controller: takes the zone's lock, runs one turn, writes what it says, and says when to look again. */
public final class MailDomainReconciler implements Reconciler<MailDomain>, Cleaner<MailDomain> {

    private static final Logger LOG = LoggerFactory.getLogger(MailDomainReconciler.class);

    private final Workshop workshop;
    private final ZoneLocks locks;
    private final Rescheduling rescheduling;
    private final EventSource<?, MailDomain> nudges;
    private final ChangeLog log;
    private final LastGood lastGood;
    private final DomainReconciliation reconciliation;
    private final DomainUndo undo;

    /** @param nudges makes a MailDomain reconcile when something else changed that concerns it */
    public MailDomainReconciler(
            Workshop workshop,
            ZoneLocks locks,
            Rescheduling rescheduling,
            EventSource<?, MailDomain> nudges,
            Events events) {
        this.workshop = workshop;
        this.lastGood = new LastGood(workshop.credentials());
        this.locks = locks;
        this.rescheduling = rescheduling;
        this.nudges = nudges;
        this.log = new ChangeLog(events);
        SubdomainRemoval removal = new SubdomainRemoval();
        this.reconciliation = new DomainReconciliation(workshop, log, removal, lastGood);
        this.undo = new DomainUndo(workshop, log, removal, lastGood);
    }

    @Override
    public List<EventSource<?, MailDomain>> prepareEventSources(EventSourceContext<MailDomain> context) {
        return List.of(nudges);
    }

    @Override
    public UpdateControl<MailDomain> reconcile(MailDomain resource, Context<MailDomain> context) {
        return workshop.store()
                .live(resource)
                .filter(live -> !live.isMarkedForDeletion())
                .map(live -> again(live, reconcileAlone(live)))
                .orElseGet(() -> gone(resource));
    }

    /** Ends what is remembered of a resource that is gone, however it went. */
    public void forget(String uid) {
        lastGood.forget(uid);
        reconciliation.driftHistory().forget(uid);
        reconciliation.doubts().forget(uid);
        reconciliation.confirmedRemoval.forget(uid);
        undo.brake().forget(uid);
        undo.forget(uid);
        workshop.claims().forget(uid);
        workshop.credentials().forget(uid);
    }

    /** The resources of which something is remembered; of a Secret's followers whoever follows it knows. */
    public Set<String> uids() {
        Set<String> all = new HashSet<>(lastGood.uids());
        all.addAll(reconciliation.driftHistory().uids());
        all.addAll(reconciliation.doubts().uids());
        all.addAll(reconciliation.confirmedRemoval.uids());
        all.addAll(undo.brake().uids());
        all.addAll(undo.uids());
        all.addAll(workshop.claims().uids());
        return all;
    }

    private UpdateControl<MailDomain> gone(MailDomain resource) {
        rescheduling.gone(resource);
        return UpdateControl.noUpdate();
    }

    @Override
    public DeleteControl cleanup(MailDomain resource, Context<MailDomain> context) {
        boolean isRecord = workshop.store()
                .live(resource)
                .filter(workshop.departures()::isDeparted)
                .isPresent();
        DeleteControl done = DeleteControl.noFinalizerRemoval();
        return isRecord ? done : cleanUp(resource).map(done::rescheduleAfter).orElse(done);
    }

    /**
     * Undoes what was done for the resource, or passes it on; also of one that is gone, of which there is a record.
     *
     * @return how soon to come again; empty once it is over
     */
    public Optional<Duration> cleanUp(MailDomain resource) {
        Optional<MailDomain> live = workshop.store().live(resource);
        UndoTurn turn = live.map(this::undoAlone).orElseGet(UndoTurn.Done::new);
        if (turn instanceof UndoTurn.Waiting waiting) {
            Halt halt = waiting.halt();
            return Optional.of(rescheduling.after(uid(resource), halt.pace(), halt.reason(), halt.notBefore()));
        }
        if (turn instanceof UndoTurn.Expecting expecting) {
            return Optional.of(expecting.look());
        }
        workshop.store().release(resource);
        rescheduling.gone(resource);
        if (turn instanceof UndoTurn.Done) {
            workshop.departures().forget(resource);
            forget(uid(resource));
            live.filter(MailDomainReconciler::mayHaveOrigin)
                    .ifPresent(gone -> workshop.zoneOrigins().forget(uid(gone)));
        }
        return Optional.empty();
    }

    private Turn reconcileAlone(MailDomain live) {
        try {
            return locks.alone(live.getSpec().domain(), () -> reconcile(live))
                    .orElseGet(() -> Turn.silent(Pace.BUSY, "", Duration.ZERO));
        } catch (LedgerConflict e) {
            workshop.claims().couldNotWrite(live);
            return Turn.silent(Pace.BUSY, "", Duration.ZERO);
        }
    }

    private Turn reconcile(MailDomain live) {
        Turn turn = reconciliation.run(live, new LedgerSession(workshop.store(), live));
        turn.said().ifPresent(status -> write(live, status));
        LOG.debug("MailDomain {}/{}: {} {}", live.getMetadata().getNamespace(), name(live), turn.pace(), turn.cause());
        return turn;
    }

    private UndoTurn undoAlone(MailDomain live) {
        try {
            return locks.alone(live.getSpec().domain(), () -> undo(live)).orElseGet(() -> UndoTurn.Waiting.BUSY);
        } catch (LedgerConflict e) {
            return UndoTurn.Waiting.BUSY;
        }
    }

    private UndoTurn undo(MailDomain live) {
        LedgerSession ledger = new LedgerSession(workshop.store(), live);
        UndoTurn turn = undo.run(live, ledger);
        boolean isRecord = workshop.departures().isDeparted(live);
        if (turn instanceof UndoTurn.Done && !isRecord) {
            // Another finalizer may keep it for a while: what it notes must not stand in its successor's way.
            ledger.note(Ownership.nothing());
        }
        if (turn instanceof UndoTurn.Waiting waiting && !waiting.halt().quiet()) {
            sayWhyItWaits(live, waiting.halt());
        }
        if (turn instanceof UndoTurn.Expecting expecting && !isRecord) {
            sayWhyItWaits(live, expecting.halt());
        }
        return turn;
    }

    private static boolean mayHaveOrigin(MailDomain live) {
        return Optional.ofNullable(live.getStatus())
                .flatMap(MailDomainStatus::ledger)
                .flatMap(Ownership::notedZone)
                .filter(zone -> zone.origin() != ZoneOrigin.Adopted)
                .isPresent();
    }

    private void sayWhyItWaits(MailDomain live, Halt halt) {
        DomainReport report = new DomainReport(live, workshop.clock().instant());
        if (!Convergence.isTold(live, halt)) {
            report.halted(halt).said().ifPresent(status -> write(live, status));
        }
        if (halt.pace() != Pace.TRANSIENT || halt.isAboutToken()) {
            log.warned(live, halt.reason(), "deletion waits: " + halt.message());
        }
    }

    /** A status that did not change is not written. */
    private void write(MailDomain live, MailDomainStatus status) {
        if (live.getStatus() != null && status.equals(live.getStatus().withLedger(null))) {
            return;
        }
        try {
            workshop.store().writeStatus(live, status);
            workshop.claims().wrote(live);
        } catch (StatusRefused e) {
            // Nobody would ever learn from its status that its claim is worth nothing: so it is worth nothing.
            workshop.claims().cannotBeWritten(live);
            log.warned(live, "StatusRefused", e.getMessage());
        }
    }

    private UpdateControl<MailDomain> again(MailDomain live, Turn turn) {
        Duration wait = rescheduling.after(uid(live), turn.pace(), turn.cause(), turn.notBefore());
        return UpdateControl.<MailDomain>noUpdate().rescheduleAfter(wait);
    }

    private static String name(MailDomain resource) {
        return resource.getMetadata().getName();
    }

    private static String uid(MailDomain resource) {
        return resource.getMetadata().getUid();
    }
}
