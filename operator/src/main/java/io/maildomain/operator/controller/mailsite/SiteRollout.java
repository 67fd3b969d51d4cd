package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.controller.ReconcileResult;
import io.maildomain.operator.controller.mailsite.SiteExecution.Outcome;
import io.maildomain.operator.controller.mailsite.plan.SiteDecision;
import io.maildomain.operator.controller.mailsite.plan.SiteForecast;
import io.maildomain.operator.controller.mailsite.plan.SiteIntent;
import io.maildomain.operator.controller.mailsite.plan.SitePlan;
import io.maildomain.operator.controller.mailsite.plan.SiteStep;

/** Looks, plans, notes, does, and looks again, until there is nothing more to do or a reason to stop. */
record SiteRollout(
        MailSite live,
        SiteIntent intent,
        Usable with,
        SiteOwnershipSession ownership,
        SiteObserver observer,
        SiteExecution execution,
        SiteEvents events) {

    /** More than there can be hostnames to add and to remove, and what comes before them. */
    private static final int MOST_STEPS = 60;

    /**
     * As far as it goes now.
     *
     * @throws CloudflareException where a call failed for a reason that is none of the site's
     */
    ReconcileResult<MailSiteStatus> run(SiteReport report) {
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            SiteObservation seen = observer.look(ownership.ledger());
            report.seen(seen);
            SitePlan plan = SitePlan.next(intent, seen.state(), ownership.ledger(), with.grants());
            ownership.note(plan.ledger(), with.accountId());
            if (!(plan.decision() instanceof SiteDecision.Do next)) {
                return ended(plan.decision(), report);
            }
            Outcome outcome = carryOut(next.step(), seen);
            if (outcome instanceof Outcome.Refused refused) {
                events.warned(live, refused.why());
                return report.refused(refused.why());
            }
            if (outcome instanceof Outcome.Outrun) {
                return ReconcileResult.conflict();
            }
        }
        return ReconcileResult.conflict();
    }

    /**
     * Looks and says what would be done; notes nothing.
     *
     * @throws CloudflareException where a call failed for a reason that is none of the site's
     */
    ReconcileResult<MailSiteStatus> watch(SiteReport report) {
        SiteObservation seen = observer.look(ownership.ledger());
        report.seen(seen);
        return report.watched(SiteForecast.of(intent, seen.state(), ownership.ledger(), with.grants()));
    }

    /** What came of the step stands in the ledger before anything else is done. */
    private Outcome carryOut(SiteStep step, SiteObservation seen) {
        Outcome outcome;
        try {
            outcome = execution.carryOut(step, seen);
        } catch (CloudflareException e) {
            if (e.isDefinitive()) {
                ownership.note(ownership.ledger().refused(step), with.accountId());
            }
            throw e;
        }
        if (outcome instanceof Outcome.Done) {
            ownership.note(ownership.ledger().done(step), with.accountId());
            events.done(live, step);
        } else {
            ownership.note(ownership.ledger().refused(step), with.accountId());
        }
        observer.changedBy(step);
        return outcome;
    }

    private ReconcileResult<MailSiteStatus> ended(SiteDecision decision, SiteReport report) {
        if (decision instanceof SiteDecision.Drifted drifted) {
            events.drifted(live, drifted.what());
        } else if (decision instanceof SiteDecision.Stopped stopped) {
            events.warned(live, stopped.why());
        }
        return report.decided(decision);
    }
}
