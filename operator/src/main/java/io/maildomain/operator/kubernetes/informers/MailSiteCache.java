package io.maildomain.operator.kubernetes.informers;

import io.maildomain.api.v1alpha1.MailSite;
import java.util.List;

/** The MailSites that are watched, a moment old at most. Read-only; for a resource's own state read it live instead. */
public interface MailSiteCache {

    /** Every one; for what is done from time to time, not for what an event makes us do. */
    List<MailSite> mailSites();

    /** Those that deploy to a project of that name, in any namespace and to any account. */
    List<MailSite> ofProject(String project);
}
