package io.maildomain.operator.app;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleStatus;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.access.ClaimCheck;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.TokenHolders;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.DomainLocks;
import io.maildomain.operator.controller.RecentZones;
import io.maildomain.operator.controller.Rescheduling;
import io.maildomain.operator.controller.RetrySchedule;
import io.maildomain.operator.controller.catchall.CatchAllRuleReconciler;
import io.maildomain.operator.controller.catchall.CatchAllServices;
import io.maildomain.operator.controller.handover.ConfigMapZoneOrigins;
import io.maildomain.operator.controller.handover.DepartedReconciler;
import io.maildomain.operator.controller.handover.DepartedRecords;
import io.maildomain.operator.controller.handover.DepartedResourceCache;
import io.maildomain.operator.controller.handover.DepartedStatusWriter;
import io.maildomain.operator.controller.handover.EventsWithDeparted;
import io.maildomain.operator.controller.maildomain.MailDomainReconciler;
import io.maildomain.operator.controller.maildomain.MailDomainServices;
import io.maildomain.operator.controller.secrets.HeldSecrets;
import io.maildomain.operator.controller.secrets.SecretNeeds;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.controller.sweep.Tasks;
import io.maildomain.operator.controller.watches.WatchMapper;
import io.maildomain.operator.kubernetes.informers.InformerCache;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.informers.ResourceListener;
import io.maildomain.operator.kubernetes.secrets.SecretFinalizer;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretWatches;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.ownership.ResourceWriter;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.server.http.Meta;
import io.maildomain.operator.server.http.ProbeResult;
import io.maildomain.operator.statuspage.StatusPages;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Puts the reconcilers together. Public for tests that run the operator without its process. */
public final class OperatorAssembly implements OperatorRuntime {

    private static final Duration FORGETTING = Duration.ofSeconds(20);

    /** Much longer than a turn takes to end once it has done its work. */
    private static final Duration AFTER_A_TURN = Duration.ofSeconds(5);

    private final Surroundings surroundings;
    private final OperatorSettings settings;
    private final WatchMapper watchMapper = new WatchMapper();
    private final Forgetting forgetting = new Forgetting();
    private final TokenHolders holders = new TokenHolders();
    private final HeldSecrets held;
    private final AccountAssembly accounts;
    private final InformerCache informers;
    private final DepartedRecords departed;
    private final ResourceCache cluster;
    private final SecretWatches secrets;
    private final FollowedSecrets followed;
    private final CredentialsResolver credentials;
    private final DeployAssembly deploying;
    private final SelfServiceAssembly selfService;
    private final CloudflareClients clients;
    private final Monitoring monitoring;
    private final StatusPages pages;
    private final OwnIdentity identity;
    private final DnsAssembly dns;
    private final CheckInterval checks;
    private final Sweeps sweeps;
    private final DomainLocks locks = new DomainLocks();
    private final Rescheduling rescheduling;
    private final Operator operator;
    /** From here on an informer that does not run has stopped for good: what is decided from its view is not true any more. */
    private volatile boolean watching;

    /** Builds; no call to the cluster. */
    public OperatorAssembly(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.settings = surroundings.settings();
        KubernetesClient client = surroundings.client();
        held = new HeldSecrets(settings.holding(), settings.scope(), surroundings.events(), surroundings.clock());
        ResourceListener listener = ResourceListener.both(held, ResourceListener.both(watchMapper, forgetting));
        informers = new InformerCache(client, settings.scope(), listener);
        departed = new DepartedRecords(
                client,
                settings.scope().operatorNamespace(),
                settings.handOver().window(),
                informers::watches,
                listener);
        forgetting.except(uid -> departed.holds(uid) || Sweeps.isSweep(uid));
        cluster = new DepartedResourceCache(informers, departed);
        secrets = new SecretWatches(
                client,
                this::secretChanged,
                holders::ended,
                new SecretWatches.Limits(
                        settings.secrets().watched(), settings.secrets().poll()));
        followed = new FollowedSecrets(secrets, surroundings.redactor());
        credentials = new CredentialsResolver(settings.scope(), cluster, followed);
        deploying = new DeployAssembly(surroundings, cluster, followed, watchMapper);
        selfService = new SelfServiceAssembly(surroundings, cluster, followed, credentials, watchMapper);
        monitoring = new Monitoring(surroundings);
        TokenBearers bearers = new TokenBearers(
                monitoring.accountTokens(), holders, credentials, deploying.credentials(), watchMapper);
        clients = ApiClient.clients(surroundings, monitoring, bearers);
        identity = new OwnIdentity(client, settings, surroundings.clock());
        dns = new DnsAssembly(surroundings);
        checks = new CheckInterval(settings, cluster, surroundings.clock());
        sweeps = checks.sweeps(
                clients,
                watchMapper::trigger,
                monitoring.watching(Tasks.onThreads()),
                monitoring.sweeps(watchMapper::trigger));
        monitoring.follow(informers, clients, sweeps::states, surroundings.clock());
        pages = monitoring.pages(surroundings, informers, clients, sweeps::ages);
        accounts = new AccountAssembly(surroundings, cluster, followed, clients, monitoring, sweeps);
        rescheduling = new Rescheduling(
                new RetrySchedule(settings.retries(), ThreadLocalRandom.current()::nextDouble),
                checks::ofOwnLooks,
                CompletableFuture.delayedExecutor(AFTER_A_TURN.toMillis(), TimeUnit.MILLISECONDS),
                watchMapper::trigger,
                monitoring::requeued);
        operator = Controllers.sdk(surroundings, monitoring.ofSdk());
    }

