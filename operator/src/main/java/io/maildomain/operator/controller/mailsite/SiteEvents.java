package io.maildomain.operator.controller.mailsite;

import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.ReasonPlace;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.mailsite.plan.SiteObstacle;
import io.maildomain.operator.controller.mailsite.plan.SiteStep;
import io.maildomain.operator.status.Conditions;

/** Tells people what is done for a MailSite. */
record SiteEvents(ChangeLog log) {

    /** A step was done. */
    void done(MailSite live, SiteStep step) {
        if (step instanceof SiteStep.NoteDeployed note && note.succeeded()) {
            log.said(
                    live,
                    Reason.Deployed,
                    "deployed " + note.deployed().id() + " to " + live.getSpec().project());
        } else if (step instanceof SiteStep.AddDomain add) {
            log.said(live, Reason.TriggersApplied, add.host() + " leads to it");
        } else if (step instanceof SiteStep.RemoveDomain remove) {
            log.said(live, Reason.TriggersApplied, remove.host() + " does not lead to it any more");
        }
    }

    /** It goes no further. Told once, while the status does not say so yet. */
    void warned(MailSite live, SiteObstacle why) {
        boolean speaks = why.reason().places().contains(ReasonPlace.SITE_EVENT);
        if (speaks && !Conditions.says(live, why.reason())) {
            log.warned(live, why.reason(), why.sentence());
        }
    }

    /** Others changed what the operator had deployed, and it stays so. */
    void drifted(MailSite live, SiteObstacle what) {
        if (!Conditions.says(live, what.reason())) {
            log.drifted(live, 1, 0);
            log.warned(live, what.reason(), what.sentence());
        }
    }
}
