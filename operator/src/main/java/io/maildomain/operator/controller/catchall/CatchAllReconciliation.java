package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.CatchAllContent;
import io.maildomain.api.v1alpha1.CatchAllOwnership;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.DriftPolicy;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.ClaimCheck;
import io.maildomain.operator.access.LastKnownGoodCredentials;
import io.maildomain.operator.access.RuntimeCredentials;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.cloudflare.CatchAll;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.FirstRefusals;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Matched;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Ours;
import io.maildomain.operator.controller.catchall.plan.CatchAllDecision.Put;
import io.maildomain.operator.controller.catchall.plan.CatchAllPrecedence;
import io.maildomain.operator.controller.catchall.plan.Content;
import io.maildomain.operator.controller.catchall.plan.Obstacles;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One reconcile of a CatchAllRule: winner, domain, credentials, look, decide, write. */
final class CatchAllReconciliation {

    private final CatchAllServices services;
    private final ChangeLog log;
    private final CatchAllCleanup cleanup;
    private final ClaimCheck claims;
    private final LastKnownGoodCredentials lastGood;
    private final FirstRefusals refusals;

    CatchAllReconciliation(
            CatchAllServices services,
            ChangeLog log,
            CatchAllCleanup cleanup,
            LastKnownGoodCredentials lastGood,
            FirstRefusals refusals) {
        this.refusals = refusals;
        this.services = services;
        this.claims = services.claims();
        this.lastGood = lastGood;
        this.log = log;
        this.cleanup = cleanup;
    }

    /**
     * @param domain the MailDomain as the API server has it now
     * @param siblings all that may come first or hold the catch-all, and the rule itself
     * @param allSiblings every one as the API server has it: asked only where what was there before has to be found
     */
    ReconcileResult<CatchAllRuleStatus> run(
            CatchAllRule live,
            MailDomain domain,
            List<CatchAllRule> siblings,
            Supplier<List<CatchAllRule>> allSiblings,
            CatchAllOwnershipSession ownership,
            CloudflareSession session) {
        CatchAllReport report = new CatchAllReport(live, services.clock().instant());
        if (domain.isMarkedForDeletion()) {
            return letGo(live, domain, ownership, session, report);
        }
        Optional<CatchAllRule> winner = CatchAllPrecedence.winner(siblings);
        if (winner.isPresent() && !uid(winner.get()).equals(uid(live))) {
            handOver(winner.get(), domain, ownership);
            return report.blocked(Obstacles.conflict(winner.get()));
        }
        Optional<Blocked> rest = DomainState.rest(domain);
        if (rest.isPresent()) {
            return report.blocked(rest.get());
        }
        // Before what the MailDomain waits for: that it lost its access is why it does not route.
        services.credentials().follow(domain);
        RuntimeCredentials credentials = services.credentials().resolve(domain);
        if (credentials instanceof Unusable unusable) {
            return report.blocked(at(unusable.blocked()));
        }
        Optional<Blocked> obstacle = DomainState.obstacle(domain);
        if (obstacle.isPresent()) {
            return report.blocked(obstacle.get());
        }
        Usable with = (Usable) credentials;
        boolean watching = DomainState.isWatched(domain);
        String account = DomainState.accountId(domain).orElse(with.accountId());
        if ((watching ? claims.hidden(domain, with, account) : claims.lost(domain, with, account)).isPresent()) {
            return report.blocked(Obstacles.managedByAnother(domain));
        }
        MailAction action = MailAction.of(live.getSpec().action());
        if (!with.grants().action(domain.getSpec().domain(), action)) {
            return report.blocked(Obstacles.notGranted(action));
        }
        try {
            ReconcileResult<CatchAllRuleStatus> result = watching
                    ? new CatchAllWatch(session.with(with.token()), domain, report)
                            .run((zoneId, standing) -> decide(live, allSiblings, ownership, zoneId, standing))
                    : apply(live, domain, allSiblings, ownership, session, with, report);
            refusals.forget(uid(live));
            return result;
        } catch (CloudflareException e) {
            Blocked blocked = blocked(e, domain, with, action.value());
            boolean first = Blocked.mayBeStray(e) && Conditions.hasConverged(live) && refusals.isFirst(uid(live));
            return report.blocked(first ? blocked.unconfirmed() : blocked);
        }
    }

