package io.maildomain.operator.catchall;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.account.LastGood;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.events.Events;
import io.maildomain.operator.ledger.LedgerConflict;
import io.maildomain.operator.ledger.StatusRefused;
import io.maildomain.operator.locks.ZoneLocks;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.outcome.Pace;
import io.maildomain.operator.retry.FirstRefusals;
import io.maildomain.operator.retry.Rescheduling;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The CatchAllRule controller: takes the zone's lock, runs one turn, writes what it says, and says when to look again. */
public final class CatchAllRuleReconciler implements Reconciler<CatchAllRule>, Cleaner<CatchAllRule> {

    private static final String ABANDON = "maildomain.io/abandon";

    private final Workshop workshop;
    private final ZoneLocks locks;
    private final Rescheduling rescheduling;
    private final EventSource<?, CatchAllRule> nudges;
    private final CatchAllLog log;
    private final LastGood lastGood;
    private final FirstRefusals refusals = new FirstRefusals();
    private final CatchAllUndo undo;
    private final CatchAllReconciliation reconciliation;

    /** @param nudges makes a CatchAllRule reconcile when its MailDomain, or a sibling, changed */
    public CatchAllRuleReconciler(
            Workshop workshop,
            ZoneLocks locks,
            Rescheduling rescheduling,
            EventSource<?, CatchAllRule> nudges,
            Events events) {
        this.workshop = workshop;
        this.lastGood = new LastGood(workshop.credentials());
        this.locks = locks;
        this.rescheduling = rescheduling;
        this.nudges = nudges;
        this.log = new CatchAllLog(events);
        this.undo = new CatchAllUndo(workshop, log, lastGood);
        this.reconciliation = new CatchAllReconciliation(workshop, log, undo, lastGood, refusals);
    }

    @Override
    public List<EventSource<?, CatchAllRule>> prepareEventSources(EventSourceContext<CatchAllRule> context) {
        return List.of(nudges);
    }

    @Override
    public UpdateControl<CatchAllRule> reconcile(CatchAllRule resource, Context<CatchAllRule> context) {
        Optional<CatchAllRule> known = known(resource);
        Optional<Turn> lost = known.flatMap(this::lostAlready);
        if (lost.isPresent()) {
            say(known.get(), lost.get());
            return UpdateControl.<CatchAllRule>noUpdate().rescheduleAfter(wait(resource, lost.get()));
        }
        Optional<CatchAllRule> live = workshop.store().live(resource).filter(rule -> !rule.isMarkedForDeletion());
        if (live.isEmpty()) {
            rescheduling.gone(resource);
            return UpdateControl.noUpdate();
        }
        Turn turn = turn(live.get());
        return UpdateControl.<CatchAllRule>noUpdate().rescheduleAfter(wait(resource, turn));
    }

