package io.maildomain.operator.controller.maildomain;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.operator.access.ClaimCheck;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.config.OperatorSettings.Drift;
import io.maildomain.operator.config.OperatorSettings.MassDeletion;
import io.maildomain.operator.controller.RecentZones;
import io.maildomain.operator.controller.destination.KnownDestinations;
import io.maildomain.operator.controller.handover.Departures;
import io.maildomain.operator.controller.handover.ZoneOrigins;
import io.maildomain.operator.controller.mailbox.DomainMailboxes;
import io.maildomain.operator.dns.PublicDns;
import io.maildomain.operator.dns.World;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.ownership.StatusWriter;
import java.time.Clock;
import java.time.Duration;

/**
 * The services that reconciling and cleaning up MailDomains calls on, put together once at start.
 *
 * @param catchAllRules reads them live: a clean-up waits for them
 * @param callTimeout of one call to Cloudflare: how long a lost request may still take effect
 * @param massDeletion from how many deletions on they are held
 * @param drift how often a healthy domain is looked at, and the pause before anything that cannot be taken back
 * @param publicDns what the world sees of a host's mail
 * @param world what the world sees of a domain, which is only said
 * @param departures for how long a successor may come after a deletion, and what is noted meanwhile
 * @param zoneOrigins how old the first holder of a zone that was taken over was
 * @param recentZones told of each zone that was looked at
 * @param mailboxes that name MailDomains
 * @param destinations that are known not to be verified
 */
public record MailDomainServices(
        StatusWriter<CatchAllRule, CatchAllRuleStatus> catchAllRules,
        ResourceCache resources,
        CredentialsResolver credentials,
        ClaimCheck claims,
        OwnerMark mark,
        Clock clock,
        Duration callTimeout,
        MassDeletion massDeletion,
        Drift drift,
        PublicDns publicDns,
        World world,
        ZoneOrigins zoneOrigins,
        Departures departures,
        RecentZones recentZones,
        DomainMailboxes mailboxes,
        KnownDestinations destinations) {}
