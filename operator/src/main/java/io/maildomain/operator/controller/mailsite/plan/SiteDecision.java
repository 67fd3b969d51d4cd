package io.maildomain.operator.controller.mailsite.plan;

import java.util.List;

/** What comes next for a MailSite. */
public sealed interface SiteDecision {

    /** Nothing is written. */
    record Refused(List<SiteObstacle> obstacles) implements SiteDecision {
        public Refused {
            obstacles = List.copyOf(obstacles);
        }
    }

    /** Cloudflare is not through with it, or people have to see to a DNS record. */
    record Wait(SiteObstacle why) implements SiteDecision {}

    /** Cloudflare could not deploy it; what served before goes on serving. Nothing more is written until the intent changes. */
    record Stopped(SiteObstacle why) implements SiteDecision {}

    /** Others deployed since, and that stands until the intent changes. */
    record Drifted(SiteObstacle what) implements SiteDecision {}

    /** Do this, then plan again. */
    record Do(SiteStep step) implements SiteDecision {}

    /** All is as asked. */
    record Done(String deployment) implements SiteDecision {}
}