    @Override
    public DeleteControl cleanup(CatchAllRule resource, Context<CatchAllRule> context) {
        Optional<CatchAllRule> live = workshop.store().live(resource);
        Optional<Turn> waits = live.flatMap(this::release);
        if (waits.isPresent()) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(wait(resource, waits.get()));
        }
        workshop.store().release(resource);
        rescheduling.gone(resource);
        forget(uid(resource));
        return DeleteControl.noFinalizerRemoval();
    }

    /** Ends what is remembered of a resource that is gone, however it went. */
    public void forget(String uid) {
        lastGood.forget(uid);
        refusals.forget(uid);
    }

    /** The resources of which something is remembered. */
    public Set<String> uids() {
        Set<String> all = new HashSet<>(lastGood.uids());
        all.addAll(refusals.uids());
        return all;
    }

    /**
     * What a rule says that holds nothing while an older one decides: from what the watch shows, without the lock and without
     * a call. Hundreds may name one MailDomain, and they look again when that changes.
     */
    private Optional<Turn> lostAlready(CatchAllRule known) {
        if (known.isMarkedForDeletion() || Succession.ledgerOf(known).isPresent()) {
            return Optional.empty();
        }
        boolean goes = knownDomainOf(known).map(MailDomain::isMarkedForDeletion).orElse(true);
        return goes
                ? Optional.empty()
                : Succession.winner(knownSiblingsOf(known))
                        .filter(winner -> !uid(winner).equals(uid(known)))
                        .map(CatchAllReconciliation::lostTo);
    }

    private Turn turn(CatchAllRule live) {
        Optional<MailDomain> domain = domainOf(live);
        if (domain.isEmpty()) {
            return say(live, domainNotFound(live));
        }
        try {
            return locks.alone(domain.get().getSpec().domain(), () -> turn(live, domain.get()))
                    .orElse(Turn.Halted.BUSY);
        } catch (LedgerConflict e) {
            return Turn.Halted.BUSY;
        }
    }

    private Turn turn(CatchAllRule live, MailDomain domain) {
        CatchAllLedger ledger = new CatchAllLedger(workshop.store(), live);
        return say(live, reconciliation.run(live, domain, siblingsOf(live), () -> allSiblingsOf(live), ledger));
    }

    /** Empty where the finalizer may go. */
    private Optional<Turn> release(CatchAllRule live) {
        Optional<MailDomain> domain = domainOf(live);
        boolean holdsNothing = Succession.ledgerOf(live).isEmpty();
        if (holdsNothing && (Succession.hasHadItsTurn(live) || domain.isEmpty())) {
            return Optional.empty();
        }
        if (domain.isEmpty() || abandons(live)) {
            log.warned(
                    live,
                    "CatchAllKept",
                    "the catch-all is left as it is: "
                            + (domain.isEmpty() ? "its MailDomain is gone" : "let go by annotation"));
            return Optional.empty();
        }
        try {
            return locks.alone(domain.get().getSpec().domain(), () -> release(live, domain.get()))
                    .orElse(Optional.of(Turn.Halted.BUSY));
        } catch (LedgerConflict e) {
            return Optional.of(Turn.Halted.BUSY);
        }
    }

    private Optional<Turn> release(CatchAllRule live, MailDomain domain) {
        CatchAllLedger ledger = new CatchAllLedger(workshop.store(), live);
        Optional<CatchAllRule> next =
                domain.isMarkedForDeletion() ? Optional.empty() : Succession.winner(siblingsOf(live));
        Optional<CatchAllRule> successor =
                next.flatMap(workshop.store()::live).filter(rule -> !rule.isMarkedForDeletion());
        if (next.isPresent() && successor.isEmpty()) {
            return Optional.of(Turn.Halted.BUSY);
        }
        if (ledger.noted().isEmpty()) {
            if (successor.isPresent() || DomainState.zoneId(domain).isEmpty()) {
                return Optional.empty();
            }
            ledger.note(reconciliation.lost(live, DomainState.zoneId(domain).get()));
        }
        String zoneId = ledger.noted().orElseThrow().zoneId();
        if (successor.filter(heir -> Succession.hasTakenOver(heir, zoneId)).isPresent()) {
            return Optional.empty();
        }
        if (successor.filter(Succession::awaitsTurn).isPresent()) {
            return Optional.of(say(live, handingOver(successor.get())));
        }
        return undo.giveBack(live, domain, ledger).map(halt -> say(live, new Turn.Halted(halt)));
    }

    private Turn say(CatchAllRule live, Turn turn) {
        turn.said(live, workshop.clock().instant())
                .filter(status -> live.getStatus() == null
                        || !status.equals(live.getStatus().withLedger(null)))
                .ifPresent(status -> write(live, status));
        return turn;
    }

    private void write(CatchAllRule live, CatchAllRuleStatus status) {
        try {
            workshop.store().writeStatus(live, status);
        } catch (StatusRefused e) {
            log.warned(live, "StatusRefused", e.getMessage());
        }
    }

    private Duration wait(CatchAllRule resource, Turn turn) {
        String cause = turn instanceof Turn.Halted halted ? halted.halt().reason() : "";
        Duration notBefore = turn instanceof Turn.Halted halted ? halted.halt().notBefore() : Duration.ZERO;
        return rescheduling.after(uid(resource), turn.pace(), cause, notBefore);
    }

    /** The rule as the watch shows it. */
    private Optional<CatchAllRule> known(CatchAllRule rule) {
        return workshop.cluster()
                .catchAllRule(
                        rule.getMetadata().getNamespace(), rule.getMetadata().getName())
                .filter(found -> found.getSpec() != null && uid(found).equals(uid(rule)));
    }

    private Optional<MailDomain> domainOf(CatchAllRule rule) {
        return knownDomainOf(rule).flatMap(workshop.mailDomains()::live);
    }

    private Optional<MailDomain> knownDomainOf(CatchAllRule rule) {
        return workshop.cluster()
                .mailDomain(
                        rule.getMetadata().getNamespace(),
                        rule.getSpec().domainRef().name());
    }

    /** The rule itself, and the others as the watch shows them. */
    private List<CatchAllRule> knownSiblingsOf(CatchAllRule rule) {
        Stream<CatchAllRule> others = workshop
                .cluster()
                .catchAllRulesOf(
                        rule.getMetadata().getNamespace(),
                        rule.getSpec().domainRef().name())
                .stream()
                .filter(other -> !uid(other).equals(uid(rule)));
        return Stream.concat(Stream.of(rule), others).toList();
    }

    /** The rule itself, and the others; those that matter as the API server has them, for a watch may lag behind. */
    private List<CatchAllRule> siblingsOf(CatchAllRule rule) {
        return knownSiblingsOf(rule).stream()
                .flatMap(other -> Succession.matters(other, rule) ? asItIsNow(other, rule) : Stream.of(other))
                .toList();
    }

    /** What was there before us may stand in the ledger of any of them. */
    private List<CatchAllRule> allSiblingsOf(CatchAllRule rule) {
        return knownSiblingsOf(rule).stream()
                .flatMap(other -> asItIsNow(other, rule))
                .toList();
    }

    private Stream<CatchAllRule> asItIsNow(CatchAllRule other, CatchAllRule rule) {
        return uid(other).equals(uid(rule)) ? Stream.of(rule) : workshop.store().live(other).stream();
    }

    private static Turn domainNotFound(CatchAllRule rule) {
        String name = rule.getSpec().domainRef().name();
        return new Turn.Halted(Halt.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                "DomainNotFound",
                "there is no MailDomain " + name + " in this namespace: create it, or delete this CatchAllRule"));
    }

    private static Turn handingOver(CatchAllRule successor) {
        return new Turn.Halted(new Halt(
                ConditionType.CATCH_ALL_APPLIED,
                Check.Status.FALSE,
                "HandingOver",
                "CatchAllRule " + successor.getMetadata().getName() + " takes over",
                Pace.BUSY,
                Duration.ZERO,
                false));
    }

    private static boolean abandons(CatchAllRule rule) {
        return rule.getMetadata().getAnnotations() != null
                && "true".equals(rule.getMetadata().getAnnotations().get(ABANDON));
    }

    private static String uid(CatchAllRule rule) {
        return rule.getMetadata().getUid();
    }
}
