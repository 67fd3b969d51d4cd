package io.maildomain.operator.controller.mailsite.plan;

import java.util.List;

/** What comes next for a MailSite. */
public sealed interface SiteDecision {

    /** Nothing is written. */
    record Refused(List<Obstacle> obstacles) implements SiteDecision {
        public Refused {
            obstacles = List.copyOf(obstacles);
        }
    }

    /** What stands in the way of a site's deployment; the sentences are those of {@code docs/contributing/deploy-failures.md}. */
    sealed interface Obstacle {}

    /** @param list of {@code access[].deploy} that would grant it */
    record NotGranted(String list, String name) implements Obstacle {}

    /** The project is not there, and is not to be created. */
    record NoProject(String name) implements Obstacle {}

    /** @param holder what the hostname leads to */
    record DomainTaken(String host, String holder) implements Obstacle {}

    /** Cloudflare is not through with the deployment. */
    record Wait(String deployment) implements SiteDecision {}

    /** Cloudflare could not deploy it; what served before goes on serving. Nothing more is written until the intent changes. */
    record Stopped(String deployment) implements SiteDecision {}

    /** Others deployed since, and that stands until the intent changes. */
    record Drifted(String deployment) implements SiteDecision {}

    /** Do this, then plan again. */
    record Do(SiteStep step) implements SiteDecision {}

    /** All is as asked. */
    record Done(String deployment) implements SiteDecision {}
}
