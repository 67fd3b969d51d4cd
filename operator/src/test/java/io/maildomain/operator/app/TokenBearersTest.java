package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.access.TokenHolders;
import io.maildomain.operator.cloudflare.TokenNews;
import io.maildomain.operator.cloudflare.TokenStanding;
import io.maildomain.operator.cloudflare.TokenVerification;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.account.AccountTokens;
import io.maildomain.operator.controller.account.MemorySecrets;
import io.maildomain.operator.controller.watches.WatchMapper;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call showed of a deploy token concerns the MailWorkers and MailSites that are deployed with it. */
class TokenBearersTest {

    private static final String TOKEN = "a-deploy-token-of-this-test-0123456789ab";
    private static final Scope SCOPE = new Scope(Set.of(), "mail-system", "us", true, true);

    private final List<MailWorker> workers = new ArrayList<>();
    private final List<MailSite> sites = new ArrayList<>();
    private final MemoryCluster cluster =
            new MemoryCluster(List::of, List::of, () -> workers).withMailSites(() -> sites);
    private final MemorySecrets secrets = new MemorySecrets();
    private final TokenHolders holders = new TokenHolders();
    private final WatchMapper watches = new WatchMapper();
    private final List<String> woken = new ArrayList<>();
    private final TokenBearers bearers = new TokenBearers(
            new AccountTokens(gone -> {}),
            holders,
            new CredentialsResolver(SCOPE, cluster, secrets),
            new DeployCredentialsResolver(SCOPE, cluster, secrets),
            watches);

    @BeforeEach
    void listen() {
        Stream.of(watches.mailWorkers(), watches.mailSites()).forEach(source -> {
            source.setEventHandler(new EventHandler() {
                @Override
                public void handleEvent(Event event) {
                    woken.add(event.getRelatedCustomResourceID().getName());
                }
            });
            source.start();
        });
        watches.watch(cluster, any -> true);
        cluster.with(TestResources.account("default", TestResources.ACCOUNT_ID));
        SecretKey tokens = new SecretKey("mail-system", "tokens");
        secrets.holding(
                "mail-system",
                "tokens",
                "CLOUDFLARE_RUNTIME_API_TOKEN",
                "a-runtime-token-of-this-test-0123456789",
                "CLOUDFLARE_DEPLOY_API_TOKEN",
                TOKEN);
        holders.read(tokens, secrets.get(tokens));
        worker("ready", "Ready");
        worker("refused", "TokenInvalid");
        site("web", "Ready");
        site("refused-web", "TokenInvalid");
    }

    private void site(String name, String ready) {
        MailSite site = new MailSite();
        site.setMetadata(TestResources.meta("mail", name, 0));
        site.setSpec(MailSiteSpec.of(name, DeploySource.ofConfigMap("files")));
        site.setStatus(MailSiteStatus.ofOwnership(null).withConditions(1L, List.of(condition(ready))));
        sites.add(site);
    }

    private static Condition condition(String ready) {
        return new Condition("Ready", "False", 1L, TestResources.NOW, ready, "");
    }

    private void worker(String name, String ready) {
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta("mail", name, 0));
        worker.setSpec(MailWorkerSpec.of(name, DeploySource.ofConfigMap("files"), "2026-04-01"));
        worker.setStatus(MailWorkerStatus.ofOwnership(null).withConditions(1L, List.of(condition(ready))));
        workers.add(worker);
    }

    private static TokenNews refused(ApiToken token) {
        return new TokenNews(token, TokenStanding.unknown(), disabled());
    }

    private static TokenNews recovered(ApiToken token) {
        return new TokenNews(token, disabled(), TokenStanding.unknown());
    }

    private static TokenStanding disabled() {
        return new TokenStanding(null, new TokenVerification("", "disabled", null), false, Map.of());
    }

    @Test
    void aRefusalConcernsAllThatWorkWithIt() {
        bearers.tell(refused(ApiToken.of(TOKEN)));
        assertThat(woken).containsExactly("ready", "refused", "web", "refused-web");
    }

    @Test
    void aRecoveryThoseThatComplain() {
        bearers.tell(recovered(ApiToken.of(TOKEN)));
        assertThat(woken).containsExactly("refused", "refused-web");
    }

    @Test
    void anotherTokenOfTheSameSecretNone() {
        bearers.tell(refused(ApiToken.of("a-runtime-token-of-this-test-0123456789")));
        assertThat(woken).isEmpty();
    }
}
