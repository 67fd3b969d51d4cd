package io.maildomain.operator.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllDeletionPolicy;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.access.Grants;
import io.maildomain.operator.account.LastGood;
import io.maildomain.operator.account.RuntimeCredentials;
import io.maildomain.operator.account.RuntimeCredentials.Unusable;
import io.maildomain.operator.account.RuntimeCredentials.Usable;
import io.maildomain.operator.catchall.CatchAllDecision.Undo;
import io.maildomain.operator.claims.ClaimCheck;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.handover.InheritedCatchAlls;
import io.maildomain.operator.outcome.Halt;
import io.maildomain.operator.routing.OwnerMark;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets go of a catch-all: puts back what stood there before, while what stands there now is still ours. */
final class CatchAllUndo {

    /** Codes of a refused restore: its destination is not verified any more, or gone, or its Worker is. */
    private static final Set<Integer> IMPOSSIBLE = Set.of(2054, 2015, 2016);

    /** The zone could just be read: that there is no catch-all to write is Cloudflare's own answer. */
    private static final int GONE = 404;

    private final Workshop workshop;
    private final CatchAllLog log;
    private final ClaimCheck claims;
    private final LastGood lastGood;
    private final CatchAllHandOver handOver;

    CatchAllUndo(Workshop workshop, CatchAllLog log, LastGood lastGood) {
        this.workshop = workshop;
        this.lastGood = lastGood;
        this.log = log;
        this.claims = workshop.claims();
        this.handOver = new CatchAllHandOver(workshop);
    }

    /** Empty once the catch-all is let go of and the ledger is empty; else why not yet. */
    Optional<Halt> giveBack(CatchAllRule rule, MailDomain domain, CatchAllLedger ledger) {
        Optional<CatchAllOwnership> noted = ledger.noted();
        if (noted.isPresent() && passedOn(domain, ledger, noted.get())) {
            return Optional.empty();
        }
        boolean inherits = noted.filter(
                        ours -> InheritedCatchAlls.isHeldByOneThatGoes(workshop.cluster(), domain, ours.zoneId()))
                .isPresent();
        boolean leaveAll = rule.getSpec().deletionPolicy() == CatchAllDeletionPolicy.Retain
                || DomainState.leavesAll(domain, inherits);
        if (noted.isEmpty() || leaveAll) {
            ledger.clear();
            return Optional.empty();
        }
        String uid = rule.getMetadata().getUid();
        RuntimeCredentials credentials =
                lastGood.insteadOf(workshop.credentials().of(domain), domain, uid);
        if (credentials instanceof Unusable unusable) {
            if (!unusable.isDenied()) {
                return Optional.of(unusable.halt());
            }
            ledger.clear();
            return Optional.empty();
        }
        if (DomainState.holdsBack(domain)) {
            return Optional.of(Halt.waiting(
                    ConditionType.CATCH_ALL_APPLIED,
                    "DomainDeleting",
                    "the catch-all is given back when MailDomain "
                            + domain.getMetadata().getName() + ", which is being deleted, gets to it"));
        }
        Usable with = (Usable) credentials;
        Optional<Halt> lost =
                claims.lost(domain, with, DomainState.accountId(domain).orElse(with.accountId()));
        if (lost.filter(halt -> !ClaimCheck.isLost(halt.reason())).isPresent()) {
            return lost.map(CatchAllReconciliation::at);
        }
        if (lost.isPresent() && !inherits) {
            // Another MailDomain's catch-all, whatever the ledger says.
            ledger.clear();
            return Optional.empty();
        }
        Optional<Halt> halt = attempt(rule, domain, noted.get(), with);
        if (halt.filter(Halt::isAboutToken).isPresent()) {
            halt = lastGood.otherThan(with, domain, uid)
                    .map(earlier -> attempt(rule, domain, noted.get(), earlier))
                    .filter(again -> again.filter(Halt::isAboutToken).isEmpty())
                    .orElse(halt);
        }
        if (halt.isEmpty()) {
            ledger.clear();
        }
        return halt;
    }

