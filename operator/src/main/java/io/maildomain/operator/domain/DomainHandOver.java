package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.account.RuntimeCredentials;
import io.maildomain.operator.account.RuntimeCredentials.Usable;
import io.maildomain.operator.claims.Successors;
import io.maildomain.operator.claims.Successors.Successor;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.domain.UndoTurn.Done;
import io.maildomain.operator.domain.UndoTurn.Waiting;
import io.maildomain.operator.handover.Departures;
import io.maildomain.operator.handover.InheritedAge;
import io.maildomain.operator.handover.MergedOwnership;
import io.maildomain.operator.handover.Next;
import io.maildomain.operator.handover.NextHolder;
import io.maildomain.operator.outcome.Halt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Passes the ownership record of a MailDomain that goes on to the one that manages its domain next, so that nothing is undone
 * (DESIGN, Hand-over). First the evidence of the zone's age, then the successor's record, and the own one last: after each
 * step both, or the right one, know the zone, and doing it all again changes nothing.
 */
final class DomainHandOver {

    /** Catch-alls that cannot be given back must not keep a domain from its next holder for ever. */
    private static final Duration LONGEST_WAIT_FOR_CATCH_ALL = Duration.ofMinutes(1);

    /** A change wakes it; this is for what no change tells. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Workshop workshop;
    private final ChangeLog log;
    private final NextHolder nextHolder;
    private final InheritedAge age;

    DomainHandOver(Workshop workshop, ChangeLog log) {
        this.workshop = workshop;
        this.log = log;
        this.nextHolder = new NextHolder(
                new Successors(workshop.cluster(), workshop.credentials(), workshop.claims()), workshop.cloudflare());
        this.age = new InheritedAge(workshop.zoneOrigins());
    }

    /**
     * Empty where nobody comes next: then what was done is to be undone.
     *
     * @param catchAll why the CatchAllRules of the MailDomain have not let go yet
     */
    Optional<UndoTurn> attempt(
            MailDomain live, LedgerSession ledger, RuntimeCredentials credentials, Supplier<Optional<Halt>> catchAll) {
        Next next = nextHolder.after(live);
        if (next instanceof Next.Unknown unknown) {
            return Optional.of(new Waiting(new Failures(live.getSpec().domain(), unknown.with()).halt(unknown.why())));
        }
        if (!(next instanceof Next.Somebody somebody)) {
            return Optional.empty();
        }
        Successor successor = somebody.successor();
        Usable with = credentials instanceof Usable usable ? usable : successor.with();
        String account = ledger.noted().zone().notedAccountId().orElse(with.accountId());
        if (workshop.claims().lost(live, with, account).isPresent()) {
            return Optional.of(new Done());
        }
        // Of one that bears the same name they are the catch-alls already.
        Optional<Halt> held = isNamesake(successor.domain(), live) ? Optional.empty() : catchAll.get();
        if (held.isPresent() && !hasWaitedLongEnough(live)) {
            return Optional.of(new Waiting(held.get()));
        }
        held.ifPresent(
                halt -> log.warned(live, "CatchAllKept", "the domain is handed over before this: " + halt.message()));
        // Read now: the write below is refused if it changes meanwhile.
        return workshop.store()
                .live(successor.domain())
                .filter(heir -> !heir.isMarkedForDeletion())
                .map(heir -> pass(
                        live, ledger.noted(), heir, () -> workshop.claims().passes(heir, successor.with(), account)))
                .or(() -> Optional.of(UndoTurn.Waiting.BUSY));
    }

    private static boolean isNamesake(MailDomain one, MailDomain other) {
        return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
                && one.getMetadata().getName().equals(other.getMetadata().getName());
    }

    /**
     * Whether a successor may still come before anything is undone that would be felt: a zone that is deleted, routing that is
     * switched off. Where it can be noted that the resource was here, it need not stay for that: its successor may want its name.
     */
    Optional<UndoTurn> expect(MailDomain live, Ownership noted) {
        Departures departures = workshop.departures();
        Instant deleted = Instant.parse(live.getMetadata().getDeletionTimestamp());
        Duration left = Duration.between(workshop.clock().instant(), deleted.plus(departures.window()));
        boolean felt = noted.zone().origin() != ZoneOrigin.Adopted || noted.routing() != null;
        if (!felt || departures.window().isZero() || left.isNegative() || left.isZero()) {
            return Optional.empty();
        }
        String stays = "it is deleted; its zone, rules and routing stay until " + deleted.plus(departures.window())
                + ", in case another MailDomain for the domain comes, and are undone then (--hand-over)";
        // A token that is gone already is better asked for while the resource is there to say so.
        boolean fromAccount = workshop.credentials().of(live) instanceof Usable usable
                && !usable.accountName().isEmpty();
        if (!departures.isDeparted(live) && fromAccount && departures.note(live)) {
            log.expecting(live, stays);
            return Optional.of(new UndoTurn.Departed());
        }
        return Optional.of(new UndoTurn.Expecting(
                Halt.waiting(ConditionType.ZONE_READY, ChangeLog.EXPECTING, stays),
                left.compareTo(LOOK) < 0 ? left : LOOK));
    }

    private UndoTurn pass(MailDomain live, Ownership noted, MailDomain heir, Runnable passed) {
        ZoneOwnership zone = noted.zone();
        if (zone.origin() != ZoneOrigin.Adopted) {
            age.passes(live, zone, heir);
        }
        LedgerSession its = new LedgerSession(workshop.store(), heir);
        its.note(MergedOwnership.of(noted, its.noted()));
        passed.run();
        boolean sameNamespace =
                heir.getMetadata().getNamespace().equals(live.getMetadata().getNamespace());
        log.handedOver(
                live,
                "zone, rules and routing go over to "
                        + (sameNamespace
                                ? "MailDomain " + heir.getMetadata().getName()
                                : "a MailDomain of another namespace")
                        + ": nothing is undone");
        log.handedOver(
                heir,
                "took over zone, rules and routing of "
                        + (sameNamespace
                                ? "MailDomain " + live.getMetadata().getName()
                                : "a MailDomain of another namespace")
                        + ", which was deleted");
        return new Done();
    }

    private boolean hasWaitedLongEnough(MailDomain live) {
        Instant deleted = Instant.parse(live.getMetadata().getDeletionTimestamp());
        return deleted.plus(LONGEST_WAIT_FOR_CATCH_ALL)
                .isBefore(workshop.clock().instant());
    }
}
