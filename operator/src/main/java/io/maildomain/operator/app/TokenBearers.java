package io.maildomain.operator.app;

import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.DeployCredentials;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.access.TokenHolders;
import io.maildomain.operator.cloudflare.TokenNews;
import io.maildomain.operator.controller.account.AccountTokens;
import io.maildomain.operator.controller.watches.WatchMapper;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import org.jspecify.annotations.Nullable;

/** All who work with a token: what a call of one of them showed of it concerns the others, too. */
record TokenBearers(
        AccountTokens accounts,
        TokenHolders holders,
        CredentialsResolver credentials,
        DeployCredentialsResolver deploying,
        WatchMapper watchMapper) {

    /** Whatever is new concerns the token's accounts; its domains, Workers and sites only whether it is taken at all. Makes no call. */
    void tell(TokenNews news) {
        accounts.usersOf(news.token()).forEach(watchMapper.accounts()::trigger);
        if (news.isRefusal()) {
            watchMapper.tokenChanged(
                    holders.of(news.token()),
                    domain -> bears(domain, news.token()),
                    deployed -> bears(deployed, news.token()));
        } else if (news.isRecovery()) {
            watchMapper.tokenChanged(
                    holders.of(news.token()),
                    domain -> complainsOfToken(domain.getStatus()) && bears(domain, news.token()),
                    deployed -> complainsOfToken(deployed.resource().getStatus()) && bears(deployed, news.token()));
        }
    }

    private boolean bears(MailDomain domain, ApiToken token) {
        return domain.getSpec() != null
                && credentials.resolve(domain) instanceof Usable usable
                && usable.token().equals(token);
    }

    private boolean bears(DeployedResource deployed, ApiToken token) {
        return deploying.resolve(deployed.namespace(), deployed.account()) instanceof DeployCredentials.Usable usable
                && usable.token().equals(token);
    }

    private static boolean complainsOfToken(@Nullable Conditioned status) {
        return status != null
                && Conditions.find(status.conditions(), ConditionType.READY)
                        .flatMap(Condition::knownReason)
                        .filter(Reason::isAboutToken)
                        .isPresent();
    }
}
