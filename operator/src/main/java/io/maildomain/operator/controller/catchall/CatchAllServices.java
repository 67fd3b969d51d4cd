package io.maildomain.operator.controller.catchall;

import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.operator.access.ClaimCheck;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.controller.RecentZones;
import io.maildomain.operator.controller.destination.KnownDestinations;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.ownership.StatusWriter;
import java.time.Clock;
import java.time.Duration;

/**
 * The services that reconciling and cleaning up CatchAllRules calls on, put together once at start.
 *
 * @param mailDomains reads the MailDomain that a rule belongs to, live
 * @param recentZones what was seen of the zones of MailDomains just now
 * @param destinations what is known of the addresses that mail is forwarded to
 * @param handOver for how long what goes waits for the next one
 * @param confirmPause how far two looks are apart where one by itself decides nothing
 */
public record CatchAllServices(
        StatusWriter<MailDomain, MailDomainStatus> mailDomains,
        ResourceCache resources,
        CredentialsResolver credentials,
        ClaimCheck claims,
        OwnerMark mark,
        Clock clock,
        RecentZones recentZones,
        KnownDestinations destinations,
        Duration handOver,
        Duration confirmPause) {}