    /** Whether it is somebody else's by now: where the MailDomain goes, and the one that comes next has a catch-all, too. */
    private boolean passedOn(MailDomain domain, CatchAllLedger ledger, CatchAllOwnership noted) {
        boolean goes = domain.isMarkedForDeletion()
                && !DomainState.leavesAll(domain)
                && !DomainState.holdsBack(domain)
                && DomainState.zoneId(domain).filter(noted.zoneId()::equals).isPresent();
        Optional<CatchAllRule> successor = goes ? handOver.successor(domain) : Optional.empty();
        successor.ifPresent(next -> handOver.pass(ledger, noted, next));
        return successor.isPresent();
    }

    private Optional<Halt> attempt(CatchAllRule rule, MailDomain domain, CatchAllOwnership noted, Usable with) {
        try {
            giveBack(rule, domain, noted, workshop.cloudflare().apply(with.token()), with.grants());
        } catch (CloudflareException e) {
            if (!e.zoneMissing()) {
                return Optional.of(CatchAllReconciliation.halt(e, domain, with, ""));
            }
            log.warned(rule, "ZoneGone", "the zone is gone, or hidden from the token: nothing is left to give back");
        }
        return Optional.empty();
    }

    private void giveBack(
            CatchAllRule rule, MailDomain domain, CatchAllOwnership noted, Cloudflare cloudflare, Grants grants) {
        String zoneId = noted.zoneId();
        boolean isIt = DomainState.isId(zoneId)
                && cloudflare
                        .zone(zoneId, Use.CHANGE)
                        .name()
                        .equalsIgnoreCase(domain.getSpec().domain());
        if (!isIt) {
            log.warned(rule, "CatchAllKept", "the noted zone is not that of the domain: its catch-all was not touched");
            return;
        }
        CatchAll live = liveOrUntouched(cloudflare, zoneId);
        OwnerMark mark = workshop.mark().within(rule.getMetadata().getNamespace(), live.name());
        Undo decision = CatchAllDecision.undo(rule.getSpec().deletionPolicy(), noted, live, mark);
        if (decision instanceof Undo.Leave leave) {
            if (!leave.reason().isEmpty()) {
                log.warned(rule, leave.reason(), leave.why());
            }
            return;
        }
        Undo.PutBack back = (Undo.PutBack) decision;
        boolean credible = CatchAllDecision.isCredible(
                back.content(), zoneId, live, mark, grants, domain.getSpec().domain());
        if (!credible) {
            log.warned(
                    rule,
                    "CatchAllKept",
                    "nothing at Cloudflare confirms what the status says of how the catch-all was before ("
                            + Content.words(back.content())
                            + "), and this namespace may not send mail there: it is left"
                            + " as it is; change it in Cloudflare");
            return;
        }
        if (back.previousLost()) {
            log.warned(
                    rule, "PreviousLost", "what the catch-all was before is not known: it is reset to drop, disabled");
        }
        putBack(rule, cloudflare, zoneId, back.content());
    }

    /** A zone that has no catch-all, because Email Routing is off, has none of ours either. */
    private static CatchAll liveOrUntouched(Cloudflare cloudflare, String zoneId) {
        try {
            return cloudflare.catchAll(zoneId, Use.CHANGE);
        } catch (CloudflareException e) {
            if (!e.catchAllMissing()) {
                throw e;
            }
            return new CatchAll("", "", false, List.of(RuleAction.drop()), "api");
        }
    }

    private void putBack(CatchAllRule rule, Cloudflare cloudflare, String zoneId, CatchAllContent content) {
        try {
            cloudflare.putCatchAll(zoneId, Content.draft(content));
            log.restored(rule, Content.words(content));
        } catch (CloudflareException e) {
            boolean impossible = e.refused()
                    .filter(refused ->
                            refused.status() == GONE || IMPOSSIBLE.stream().anyMatch(refused::hasCode))
                    .isPresent();
            if (!impossible) {
                throw e;
            }
            log.warned(
                    rule,
                    "RestoreImpossible",
                    "Cloudflare refuses the catch-all that was there before (" + Content.words(content)
                            + "): the present one is left");
        }
    }
}
