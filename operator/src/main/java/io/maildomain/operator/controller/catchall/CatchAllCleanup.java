package io.maildomain.operator.controller.catchall;

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
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.FirstRefusals;
import io.maildomain.operator.controller.catchall.plan.CatchAllPrecedence;
import io.maildomain.operator.controller.catchall.plan.Obstacles;
import io.maildomain.operator.controller.handover.InheritedCatchAlls;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.ConditionType;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives up a catch-all: puts back what stood there before, while what stands there now is still ours. */
final class CatchAllCleanup {

    private final CatchAllServices services;
    private final StatusWriter<CatchAllRule, CatchAllRuleStatus> writer;
    private final ChangeLog log;
    private final ClaimCheck claims;
    private final LastKnownGoodCredentials lastGood;
    private final CatchAllHandOver handOver;
    private final FirstRefusals zonesMissed = new FirstRefusals();

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
        zonesMissed.forget(uid);
    }

    Set<String> uids() {
        Set<String> all = new HashSet<>(handOver.uids());
        all.addAll(zonesMissed.uids());
        return all;
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
        Optional<CleanupResult> expecting = successor.isPresent()
                ? Optional.empty()
                : handOver.expecting(live, domain, ownership.noted().orElseThrow(), session);
        return expecting.orElseGet(() -> giveBack(live, domain, ownership, session)
                .<CleanupResult>map(CleanupResult.Waiting::new)
                .orElseGet(CleanupResult.Done::new));
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
        Attempt first = attempt(rule, domain, noted.get(), session, with);
        Optional<Attempt> byEarlier = first.isOfThisToken()
                ? lastGood.otherThan(with, domain, uid)
                        .map(earlier -> attempt(rule, domain, noted.get(), session, earlier))
                : Optional.empty();
        Attempt last = byEarlier.filter(again -> !again.isRefused()).orElse(first);
        boolean replaced = byEarlier.filter(Attempt::isRefused).isPresent();
        Optional<Blocked> blocked = last.lacksZone()
                ? unlessZoneGone(rule, domain, session, with, last.why(), replaced)
                : Optional.ofNullable(last.why());
        if (blocked.isEmpty()) {
            ownership.clear();
        }
        return blocked;
    }

    /**
     * What came of it with one token.
     *
     * @param why it is not over yet; null where it is
     * @param lacksZone whether Cloudflare says that the zone is not there, which it says as well of one that the token may not see
     */
    private record Attempt(@Nullable Blocked why, boolean lacksZone) {

        boolean isRefused() {
            return why != null && why.isAboutToken();
        }

        boolean isOfThisToken() {
            return lacksZone || isRefused();
        }
    }

    private Attempt attempt(
            CatchAllRule rule, MailDomain domain, CatchAllOwnership noted, CloudflareSession session, Usable with) {
        // What was seen of the zone just now is not so any more: one that comes next must not decide on it.
        services.recentZones().forget(domain.getMetadata().getUid());
        try {
            Cloudflare cloudflare = session.with(with.token());
            Optional<Blocked> blocked =
                    new CatchAllRestoration(rule, domain, noted, cloudflare, with, services.mark(), log).giveBack();
            zonesMissed.forget(rule.getMetadata().getUid());
            return new Attempt(blocked.orElse(null), false);
        } catch (CloudflareException e) {
            return new Attempt(CatchAllReconciliation.blocked(e, domain, with, ""), e.zoneMissing());
        }
    }

    /**
     * Empty where the zone is gone: that is believed when it is said twice, and of a token that sees the zone's account.
     *
     * @param replaced whether another token worked before, and does not any more
     */
    private Optional<Blocked> unlessZoneGone(
            CatchAllRule rule,
            MailDomain domain,
            CloudflareSession session,
            Usable with,
            @Nullable Blocked why,
            boolean replaced) {
        Blocked missing = Objects.requireNonNull(why);
        if (zonesMissed.isFirst(rule.getMetadata().getUid())) {
            return Optional.of(missing.unconfirmed());
        }
        String account = DomainState.accountId(domain).orElse("");
        try {
            boolean sees = !replaced
                    || account.isEmpty()
                    || session.with(with.token()).zones().stream()
                            .anyMatch(zone -> zone.accountId().equals(account));
            if (!sees) {
                return Optional.of(missing);
            }
        } catch (CloudflareException e) {
            return Optional.of(CatchAllReconciliation.blocked(e, domain, with, ""));
        }
        log.warned(rule, Reason.ZoneGone, "the zone is gone, or hidden from the token: nothing is left to give back");
        return Optional.empty();
    }
}