    private ReconcileResult<CatchAllRuleStatus> apply(
            CatchAllRule live,
            MailDomain domain,
            Supplier<List<CatchAllRule>> siblings,
            CatchAllOwnershipSession ownership,
            CloudflareSession session,
            Usable with,
            CatchAllReport report) {
        boolean settled = isSettled(live);
        CatchAllWriting writing = new CatchAllWriting(
                session.with(with.token()),
                DomainState.zoneId(domain).orElseThrow(),
                domain,
                with,
                uid(live),
                services);
        Optional<CatchAll> recent = settled ? Optional.empty() : writing.seenJustNow();
        if (recent.isPresent()
                && decide(live, siblings, ownership, writing.zoneId(), recent.get()) instanceof Put put
                && CatchAllWriting.isFirst(put)) {
            lastGood.worked(uid(live), with);
            return write(live, report, writing, put, recent.get(), ownership);
        }
        CatchAll standing = writing.standing();
        lastGood.worked(uid(live), with);
        CatchAllContent desired = desired(live);
        CatchAllDecision decision = decide(live, siblings, ownership, writing.zoneId(), standing);
        if (decision instanceof Matched) {
            return report.done(Reason.Matched, "the catch-all of another user or tool does what is asked");
        }
        if (decision instanceof Ours ours) {
            ownership.note(ours.ownership());
            return report.done(Reason.Applied, "mail that no rule names goes to " + Content.describe(desired));
        }
        Optional<Blocked> obstacle = Obstacles.of(decision, standing);
        if (obstacle.isPresent()) {
            return report.blocked(obstacle.get());
        }
        if (settled && domain.getSpec().drift() == DriftPolicy.Report) {
            if (!Conditions.says(live, Reason.DriftReported)) {
                session.changes();
                log.drifted(live, 1, 0);
            }
            return report.done(
                    Reason.DriftReported,
                    "another user or tool changed the catch-all; spec.drift of the MailDomain is Report");
        }
        return write(live, report, writing, (Put) decision, standing, ownership);
    }

    private CatchAllDecision decide(
            CatchAllRule live,
            Supplier<List<CatchAllRule>> siblings,
            CatchAllOwnershipSession ownership,
            String zoneId,
            CatchAll standing) {
        boolean notedHere =
                ownership.noted().filter(noted -> zoneId.equals(noted.zoneId())).isPresent();
        OwnerMark mark = services.mark().within(live.getMetadata().getNamespace(), standing.name());
        boolean inherits = !notedHere && mark.isOn(standing.name());
        @Nullable
        CatchAllContent inherited = inherits
                ? CatchAllPrecedence.inheritance(live, zoneId, siblings.get()).orElse(null)
                : null;
        return CatchAllDecision.forward(
                zoneId, desired(live), standing, ownership.noted().orElse(null), inherited, mark);
    }

    private ReconcileResult<CatchAllRuleStatus> write(
            CatchAllRule live,
            CatchAllReport report,
            CatchAllWriting writing,
            Put put,
            CatchAll standing,
            CatchAllOwnershipSession ownership) {
        Optional<Blocked> obstacle = writing.obstacle(put);
        if (obstacle.isPresent()) {
            return report.blocked(obstacle.get());
        }
        Optional<CatchAllContent> written = writing.put(ownership, put, standing);
        if (written.isEmpty()) {
            return ReconcileResult.conflict();
        }
        CatchAllContent desired = desired(live);
        boolean settled = isSettled(live);
        log.brought(live, settled, Reason.Applied, "set the catch-all to " + Content.describe(desired));
        if (!Content.same(written.get(), desired)) {
            return report.blocked(Obstacles.notTaken(desired));
        }
        return report.done(Reason.Applied, "mail that no rule names goes to " + Content.describe(desired));
    }

