package io.maildomain.operator.controller.handover;

import java.time.Instant;
import java.util.Optional;

/**
 * The operator's own evidence, where no tenant can write, of how old the first holder of a zone was: a MailDomain that took a
 * zone over is younger than the zone, and that a zone was created for one before it only the status says, which can be forged.
 */
public interface ZoneOrigins {

    /**
     * What stands of one MailDomain.
     *
     * @param uid of the MailDomain that holds the zone now
     * @param zoneId empty where the zone was not known yet
     * @param since when the first MailDomain that held the zone was created
     */
    record ZoneOriginRecord(
            String uid, String namespace, String name, String domain, String accountId, String zoneId, Instant since) {}

    /** What stands of the MailDomain, if it took a zone over. */
    Optional<ZoneOriginRecord> of(String uid);

    /** Notes it, in place of what stood there. Where the operator may not, the zone is kept in the end. */
    void note(ZoneOriginRecord origin);

    /** The MailDomain is gone. */
    void forget(String uid);
}
