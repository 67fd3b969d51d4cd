package io.maildomain.operator.domain;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.operator.account.CredentialsResolver;
import io.maildomain.operator.claims.ClaimCheck;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.handover.Departures;
import io.maildomain.operator.handover.ZoneOrigins;
import io.maildomain.operator.ledger.StatusStore;
import io.maildomain.operator.publicdns.PublicDns;
import io.maildomain.operator.routing.OwnerMark;
import io.maildomain.operator.settings.OperatorSettings.MassDeletion;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * What reconciling MailDomains takes, put together once at start.
 *
 * @param cloudflare gives the client of a token
 * @param callTimeout of one call to Cloudflare: how long a lost request may still take effect
 * @param massDeletion from how many deletions on they are held
 * @param confirmPause between the two looks that must agree before anything that cannot be taken back
 * @param publicDns what the world sees of a host's mail
 * @param departures for how long a successor may come after a deletion, and what is noted meanwhile
 * @param zoneOrigins how old the first holder of a zone that was taken over was
 */
public record Workshop(
        StatusStore<MailDomain, MailDomainStatus> store,
        StatusStore<CatchAllRule, CatchAllRuleStatus> catchAllRules,
        Cluster cluster,
        CredentialsResolver credentials,
        ClaimCheck claims,
        Function<ApiToken, Cloudflare> cloudflare,
        OwnerMark mark,
        Clock clock,
        Duration callTimeout,
        MassDeletion massDeletion,
        Duration confirmPause,
        PublicDns publicDns,
        ZoneOrigins zoneOrigins,
        Departures departures) {}
