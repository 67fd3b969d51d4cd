package io.maildomain.operator.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.account.LastGood;
import io.maildomain.operator.account.RuntimeCredentials;
import io.maildomain.operator.account.RuntimeCredentials.Unusable;
import io.maildomain.operator.account.RuntimeCredentials.Usable;
import io.maildomain.operator.catchall.CatchAllDecision.HeldElsewhere;
import io.maildomain.operator.catchall.CatchAllDecision.Matched;
import io.maildomain.operator.catchall.CatchAllDecision.NotExpressible;
import io.maildomain.operator.catchall.CatchAllDecision.NotTaken;
import io.maildomain.operator.catchall.CatchAllDecision.Ours;
import io.maildomain.operator.catchall.CatchAllDecision.Put;
import io.maildomain.operator.claims.ClaimCheck;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.diagnosis.Catalogue;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.retry.FirstRefusals;
import io.maildomain.operator.routing.MailAction;
import io.maildomain.operator.routing.OwnerMark;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One reconcile of a CatchAllRule: winner, domain, credentials, look, decide, write. */
final class CatchAllReconciliation {

    private final Workshop workshop;
    private final CatchAllLog log;
    private final CatchAllUndo undo;
    private final ClaimCheck claims;
    private final LastGood lastGood;
    private final FirstRefusals refusals;

    CatchAllReconciliation(
            Workshop workshop, CatchAllLog log, CatchAllUndo undo, LastGood lastGood, FirstRefusals refusals) {
        this.refusals = refusals;
        this.workshop = workshop;
        this.claims = workshop.claims();
        this.lastGood = lastGood;
        this.log = log;
        this.undo = undo;
    }

    /**
     * @param domain the MailDomain as the API server has it now
     * @param siblings all that may come first or hold the catch-all, and the rule itself
     * @param allSiblings every one as the API server has it: asked only where what was there before has to be found
     */
    Turn run(
            CatchAllRule live,
            MailDomain domain,
            List<CatchAllRule> siblings,
            Supplier<List<CatchAllRule>> allSiblings,
            CatchAllLedger ledger) {
        if (domain.isMarkedForDeletion()) {
            return letGo(live, domain, ledger);
        }
        Optional<CatchAllRule> winner = Succession.winner(siblings);
        if (winner.isPresent() && !uid(winner.get()).equals(uid(live))) {
            handOver(winner.get(), domain, ledger);
            return lostTo(winner.get());
        }
        Optional<Halt> rest = DomainState.rest(domain);
        if (rest.isPresent()) {
            return new Turn.Halted(rest.get());
        }
        // Before what the MailDomain waits for: that it lost its access is why it does not route.
        RuntimeCredentials credentials = workshop.credentials().of(domain);
        if (credentials instanceof Unusable unusable) {
            return new Turn.Halted(at(unusable.halt()));
        }
        Optional<Halt> obstacle = DomainState.obstacle(domain);
        if (obstacle.isPresent()) {
            return new Turn.Halted(obstacle.get());
        }
        Usable with = (Usable) credentials;
        if (claims.lost(domain, with, DomainState.accountId(domain).orElse(with.accountId()))
                .isPresent()) {
            return new Turn.Halted(Obstacles.managedByAnother(domain));
        }
        MailAction action = MailAction.of(live.getSpec().action());
        if (!with.grants().action(domain.getSpec().domain(), action)) {
            return new Turn.Halted(Obstacles.notGranted(action));
        }
        try {
            Turn turn = apply(live, domain, allSiblings, ledger, with);
            refusals.forget(uid(live));
            return turn;
        } catch (CloudflareException e) {
            Halt halt = halt(e, domain, with, action.value());
            boolean first = Halt.mayBeStray(e) && Turn.hasConverged(live) && refusals.isFirst(uid(live));
            return new Turn.Halted(first ? halt.unconfirmed() : halt);
        }
    }

    private Turn apply(
            CatchAllRule live,
            MailDomain domain,
            Supplier<List<CatchAllRule>> siblings,
            CatchAllLedger ledger,
            Usable with) {
        String zoneId = DomainState.zoneId(domain).orElseThrow();
        boolean settled = Turn.hasConverged(live);
        Cloudflare cloudflare = workshop.cloudflare().apply(with.token());
        CatchAll standing = cloudflare.catchAll(zoneId, settled ? Use.CHECK : Use.CHANGE);
        lastGood.worked(uid(live), with);
        CatchAllContent wanted = wanted(live);
        boolean notedHere =
                ledger.noted().filter(noted -> zoneId.equals(noted.zoneId())).isPresent();
        OwnerMark mark = workshop.mark().within(live.getMetadata().getNamespace(), standing.name());
        boolean inherits = !notedHere && mark.isOn(standing.name());
        CatchAllContent inherited =
                inherits ? Succession.inheritance(live, zoneId, siblings.get()).orElse(null) : null;
        CatchAllDecision decision = CatchAllDecision.forward(
                zoneId, wanted, standing, ledger.noted().orElse(null), inherited, mark);

        if (decision instanceof Matched) {
            return Turn.done("Matched", "the catch-all that somebody else made does what is asked");
        }
        if (decision instanceof Ours ours) {
            ledger.note(ours.ownership());
            return Turn.done("Applied", "mail that no rule names goes to " + Content.words(wanted));
        }
        if (decision instanceof NotTaken) {
            return new Turn.Halted(Obstacles.notTaken(wanted));
        }
        if (decision instanceof NotExpressible) {
            return new Turn.Halted(Obstacles.notExpressible());
        }
        if (decision instanceof HeldElsewhere) {
            return new Turn.Halted(standing.isWranglers() ? Obstacles.keptByWrangler() : Obstacles.heldElsewhere());
        }
        if (settled && domain.getSpec().drift() == DriftPolicy.Report) {
            return Turn.done("DriftReported", "somebody changed the catch-all; spec.drift of the MailDomain is Report");
        }
        Optional<Halt> otherZone = otherZone(cloudflare, zoneId, domain);
        if (otherZone.isPresent()) {
            return new Turn.Halted(otherZone.get());
        }
        Optional<CatchAllContent> written = put(cloudflare, zoneId, ledger, (Put) decision, standing);
        if (written.isEmpty()) {
            return Turn.Halted.BUSY;
        }
        log.applied(live, Content.words(wanted));
        if (!Content.same(written.get(), wanted)) {
            return new Turn.Halted(Obstacles.notTaken(wanted));
        }
        return Turn.done("Applied", "mail that no rule names goes to " + Content.words(wanted));
    }

