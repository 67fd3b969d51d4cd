package io.maildomain.operator.catchall;

import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.operator.account.CredentialsResolver;
import io.maildomain.operator.claims.ClaimCheck;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.ledger.StatusStore;
import io.maildomain.operator.routing.OwnerMark;
import java.time.Clock;
import java.util.function.Function;

/**
 * What reconciling CatchAllRules takes, put together once at start.
 *
 * @param cloudflare gives the client of a token
 */
public record Workshop(
        StatusStore<CatchAllRule, CatchAllRuleStatus> store,
        StatusStore<MailDomain, MailDomainStatus> mailDomains,
        Cluster cluster,
        CredentialsResolver credentials,
        ClaimCheck claims,
        Function<ApiToken, Cloudflare> cloudflare,
        OwnerMark mark,
        Clock clock) {}
