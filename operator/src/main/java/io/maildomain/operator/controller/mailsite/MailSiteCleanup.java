package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.deploy.DeployApis;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.deploy.DeployCleanup;
import io.maildomain.operator.controller.deploy.LastDeployCredentials;
import io.maildomain.operator.controller.mailsite.SiteExecution.Outcome;
import io.maildomain.operator.controller.mailsite.plan.SiteCleanup;
import io.maildomain.operator.controller.mailsite.plan.SiteIntent;
import io.maildomain.operator.controller.mailsite.plan.SiteLedger;
import io.maildomain.operator.controller.mailsite.plan.SitePlan;
import io.maildomain.operator.controller.mailsite.plan.SiteState;
import io.maildomain.operator.controller.mailsite.plan.SiteStep;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.status.Blocked;
import java.util.Optional;
import java.util.TreeMap;

/** Undoes what was done for a MailSite: hostnames that the operator led there, and the project if it created it and no others use it. */
final class MailSiteCleanup {

    /** What people read of. */
    static final String WHAT = "site";

    /** More than there can be custom domains in a record. */
    private static final int MOST_STEPS = 60;

    private final MailSiteServices services;
    private final ChangeLog log;
    private final LastDeployCredentials lastGood;
    private final ProjectClaims claims;

    MailSiteCleanup(MailSiteServices services, ChangeLog log, LastDeployCredentials lastGood) {
        this.services = services;
        this.log = log;
        this.lastGood = lastGood;
        this.claims = new ProjectClaims(services.cluster(), services.credentials());
    }

    CleanupResult run(MailSite live, SiteOwnershipSession ownership, CloudflareSession session) {
        return new DeployCleanup(services.credentials(), lastGood)
                .run(DeployedResource.of(live).orElseThrow(), new Going(live, ownership, session));
    }

    private final class Going implements DeployCleanup.Undoing {
        private final MailSite live;
        private final SiteOwnershipSession ownership;
        private final CloudflareSession session;

        Going(MailSite live, SiteOwnershipSession ownership, CloudflareSession session) {
            this.live = live;
            this.ownership = ownership;
            this.session = session;
        }

        @Override
        public String what() {
            return WHAT;
        }

        @Override
        public boolean isNothing() {
            return ownership.ledger().equals(SiteLedger.NOTHING);
        }

        @Override
        public Optional<String> accountId() {
            return ownership.accountId();
        }

        @Override
        public Optional<Blocked> lost(Usable with) {
            return claims.lost(live, with);
        }

        @Override
        public CleanupResult kept(String why) {
            log.warned(live, Reason.SiteKept, live.getSpec().project() + " goes on serving: " + why);
            return new CleanupResult.Done();
        }

        @Override
        public CleanupResult undo(Usable with) {
            SiteIntent intent = SiteIntents.nothing(live, services.mark());
            DeployApis apis = session.deployWith(with.token()).of(with.accountId());
            SiteObserver observer = new SiteObserver(apis, intent);
            SiteExecution execution =
                    new SiteExecution(apis.sites(), intent, new SiteFiles(new TreeMap<>(), new TreeMap<>()), with);
            for (int steps = 0; steps < MOST_STEPS; steps++) {
                SiteState seen = observer.everything(ownership.ledger());
                SiteCleanup next = SitePlan.cleanup(live.getSpec().deletionPolicy(), seen, ownership.ledger());
                if (next instanceof SiteCleanup.Done done) {
                    return done.kept()
                            ? kept("it was there before the operator, or others have deployed to it")
                            : new CleanupResult.Done();
                }
                SiteStep step = ((SiteCleanup.Do) next).step();
                if (!(execution.carryOut(step, new SiteObservation(seen, false, null)) instanceof Outcome.Done)) {
                    return CleanupResult.Waiting.CONFLICT;
                }
                ownership.note(ownership.ledger().done(step), with.accountId());
                observer.changedBy(step);
                if (step instanceof SiteStep.DeleteProject) {
                    log.said(
                            live,
                            Reason.Deleted,
                            "deleted the Pages project " + live.getSpec().project());
                }
            }
            return CleanupResult.Waiting.CONFLICT;
        }

        @Override
        public Blocked blocked(CloudflareException e, Usable with) {
            return SiteCallConditions.blocked(e, with, live.getSpec().project());
        }
    }
}
