package io.maildomain.operator.controller.mailsite.plan;

/** What comes next where a MailSite is deleted. */
public sealed interface SiteCleanup {

    /** Do this, then look again. */
    record Do(SiteStep step) implements SiteCleanup {}

    /** @param kept whether a project stays that deletion was asked for */
    record Done(boolean kept) implements SiteCleanup {}
}
