package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.RuntimeCredentials;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.access.Successors.Successor;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CleanupResult.Done;
import io.maildomain.operator.controller.CleanupResult.Waiting;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.handover.Departures;
import io.maildomain.operator.controller.handover.InheritedAge;
import io.maildomain.operator.controller.handover.MergedOwnership;
import io.maildomain.operator.controller.handover.Next;
import io.maildomain.operator.controller.handover.NextHolder;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes the ownership record of a MailDomain that goes on to the one that manages its domain next, so that nothing is undone
 * (ADR 32). First the evidence of the zone's age, then the successor's record, and the own one last: after each
 * step both, or the right one, know the zone, and doing it all again changes nothing.
 */
final class DomainHandOver {

    /** Catch-alls that cannot be given back must not keep a domain from its next holder for ever. */
    private static final Duration LONGEST_WAIT_FOR_CATCH_ALL = Duration.ofMinutes(1);

    /** A change wakes it; this is for what no change tells. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final MailDomainServices services;
    private final StatusWriter<MailDomain, MailDomainStatus> writer;
    private final ChangeLog log;
    private final NextHolder nextHolder;
    private final InheritedAge age;
    /** When this operator, or this replica since it leads, first asked whether a successor may still come. */
    private final AtomicReference<@Nullable Instant> firstCleanup = new AtomicReference<>();

    DomainHandOver(MailDomainServices services, StatusWriter<MailDomain, MailDomainStatus> writer, ChangeLog log) {
        this.services = services;
        this.writer = writer;
        this.log = log;
        this.nextHolder = new NextHolder(services.resources(), services.credentials(), services.claims());
        this.age = new InheritedAge(services.zoneOrigins());
    }

    /** The resource is gone. */
    void forget(String uid) {
        nextHolder.forget(uid);
    }

    Set<String> uids() {
        return nextHolder.uids();
    }

    /**
     * Empty where none comes next, nor may come yet: then what was done is to be undone.
     *
     * @param catchAll why the CatchAllRules of the MailDomain have not given it up yet
     */
    Optional<CleanupResult> attempt(
            MailDomain live,
            OwnershipSession ownership,
            CloudflareSession session,
            RuntimeCredentials credentials,
            Supplier<Optional<Blocked>> catchAll) {
        Next next = nextHolder.after(live, session, live.getMetadata().getUid());
        if (next instanceof Next.Unknown unknown) {
            return Optional.of(new Waiting(unknown.why()));
        }
        if (next instanceof Next.Nobody nobody) {
            return expect(live, ownership.noted(), nobody.awaited());
        }
        return Optional.of(passOn(live, ownership, credentials, catchAll, ((Next.Somebody) next).successor()));
    }

    private CleanupResult passOn(
            MailDomain live,
            OwnershipSession ownership,
            RuntimeCredentials credentials,
            Supplier<Optional<Blocked>> catchAll,
            Successor successor) {
        Usable with = credentials instanceof Usable usable ? usable : successor.with();
        String account = ownership.noted().zone().notedAccountId().orElse(with.accountId());
        Optional<Blocked> lost = services.claims().lost(live, with, account);
        if (lost.isPresent()) {
            return lost.get().reason().isLostClaim() ? new Done() : new Waiting(lost.get());
        }
        // Of one that bears the same name they are the catch-alls already.
        Optional<Blocked> held = isNamesake(successor.domain(), live) ? Optional.empty() : catchAll.get();
        if (held.isPresent() && !hasWaitedLongEnough(live)) {
            return new Waiting(held.get());
        }
        held.ifPresent(blocked ->
                log.warned(live, Reason.CatchAllKept, "the domain is handed over before this: " + blocked.message()));
        // Read now: the write below is refused if it changes meanwhile.
        return writer.live(successor.domain())
                .filter(recipient -> !recipient.isMarkedForDeletion())
                .map(recipient -> pass(live, ownership.noted(), recipient, () -> services.claims()
                        .passes(recipient, successor.with(), account)))
                .orElse(CleanupResult.Waiting.CONFLICT);
    }

