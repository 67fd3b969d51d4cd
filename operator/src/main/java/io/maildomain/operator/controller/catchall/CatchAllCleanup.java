package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllDeletionPolicy;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.ClaimCheck;
import io.maildomain.operator.access.LastKnownGoodCredentials;
import io.maildomain.operator.access.RuntimeCredentials;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.RuleAction;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Cleanup;
import io.maildomain.operator.controller.catchall.plan.CatchAllPrecedence;
import io.maildomain.operator.controller.catchall.plan.Content;
import io.maildomain.operator.controller.catchall.plan.Obstacles;
import io.maildomain.operator.controller.handover.InheritedCatchAlls;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Gives up a catch-all: puts back what stood there before, while what stands there now is still ours. */
final class CatchAllCleanup {

    /** The zone could just be read: that there is no catch-all to write is Cloudflare's own answer. */
    private static final int GONE = 404;

    private final CatchAllServices services;
    private final StatusWriter<CatchAllRule, CatchAllRuleStatus> writer;
    private final ChangeLog log;
    private final ClaimCheck claims;
    private final LastKnownGoodCredentials lastGood;
    private final CatchAllHandOver handOver;

    CatchAllCleanup(
            CatchAllServices services,
            StatusWriter<CatchAllRule, CatchAllRuleStatus> writer,
            ChangeLog log,
            LastKnownGoodCredentials lastGood) {
        this.services = services;
        this.writer = writer;
        this.lastGood = lastGood;
        this.log = log;
        this.claims = services.claims();
        this.handOver = new CatchAllHandOver(services, writer);
    }

    /** The rule is gone. */
    void forget(String uid) {
        handOver.forget(uid);
    }

    Set<String> uids() {
        return handOver.uids();
    }

    /** The rule goes, and its catch-all stays. */
    CleanupResult leave(CatchAllRule rule, String why) {
        log.warned(rule, Reason.CatchAllKept, "the catch-all is left as it is: " + why);
        return new CleanupResult.Done();
    }

    /**
     * One clean-up of a CatchAllRule: the next one for its domain takes over, else the catch-all is given back.
     *
     * @param siblings those that may come next, and the rule itself: asked only where there may be a next one
     */
    CleanupResult run(
            CatchAllRule live,
            MailDomain domain,
            Supplier<List<CatchAllRule>> siblings,
            CatchAllOwnershipSession ownership,
            CloudflareSession session) {
        Optional<CatchAllRule> next =
                domain.isMarkedForDeletion() ? Optional.empty() : CatchAllPrecedence.winner(siblings.get());
        Optional<CatchAllRule> successor = next.flatMap(writer::live).filter(rule -> !rule.isMarkedForDeletion());
        if (next.isPresent() && successor.isEmpty()) {
            return CleanupResult.Waiting.CONFLICT;
        }
        if (ownership.noted().isEmpty()) {
            Optional<String> zone = DomainState.zoneId(domain);
            if (successor.isPresent() || zone.isEmpty()) {
                return new CleanupResult.Done();
            }
            ownership.note(CatchAllReconciliation.lost(live, zone.get(), services.mark()));
        }
        String zoneId = ownership.noted().orElseThrow().zoneId();
        if (successor
                .filter(rule -> CatchAllPrecedence.hasTakenOver(rule, zoneId))
                .isPresent()) {
            return new CleanupResult.Done();
        }
        if (successor.filter(CatchAllPrecedence::awaitsTurn).isPresent()) {
            return new CleanupResult.Waiting(Obstacles.handingOver(successor.get()));
        }
        return giveBack(live, domain, ownership, session)
                .<CleanupResult>map(CleanupResult.Waiting::new)
                .orElseGet(CleanupResult.Done::new);
    }

    /** Empty once the catch-all is given up and the ownership record is empty; else why not yet. */
    Optional<Blocked> giveBack(
            CatchAllRule rule, MailDomain domain, CatchAllOwnershipSession ownership, CloudflareSession session) {
        Optional<CatchAllOwnership> noted = ownership.noted();
        String uid = rule.getMetadata().getUid();
        CatchAllHandOver.Outcome handedOver = noted.map(ours -> handOver.attempt(uid, domain, ownership, ours, session))
                .orElseGet(CatchAllHandOver.Outcome.Nobody::new);
        if (handedOver instanceof CatchAllHandOver.Outcome.Unknown unknown) {
            return Optional.of(CatchAllReconciliation.at(unknown.why()));
        }
        if (handedOver instanceof CatchAllHandOver.Outcome.Passed) {
            return Optional.empty();
        }
        boolean inherits = noted.filter(
                        ours -> InheritedCatchAlls.isHeldByOneThatGoes(services.resources(), domain, ours.zoneId()))
                .isPresent();
        boolean leaveAll = rule.getSpec().deletionPolicy() == CatchAllDeletionPolicy.Retain
                || DomainState.leavesAll(domain, inherits);
        if (noted.isEmpty() || leaveAll) {
            ownership.clear();
            return Optional.empty();
        }
        services.credentials().follow(domain);
        RuntimeCredentials credentials =
                lastGood.insteadOf(services.credentials().resolve(domain), domain, uid);
        if (credentials instanceof Unusable unusable) {
            if (!unusable.isDenied()) {
                return Optional.of(unusable.blocked());
            }
            log.warned(
                    rule,
                    Reason.AccessDenied,
                    "the catch-all of " + domain.getSpec().domain() + " stays as it is: this namespace has no access to"
                            + " the account any more; change it in Cloudflare's dashboard if it is not wanted");
            ownership.clear();
            return Optional.empty();
        }
        if (DomainState.holdsBack(domain)) {
            return Optional.of(Blocked.waiting(
                    ConditionType.CATCH_ALL_APPLIED,
                    Reason.DomainDeleting,
                    "the catch-all is given back when MailDomain "
                            + domain.getMetadata().getName() + ", which is being deleted, gets to it"));
        }
        Usable with = (Usable) credentials;
        Optional<Blocked> lost =
                claims.lost(domain, with, DomainState.accountId(domain).orElse(with.accountId()));
        if (lost.filter(blocked -> !blocked.reason().isLostClaim()).isPresent()) {
            return lost.map(CatchAllReconciliation::at);
        }
        if (lost.isPresent() && !inherits) {
            // Another MailDomain's catch-all, whatever the ownership record says.
            ownership.clear();
            return Optional.empty();
        }
        Optional<Blocked> blocked = attempt(rule, domain, noted.get(), session, with);
        if (blocked.filter(Blocked::isAboutToken).isPresent()) {
            blocked = lastGood.otherThan(with, domain, uid)
                    .map(earlier -> attempt(rule, domain, noted.get(), session, earlier))
                    .filter(again -> again.filter(Blocked::isAboutToken).isEmpty())
                    .orElse(blocked);
        }
        if (blocked.isEmpty()) {
            ownership.clear();
        }
        return blocked;
    }

