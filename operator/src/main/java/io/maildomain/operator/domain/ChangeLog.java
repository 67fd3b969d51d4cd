package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.cloudflare.Zone;

/** Tells people, in Events and the log, what was changed at Cloudflare for a MailDomain. */
public interface ChangeLog {

    /** Changes that took effect: one entry for each verb. */
    void changed(MailDomain about, Applied applied);

    /** A zone was created. */
    void zoneCreated(MailDomain about, Zone zone);

    /** A zone was deleted. */
    void zoneDeleted(MailDomain about);

    /** Something stays at Cloudflare, or needs somebody's attention. */
    void warned(MailDomain about, String reason, String message);
}