    private static boolean isNamesake(MailDomain one, MailDomain other) {
        return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
                && one.getMetadata().getName().equals(other.getMetadata().getName());
    }

    /**
     * Whether a successor may still come before anything is undone that would be felt: a zone that is deleted, routing that is
     * switched off; of rules where it is {@code awaited}, and only there. Where it can be noted that the resource was here, it need
     * not stay for that: its successor may want its name.
     */
    private Optional<CleanupResult> expect(MailDomain live, Ownership noted, boolean awaited) {
        Departures departures = services.departures();
        Instant until = beginOfWindow(live).plus(departures.window());
        Duration left = Duration.between(services.clock().instant(), until);
        boolean felt = noted.zone().origin() != ZoneOrigin.Adopted || noted.routing() != null;
        if (!(felt || awaited) || departures.window().isZero() || left.isNegative() || left.isZero()) {
            return Optional.empty();
        }
        String stays = "it is deleted; its zone, rules and routing stay until " + until
                + ", in case another MailDomain for the domain comes, and are undone then (--hand-over)";
        // A token that is gone already is better asked for while the resource is there to say so.
        boolean fromAccount = services.credentials().resolve(live) instanceof Usable usable
                && !usable.accountName().isEmpty();
        if (!departures.isDeparted(live) && fromAccount && departures.note(live)) {
            log.said(live, Reason.AwaitingSuccessor, stays);
            return Optional.of(new CleanupResult.Departed());
        }
        Blocked why = Blocked.waiting(ConditionType.ZONE_READY, Reason.AwaitingSuccessor, stays);
        // A record says nothing while it is as it should be.
        return Optional.of(new CleanupResult.Expecting(
                departures.isDeparted(live) ? why.quietly() : why, left.compareTo(LOOK) < 0 ? left : LOOK));
    }

    private CleanupResult pass(MailDomain live, Ownership noted, MailDomain recipient, Runnable passed) {
        ZoneOwnership zone = noted.zone();
        if (zone.origin() != ZoneOrigin.Adopted) {
            age.passes(live, zone, recipient);
        }
        OwnershipSession its = new OwnershipSession(writer, recipient);
        its.note(MergedOwnership.of(noted, its.noted()));
        passed.run();
        boolean sameNamespace =
                recipient.getMetadata().getNamespace().equals(live.getMetadata().getNamespace());
        log.said(
                live,
                Reason.HandedOver,
                "zone, rules and routing go over to "
                        + (sameNamespace
                                ? "MailDomain " + recipient.getMetadata().getName()
                                : "a MailDomain of another namespace")
                        + ": nothing is undone");
        log.said(
                recipient,
                Reason.HandedOver,
                "took over zone, rules and routing of "
                        + (sameNamespace
                                ? "MailDomain " + live.getMetadata().getName()
                                : "a MailDomain of another namespace")
                        + ", which was deleted");
        return new Done();
    }

    /** While no operator ran, none that has the name of the one that goes could come. */
    private Instant beginOfWindow(MailDomain live) {
        Instant deleted = Instant.parse(live.getMetadata().getDeletionTimestamp());
        Instant here = firstCleanup.updateAndGet(
                known -> known == null ? services.clock().instant().truncatedTo(ChronoUnit.SECONDS) : known);
        return deleted.isAfter(here) ? deleted : here;
    }

    /** The time in which something else held the deletion up was none in which the CatchAllRules could give anything back. */
    private boolean hasWaitedLongEnough(MailDomain live) {
        return Optional.ofNullable(live.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.READY))
                .filter(ready -> ready.says(Reason.CatchAllInUse))
                .map(Condition::lastTransitionTime)
                .filter(since -> since.plus(LONGEST_WAIT_FOR_CATCH_ALL)
                        .isBefore(services.clock().instant()))
                .isPresent();
    }
}
