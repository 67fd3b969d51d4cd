package io.maildomain.operator.main;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.account.AccountMeta;
import io.maildomain.operator.account.AccountTokens;
import io.maildomain.operator.account.CloudflareAccountReconciler;
import io.maildomain.operator.account.CredentialsResolver;
import io.maildomain.operator.account.TokenExpiry;
import io.maildomain.operator.catchall.CatchAllRuleReconciler;
import io.maildomain.operator.claims.ClaimCheck;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cluster.Cluster;
import io.maildomain.operator.cluster.ClusterListener;
import io.maildomain.operator.cluster.ClusterView;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.SecretData;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.credentials.TokenResolution;
import io.maildomain.operator.departed.ClusterWithDeparted;
import io.maildomain.operator.departed.DepartedReconciler;
import io.maildomain.operator.departed.DepartedRecords;
import io.maildomain.operator.departed.StoreWithDeparted;
import io.maildomain.operator.domain.CheckCost;
import io.maildomain.operator.domain.MailDomainReconciler;
import io.maildomain.operator.events.EventType;
import io.maildomain.operator.handover.ConfigMapZoneOrigins;
import io.maildomain.operator.http.Meta;
import io.maildomain.operator.http.Readiness;
import io.maildomain.operator.ledger.PatientStore;
import io.maildomain.operator.ledger.ResourceStore;
import io.maildomain.operator.ledger.StatusStore;
import io.maildomain.operator.locks.ZoneLocks;
import io.maildomain.operator.nudge.Nudger;
import io.maildomain.operator.publicdns.NameServers;
import io.maildomain.operator.publicdns.PublicDns;
import io.maildomain.operator.retry.DriftInterval;
import io.maildomain.operator.retry.Rescheduling;
import io.maildomain.operator.retry.RetrySchedule;
import io.maildomain.operator.routing.OwnerMark;
import io.maildomain.operator.secrets.SecretKey;
import io.maildomain.operator.secrets.SecretState;
import io.maildomain.operator.secrets.SecretWatches;
import io.maildomain.operator.settings.OperatorSettings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the reconcilers together. Public for tests that run the operator without its process. */
public final class Wiring implements OperatorRuntime {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration SWEEP = Duration.ofSeconds(20);

    /** Much longer than a turn takes to end once it has done its work. */
    private static final Duration AFTER_A_TURN = Duration.ofSeconds(5);

    private final Surroundings surroundings;
    private final OperatorSettings settings;
    private final Nudger nudger = new Nudger();
    private final Forgetting forgetting = new Forgetting();
    private final AccountMeta accountMeta = new AccountMeta();
    private final AccountTokens accountTokens = new AccountTokens();
    private final ClusterView informers;
    private final DepartedRecords departed;
    private final Cluster cluster;
    private final SecretWatches secrets;
    private final CredentialsResolver.Secrets followed;
    private final CloudflareClients clients;
    private final OwnIdentity identity;
    private final NameServers nameServers;
    private final Operator operator;
    /** From here on an informer that does not run has stopped for good: what is decided from its view is not true any more. */
    private volatile boolean watching;

    /** Builds; no call to the cluster. */
    public Wiring(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.settings = surroundings.settings();
        KubernetesClient client = surroundings.client();
        informers = new ClusterView(client, settings.scope(), ClusterListener.both(nudger, forgetting));
        departed = new DepartedRecords(
                client,
                settings.scope().operatorNamespace(),
                settings.handOver().window(),
                this::isWatched,
                ClusterListener.both(nudger, forgetting));
        forgetting.except(departed::holds);
        cluster = new ClusterWithDeparted(informers, departed);
        secrets = new SecretWatches(
                client,
                this::secretChanged,
                new SecretWatches.Limits(
                        settings.secrets().watched(), settings.secrets().poll()));
        followed = new FollowedSecrets(secrets, surroundings.redactor());
        clients = new CloudflareClients(
                ApiClient.settings(settings, surroundings.version()),
                surroundings.clock(),
                surroundings.meters(),
                () -> surroundings.fence().mayWrite(),
                this::learned);
        identity = new OwnIdentity(client, settings, surroundings.clock());
        nameServers = new NameServers(settings.dns().server(), surroundings.clock());
        operator = new Operator(configuration -> configuration
                .withKubernetesClient(surroundings.outlines())
                .withCloseClientOnStop(false)
                .checkingCRDAndValidateLocalModel(false)
                .withReconciliationTerminationTimeout(GRACE)
                .withUseSSAToPatchPrimaryResource(true));
    }

    @Override
    public String identify() {
        return identity.identify();
    }

    @Override
    public void start() {
        identity.enter();
        CredentialsResolver credentials = new CredentialsResolver(settings.scope(), cluster, followed);
        nudger.watch(cluster, credentials::isGranted);
        nudger.recordsOfDeparted(departed::recordOf);
        departed.start();
        informers.start();
        watching = true;
        register(identity.mark(), credentials);
        operator.start();
        forgetting.sweepEvery(SWEEP, cluster);
    }