    private Optional<Blocked> attempt(
            CatchAllRule rule, MailDomain domain, CatchAllOwnership noted, CloudflareSession session, Usable with) {
        try {
            return giveBack(rule, domain, noted, session, with);
        } catch (CloudflareException e) {
            if (!e.zoneMissing()) {
                return Optional.of(CatchAllReconciliation.blocked(e, domain, with, ""));
            }
            log.warned(
                    rule, Reason.ZoneGone, "the zone is gone, or hidden from the token: nothing is left to give back");
            return Optional.empty();
        }
    }

    private Optional<Blocked> giveBack(
            CatchAllRule rule, MailDomain domain, CatchAllOwnership noted, CloudflareSession session, Usable with) {
        Cloudflare cloudflare = session.with(with.token());
        Optional<Zone> zone =
                DomainState.isId(noted.zoneId()) ? Optional.of(cloudflare.zone(noted.zoneId())) : Optional.empty();
        if (zone.filter(it -> it.name().equalsIgnoreCase(domain.getSpec().domain()))
                .isEmpty()) {
            log.warned(
                    rule,
                    Reason.CatchAllKept,
                    "the noted zone is not that of the domain: its catch-all was not touched");
            return Optional.empty();
        }
        if (!zone.get().hasKnownStatus()) {
            return Optional.of(Obstacles.zoneStatusUnknown(zone.get()));
        }
        giveBackIn(rule, domain, noted, cloudflare, with);
        return Optional.empty();
    }

    private void giveBackIn(
            CatchAllRule rule, MailDomain domain, CatchAllOwnership noted, Cloudflare cloudflare, Usable with) {
        String zoneId = noted.zoneId();
        CatchAll live = liveOrUntouched(cloudflare, zoneId);
        OwnerMark mark = services.mark().within(rule.getMetadata().getNamespace(), live.name());
        Cleanup decision = CatchAllDecision.cleanup(rule.getSpec().deletionPolicy(), noted, live, mark);
        if (decision instanceof Cleanup.Leave leave) {
            if (!leave.why().isEmpty()) {
                log.warned(rule, Reason.CatchAllKept, leave.why());
            }
            return;
        }
        Cleanup.PutBack back = (Cleanup.PutBack) decision;
        boolean credible = CatchAllDecision.isCredible(
                back.content(),
                zoneId,
                live,
                mark,
                with.grants(),
                domain.getSpec().domain());
        if (!credible) {
            log.warned(
                    rule,
                    Reason.CatchAllKept,
                    "nothing at Cloudflare confirms what the status says of how the catch-all was before ("
                            + Content.describe(back.content())
                            + "), and this namespace may not send mail there: it is left"
                            + " as it is; change it in Cloudflare");
            return;
        }
        if (back.previousLost()) {
            log.warned(
                    rule,
                    Reason.PreviousLost,
                    "what the catch-all was before is not known: it is reset to drop, disabled");
        }
        putBack(rule, domain, cloudflare, zoneId, back.content(), with);
    }

    /** A zone that has no catch-all, because Email Routing is off, has none of ours either. */
    private static CatchAll liveOrUntouched(Cloudflare cloudflare, String zoneId) {
        try {
            return cloudflare.catchAll(zoneId);
        } catch (CloudflareException e) {
            if (!e.catchAllMissing()) {
                throw e;
            }
            return new CatchAll("", "", false, List.of(RuleAction.drop()), "api");
        }
    }

    /** What Cloudflare refuses for a reason of its own it refuses tomorrow as well: that must not hold the resource for good. */
    private void putBack(
            CatchAllRule rule,
            MailDomain domain,
            Cloudflare cloudflare,
            String zoneId,
            CatchAllContent content,
            Usable with) {
        try {
            cloudflare.putCatchAll(zoneId, Content.draft(content));
            log.said(rule, Reason.Restored, "put the catch-all back to " + Content.describe(content));
        } catch (CloudflareException e) {
            boolean gone =
                    e.refused().filter(refused -> refused.status() == GONE).isPresent();
            Diagnosis why = Catalogue.diagnose(
                    e, with.context(domain.getSpec().domain(), domain.getSpec().domain()));
            if (!gone && !e.targetRefused() && !Blocked.isCloudflaresOwn(e, why)) {
                throw e;
            }
            log.warned(
                    rule,
                    Reason.RestoreImpossible,
                    "Cloudflare refuses the catch-all that was there before (" + Content.describe(content)
                            + "): the present one is left. It says: " + e.describe());
        }
    }
}