    @Override
    public String identify() {
        return identity.identify();
    }

    @Override
    public void start() {
        identity.enter();
        watchMapper.watch(cluster, credentials::isGranted);
        watchMapper.recordsOfDeparted(departed::recordOf);
        departed.start();
        deploying.check();
        selfService.check(informers);
        informers.start();
        departed.startAfterAll();
        watching = true;
        register(identity.mark());
        operator.start();
        forgetting.sweepEvery(FORGETTING, cluster);
        held.start(
                new SecretNeeds(cluster, credentials, deploying.credentials(), departed::holds),
                new SecretFinalizer(surroundings.client(), identity.mark().ownerId()),
                secrets);
    }

    private void register(OwnerMark mark) {
        KubernetesClient client = surroundings.client();
        ConfigMapZoneOrigins origins =
                new ConfigMapZoneOrigins(client, settings.scope().operatorNamespace());
        origins.forgetAllBut(
                cluster.mailDomains().stream()
                        .map(domain -> domain.getMetadata().getUid())
                        .collect(Collectors.toSet()),
                informers::watches);
        ClaimCheck claims = new ClaimCheck(cluster, credentials, surroundings.clock());
        DepartedStatusWriter mailDomains =
                new DepartedStatusWriter(new ResourceWriter<>(client, MailDomain.class), departed);
        StatusWriter<CatchAllRule, CatchAllRuleStatus> catchAllRules = new ResourceWriter<>(client, CatchAllRule.class);
        RecentZones recentZones = new RecentZones(
                surroundings.clock(), settings.drift().interval().dividedBy(10));
        Controllers controllers = new Controllers(operator, settings);
        if (settings.scope().accounts()) {
            ChangeLog told = new ChangeLog(surroundings.events());
            StatusWriter<CloudflareAccount, CloudflareAccountStatus> writer =
                    new ResourceWriter<>(client, CloudflareAccount.class);
            accounts.register(controllers, parts(writer, watchMapper.accounts(), told), forgetting);
        }
        MailDomainReconciler ofDomains = new MailDomainReconciler(
                parts(
                        mailDomains,
                        watchMapper.mailDomains(),
                        new ChangeLog(new EventsWithDeparted(surroundings.events(), departed), monitoring.drift())),
                new MailDomainServices(
                        catchAllRules,
                        cluster,
                        credentials,
                        claims,
                        mark,
                        surroundings.clock(),
                        settings.cloudflare().callTimeout(),
                        settings.massDeletion(),
                        settings.drift(),
                        dns.publicDns(),
                        dns.world(),
                        origins,
                        departed,
                        recentZones,
                        selfService.mailboxes(),
                        selfService.destinations()));
        controllers.registerNamespaced(ofDomains, "maildomain");
        dns.start(ofDomains::seenOutside);
        if (departed.isAvailable()) {
            controllers.registerRecords(
                    new DepartedReconciler(departed, mailDomains, ofDomains::cleanUp, watchMapper.departed()),
                    "departed",
                    DepartedRecords.LABEL);
        }
        ChangeLog log = new ChangeLog(surroundings.events(), monitoring.drift());
        CatchAllRuleReconciler ofCatchAlls = new CatchAllRuleReconciler(
                parts(catchAllRules, watchMapper.catchAllRules(), log),
                new CatchAllServices(
                        mailDomains,
                        cluster,
                        credentials,
                        claims,
                        mark,
                        surroundings.clock(),
                        recentZones,
                        selfService.destinations(),
                        settings.handOver().window(),
                        settings.drift().confirmPause()));
        controllers.registerNamespaced(ofCatchAlls, "catchallrule");
        selfService.register(controllers, parts(selfService.writer(), watchMapper.mailboxes(), log), forgetting);
        deploying.register(
                controllers,
                parts(new ResourceWriter<>(client, MailWorker.class), watchMapper.mailWorkers(), log),
                parts(new ResourceWriter<>(client, MailSite.class), watchMapper.mailSites(), log),
                mark,
                forgetting);
        forgetting.also(ofDomains);
        forgetting.also(ofCatchAlls);
        forgetting.alsoShared(rescheduling, clients, sweeps);
        forgetting.also(secrets::users, secrets::release);
    }

    private <R extends CustomResource<?, S>, S> ControllerParts<R, S> parts(
            StatusWriter<R, S> writer, EventSource<?, R> watches, ChangeLog log) {
        return new ControllerParts<>(writer, watches, clients, surroundings.clock(), locks, rescheduling, sweeps, log);
    }

    /** Before any resource is looked at again: the user who changed the Secret may have seen to its token. */
    private void secretChanged(SecretKey secret) {
        holders.read(secret, secrets.get(secret)).forEach(clients::reopen);
        watchMapper.secretChanged(secret);
    }

    @Override
    public ProbeResult alive() {
        return monitoring.liveness(operator, () -> !watching || informers.isHealthy() && departed.isHealthy());
    }

    @Override
    public ProbeResult readiness() {
        return monitoring.readiness(operator, () -> informers.hasSynced() && departed.isHealthy());
    }

    @Override
    public Meta meta() {
        return Meta.of(surroundings.version(), identity.known(), accounts.known());
    }

    @Override
    public UnaryOperator<String> statusPage() {
        return pages.now();
    }

    @Override
    public void close() {
        watching = false;
        forgetting.close();
        held.close();
        sweeps.close();
        dns.stopLooking();
        operator.stop();
        deploying.close();
        selfService.close();
        identity.close();
        secrets.close();
        departed.close();
        informers.close();
        clients.close();
        dns.close();
    }
}