    private void register(OwnerMark mark, CredentialsResolver credentials) {
        KubernetesClient client = surroundings.client();
        ConfigMapZoneOrigins origins =
                new ConfigMapZoneOrigins(client, settings.scope().operatorNamespace());
        origins.forgetAllBut(
                cluster.mailDomains().stream()
                        .map(domain -> domain.getMetadata().getUid())
                        .collect(Collectors.toSet()),
                this::isWatched);
        ClaimCheck claims = new ClaimCheck(cluster, credentials, surroundings.clock());
        StoreWithDeparted mailDomains = new StoreWithDeparted(
                PatientStore.ofMailDomains(new ResourceStore<>(client, MailDomain::new)), departed);
        StatusStore<CatchAllRule, CatchAllRuleStatus> catchAllRules =
                PatientStore.ofCatchAllRules(new ResourceStore<>(client, CatchAllRule::new));
        ZoneLocks locks = new ZoneLocks();
        Rescheduling rescheduling = new Rescheduling(
                new RetrySchedule(settings.retries(), ThreadLocalRandom.current()::nextDouble),
                this::driftInterval,
                CompletableFuture.delayedExecutor(AFTER_A_TURN.toMillis(), TimeUnit.MILLISECONDS),
                nudger::nudge);
        Controllers controllers = new Controllers(operator, settings);
        if (settings.scope().accounts()) {
            CloudflareAccountReconciler accounts =
                    new CloudflareAccountReconciler(accountWorkshop(), rescheduling, nudger.accounts());
            controllers.register(accounts, "cloudflareaccount");
            forgetting.also(accounts::uids, accounts::forget);
        }
        MailDomainReconciler ofDomains = new MailDomainReconciler(
                new io.maildomain.operator.domain.Workshop(
                        mailDomains,
                        catchAllRules,
                        cluster,
                        credentials,
                        claims,
                        cloudflare(),
                        mark,
                        surroundings.clock(),
                        settings.cloudflare().callTimeout(),
                        settings.massDeletion(),
                        settings.drift().confirmPause(),
                        settings.dns().checks() ? nameServers : PublicDns.OFF,
                        origins,
                        departed),
                locks,
                rescheduling,
                nudger.mailDomains(),
                surroundings.events());
        controllers.registerNamespaced(ofDomains, "maildomain");
        if (departed.isAvailable()) {
            controllers.registerRecords(
                    new DepartedReconciler(departed, mailDomains, ofDomains::cleanUp, nudger.departed()),
                    "departed",
                    DepartedRecords.LABEL);
        }
        CatchAllRuleReconciler ofCatchAlls = new CatchAllRuleReconciler(
                new io.maildomain.operator.catchall.Workshop(
                        catchAllRules,
                        mailDomains,
                        cluster,
                        credentials,
                        claims,
                        cloudflare(),
                        mark,
                        surroundings.clock()),
                locks,
                rescheduling,
                nudger.catchAllRules(),
                surroundings.events());
        controllers.registerNamespaced(ofCatchAlls, "catchallrule");
        forgetting.also(ofDomains::uids, ofDomains::forget);
        forgetting.also(ofCatchAlls::uids, ofCatchAlls::forget);
        forgetting.also(rescheduling::uids, rescheduling::forget);
        forgetting.also(secrets::users, secrets::release);
    }

    private io.maildomain.operator.account.Workshop accountWorkshop() {
        return new io.maildomain.operator.account.Workshop(
                new ResourceStore<>(surroundings.client(), CloudflareAccount::new),
                cluster,
                followed,
                clients,
                accountMeta,
                accountTokens,
                new TokenExpiry(surroundings.meters()),
                (about, reason, message) -> surroundings.events().record(about, EventType.WARNING, reason, message),
                surroundings.clock(),
                settings.probing());
    }

    private Function<ApiToken, Cloudflare> cloudflare() {
        return clients::forToken;
    }

    /** Before anybody looks again: whoever changed the Secret may have seen to its token. */
    private void secretChanged(SecretKey secret) {
        if (secrets.get(secret) instanceof SecretState.Present present) {
            SecretData data = SecretData.ofBytes(present.data());
            Stream.of(Surface.values())
                    .map(surface -> TokenResolution.resolve(surface, data))
                    .filter(TokenResolution.Found.class::isInstance)
                    .forEach(found -> clients.reopen(((TokenResolution.Found) found).token()));
        }
        nudger.secretChanged(secret);
    }

    /** What a call showed of a token is news for the accounts that use it. */
    private void learned(ApiToken token) {
        accountTokens.usersOf(token).forEach(nudger.accounts()::nudge);
    }

    private boolean isWatched(String namespace) {
        Set<String> watched = settings.scope().watchNamespaces();
        return watched.isEmpty() || watched.contains(namespace);
    }

    private Duration driftInterval() {
        int calls = cluster.mailDomains().stream().mapToInt(CheckCost::of).sum()
                + cluster.catchAllRules().size();
        return DriftInterval.of(
                settings.drift().interval(),
                settings.budget(),
                calls,
                ThreadLocalRandom.current().nextDouble());
    }

    @Override
    public boolean alive() {
        return !watching || informers.isHealthy() && departed.isHealthy();
    }

    @Override
    public Readiness readiness() {
        boolean healthy =
                operator.getRuntimeInfo().allEventSourcesAreHealthy() && informers.isHealthy() && departed.isHealthy();
        return healthy ? Readiness.yes("ready") : Readiness.no("a watch on the API server is down");
    }

    @Override
    public Meta meta() {
        return Meta.of(surroundings.version(), identity.known(), accountMeta.accounts());
    }

    @Override
    public void close() {
        watching = false;
        forgetting.close();
        operator.stop();
        identity.close();
        secrets.close();
        departed.close();
        informers.close();
        clients.close();
        nameServers.close();
    }
}