    /** What it only watched until now, it was not asked to leave to others. */
    private static boolean isSettled(CatchAllRule live) {
        return Conditions.hasConverged(live) && !Conditions.says(live, Reason.Observing);
    }

    /** What the winner has noted itself needs no second record; one that it has not may still be its inheritance. */
    private static void handOver(CatchAllRule winner, MailDomain domain, CatchAllOwnershipSession ownership) {
        Optional<String> zoneId = DomainState.zoneId(domain);
        if (zoneId.filter(id -> CatchAllPrecedence.hasTakenOver(winner, id)).isPresent()) {
            ownership.clear();
        }
    }

    /** The ownership record of a resource that lost its status: what it would have written; what stood there before is not known. */
    static CatchAllOwnership lost(CatchAllRule rule, String zoneId, OwnerMark mark) {
        return new CatchAllOwnership(zoneId, null, desired(rule, mark), null);
    }

    private CatchAllContent desired(CatchAllRule rule) {
        return desired(rule, services.mark());
    }

    private static CatchAllContent desired(CatchAllRule rule, OwnerMark mark) {
        String label =
                rule.getMetadata().getNamespace() + "/" + rule.getMetadata().getName();
        MailAction action = MailAction.of(rule.getSpec().action());
        return Content.of(mark.name(label), rule.getSpec().enabled(), action);
    }

    /** What stood there before is kept in mind where nothing is undone: the MailDomain may come back. */
    private ReconcileResult<CatchAllRuleStatus> letGo(
            CatchAllRule live,
            MailDomain domain,
            CatchAllOwnershipSession ownership,
            CloudflareSession session,
            CatchAllReport report) {
        // What goes is no comparison that a sweep could make, nor one that can wait for it.
        session.changes();
        if (DomainState.goesAndLeavesAll(domain)) {
            ownership
                    .noted()
                    .filter(noted -> noted.applied() != null)
                    .ifPresent(noted -> ownership.note(unwatched(noted)));
            return goes(report, domain, " and leaves all at Cloudflare as it is: so does the catch-all");
        }
        return cleanup.giveBack(live, domain, ownership, session)
                .map(report::blocked)
                .orElseGet(() -> goes(report, domain, ": the catch-all was given back"));
    }

    private static ReconcileResult<CatchAllRuleStatus> goes(CatchAllReport report, MailDomain domain, String andSo) {
        return report.blocked(Blocked.waiting(
                ConditionType.CATCH_ALL_APPLIED,
                Reason.DomainDeleted,
                "MailDomain " + domain.getMetadata().getName() + " is being deleted" + andSo));
    }

    /** Until the next look only our mark says that the catch-all is ours: a change would go unseen. */
    private static CatchAllOwnership unwatched(CatchAllOwnership noted) {
        return new CatchAllOwnership(noted.zoneId(), noted.previous(), noted.applied(), null);
    }

    static Blocked blocked(CloudflareException e, MailDomain domain, Usable with, String subject) {
        String named = subject.isEmpty() ? domain.getSpec().domain() : subject;
        return Blocked.of(
                ConditionType.CATCH_ALL_APPLIED,
                e,
                Catalogue.diagnose(e, with.context(domain.getSpec().domain(), named)));
    }

    /** What is wrong with the domain, as it stands in the catch-all's way. */
    static Blocked at(Blocked blocked) {
        return new Blocked(
                ConditionType.CATCH_ALL_APPLIED,
                Check.Status.FALSE,
                blocked.reason(),
                blocked.message(),
                blocked.requeue(),
                blocked.notBefore(),
                blocked.quiet());
    }

    private static String uid(CatchAllRule rule) {
        return rule.getMetadata().getUid();
    }
}