    /**
     * What Cloudflare made of it. Empty where somebody changed the catch-all while it was noted: what would come back later
     * must be the latest.
     */
    private static Optional<CatchAllContent> put(
            Cloudflare cloudflare, String zoneId, CatchAllLedger ledger, Put put, CatchAll standing) {
        Optional<CatchAllOwnership> before = ledger.noted();
        ledger.note(put.ownership());
        boolean first = put.ownership().applied() == null;
        try {
            if (first && !cloudflare.catchAll(zoneId, Use.CHANGE).equals(standing)) {
                return Optional.empty();
            }
            CatchAllContent written = Content.of(cloudflare.putCatchAll(zoneId, Content.draft(put.intended())))
                    .map(content -> Content.renamed(content, put.intended().name()))
                    .orElse(put.intended());
            CatchAllOwnership noted = put.ownership();
            ledger.note(new CatchAllOwnership(zoneId, noted.previous(), noted.intended(), written));
            return Optional.of(written);
        } catch (CloudflareException e) {
            if (e.isDefinitive()) {
                before.ifPresentOrElse(ledger::note, ledger::clear);
            }
            throw e;
        }
    }

    /** What the winner has noted itself needs no second ledger; one that it has not may still be its inheritance. */
    private static void handOver(CatchAllRule winner, MailDomain domain, CatchAllLedger ledger) {
        Optional<String> zoneId = DomainState.zoneId(domain);
        if (zoneId.filter(id -> Succession.hasTakenOver(winner, id)).isPresent()) {
            ledger.clear();
        }
    }

    /** A status can be forged: before a zone is written to, it must bear the domain's name, and a status that we know. */
    private static Optional<Halt> otherZone(Cloudflare cloudflare, String zoneId, MailDomain domain) {
        Zone zone = cloudflare.zone(zoneId, Use.CHANGE);
        if (!zone.name().equalsIgnoreCase(domain.getSpec().domain())) {
            return Optional.of(Obstacles.otherZone(domain));
        }
        return zone.hasKnownStatus() ? Optional.empty() : Optional.of(Obstacles.zoneStatusUnknown(zone));
    }

    /** The ledger of a resource that lost its status: what it would have written; what stood there before is not known. */
    CatchAllOwnership lost(CatchAllRule rule, String zoneId) {
        return new CatchAllOwnership(zoneId, null, wanted(rule), null);
    }

    private CatchAllContent wanted(CatchAllRule rule) {
        String label =
                rule.getMetadata().getNamespace() + "/" + rule.getMetadata().getName();
        MailAction action = MailAction.of(rule.getSpec().action());
        return Content.of(workshop.mark().name(label), rule.getSpec().enabled(), action);
    }

    /** What stood there before is kept in mind where nothing is undone: the MailDomain may come back. */
    private Turn letGo(CatchAllRule live, MailDomain domain, CatchAllLedger ledger) {
        if (DomainState.goesAndLeavesAll(domain)) {
            ledger.noted().filter(noted -> noted.applied() != null).ifPresent(noted -> ledger.note(unwatched(noted)));
            return goes(domain, " and leaves all at Cloudflare as it is: so does the catch-all");
        }
        return undo.giveBack(live, domain, ledger)
                .<Turn>map(Turn.Halted::new)
                .orElseGet(() -> goes(domain, ": the catch-all was given back"));
    }

    private static Turn goes(MailDomain domain, String andSo) {
        return new Turn.Halted(Halt.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                "DomainDeleted",
                "MailDomain " + domain.getMetadata().getName() + " is being deleted" + andSo));
    }

    /** Until somebody looks again only our mark says that the catch-all is ours: nobody sees whether it changes. */
    private static CatchAllOwnership unwatched(CatchAllOwnership noted) {
        return new CatchAllOwnership(noted.zoneId(), noted.previous(), noted.applied(), null);
    }

    static Halt halt(CloudflareException e, MailDomain domain, Usable with, String subject) {
        String named = subject.isEmpty() ? domain.getSpec().domain() : subject;
        return Halt.of(
                ConditionType.CATCH_ALL_APPLIED,
                e,
                Catalogue.diagnose(e, with.context(domain.getSpec().domain(), named)));
    }

    /** What is wrong with the domain, as it stands in the catch-all's way. */
    static Halt at(Halt halt) {
        return new Halt(
                ConditionType.CATCH_ALL_APPLIED,
                Check.Status.FALSE,
                halt.reason(),
                halt.message(),
                halt.pace(),
                halt.notBefore(),
                halt.quiet());
    }

    /** Also said of one that need not be looked at: another decides. */
    static Turn lostTo(CatchAllRule winner) {
        return new Turn.Halted(Obstacles.conflict(winner));
    }

    private static String uid(CatchAllRule rule) {
        return rule.getMetadata().getUid();
    }
}
