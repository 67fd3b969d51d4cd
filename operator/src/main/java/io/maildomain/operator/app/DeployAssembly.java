package io.maildomain.operator.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.cloudflare.Egress;
import io.maildomain.operator.cloudflare.HttpVersionProbe;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.ResourceController;
import io.maildomain.operator.controller.deploy.DeployTurns;
import io.maildomain.operator.controller.mailsite.MailSiteReconciler;
import io.maildomain.operator.controller.mailsite.MailSiteServices;
import io.maildomain.operator.controller.mailworker.MailWorkerReconciler;
import io.maildomain.operator.controller.mailworker.MailWorkerServices;
import io.maildomain.operator.controller.mailworker.WorkerProbes;
import io.maildomain.operator.controller.mailworker.WorkerUsers;
import io.maildomain.operator.controller.source.ClusterSourceObjects;
import io.maildomain.operator.controller.source.FetchThreads;
import io.maildomain.operator.controller.source.SourceFetch;
import io.maildomain.operator.controller.source.SourceReader;
import io.maildomain.operator.controller.watches.WatchMapper;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.sources.SourceClient;
import io.maildomain.operator.sources.SourceHosts;
import io.maildomain.operator.sources.SourceLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts together what deploys MailWorkers and MailSites. Where the installation deploys none it only checks what it was told. */
final class DeployAssembly implements AutoCloseable {

    /** One request to a registry or artifact server, up to the last byte. */
    private static final Duration FETCH = Duration.ofSeconds(60);

    /** Of the heap: the largest source. All together files take six of these: two that are fetched, two that are remembered, two that are deployed. */
    private static final int SHARE = 10;

    private static final int REMEMBERED = 2;

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(MailWorker.class, MailSite.class);

    /** Asked at once. */
    private static final int PROBES = 4;

    private static final int DEPLOYED = 2;

    private final Surroundings surroundings;
    private final ResourceCache cluster;
    private final DeployCredentialsResolver credentials;
    private final WatchMapper watchMapper;
    private final SourceHosts hosts;
    private final FetchThreads threads = new FetchThreads();
    private final FetchThreads probing = new FetchThreads(PROBES, "probing");

    /** @throws StartFailure where a host that files may come from is none */
    DeployAssembly(
            Surroundings surroundings,
            ResourceCache cluster,
            CredentialsResolver.Secrets secrets,
            WatchMapper watchMapper) {
        this.surroundings = surroundings;
        this.cluster = cluster;
        this.credentials = new DeployCredentialsResolver(surroundings.settings().scope(), cluster, secrets);
        this.watchMapper = watchMapper;
        this.hosts = hosts(surroundings.settings());
    }

    private static SourceHosts hosts(OperatorSettings settings) {
        try {
            return SourceHosts.of(settings.deploying().artifactHosts());
        } catch (IllegalArgumentException refused) {
            throw new StartFailure("--artifact-hosts: " + refused.getMessage(), refused);
        }
    }

    /** What a tenant names must not take the memory of all. */
    static SourceLimits limits(long heap) {
        return new SourceLimits(
                (int) Math.min(SourceLimits.DEFAULT.bytes(), heap / SHARE), SourceLimits.DEFAULT.files());
    }

    /** The token, the account's id and the grants of what is deployed. */
    DeployCredentialsResolver credentials() {
        return credentials;
    }

    /**
     * Without its CRD the watch of a kind would end the process with the API server's words.
     *
     * @throws StartFailure where one is missing and needed
     */
    void check() {
        if (!isWanted()) {
            LeftBehind.say(surroundings, "--deploying", KINDS);
            return;
        }
        String missing = KINDS.stream()
                .filter(kind -> !ClusterAccess.knows(surroundings.client(), kind))
                .map(HasMetadata::getFullResourceName)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new StartFailure("--deploying needs CRDs that this cluster does not have (" + missing
                    + "): kubectl apply -f crds/, or leave the flag out");
        }
    }

    private boolean isWanted() {
        return surroundings.settings().scope().deploying();
    }

    /**
     * Registers the controllers of what the installation deploys.
     *
     * @param mark of this installation
     */
    void register(
            Controllers controllers,
            ControllerParts<MailWorker, MailWorkerStatus> ofWorkers,
            ControllerParts<MailSite, MailSiteStatus> ofSites,
            OwnerMark mark,
            Forgetting forgetting) {
        if (!isWanted()) {
            return;
        }
        Egress egress = ApiClient.egress(surroundings.settings().cloudflare().network());
        SourceReader sources = sources(egress);
        DeployTurns turns = turns();
        add(
                new MailWorkerReconciler(ofWorkers, workers(sources, turns, egress, mark)),
                MailWorker.class,
                controllers,
                forgetting);
        add(new MailSiteReconciler(ofSites, sites(sources, turns, mark)), MailSite.class, controllers, forgetting);
    }

    private static <R extends CustomResource<?, S>, S extends Conditioned> void add(
            ResourceController<R, S> controller, Class<R> kind, Controllers controllers, Forgetting forgetting) {
        controllers.registerNamespaced(controller, HasMetadata.getKind(kind).toLowerCase(Locale.ROOT));
        forgetting.also(controller);
    }

    /** One for all kinds: they share threads, and the memory for files. */
    private SourceReader sources(Egress egress) {
        SourceLimits limits = limits(Runtime.getRuntime().maxMemory());
        return new SourceReader(
                new ClusterSourceObjects(surroundings.client()),
                SourceFetch.by(new SourceClient(hosts, limits, FETCH, egress::applyTo)),
                limits,
                threads::run,
                watchMapper::trigger,
                surroundings.clock(),
                (long) limits.bytes() * REMEMBERED);
    }

    /** One for all kinds as well. */
    private DeployTurns turns() {
        long bytes = limits(Runtime.getRuntime().maxMemory()).bytes();
        return new DeployTurns(bytes * DEPLOYED, watchMapper::trigger, surroundings.clock());
    }

    private MailWorkerServices workers(SourceReader sources, DeployTurns turns, Egress egress, OwnerMark mark) {
        OperatorSettings settings = surroundings.settings();
        return new MailWorkerServices(
                credentials,
                sources,
                turns,
                cluster,
                new WorkerUsers(cluster, watchMapper::trigger),
                new WorkerProbes(
                        new HttpVersionProbe(
                                egress,
                                settings.cloudflare().callTimeout(),
                                ApiClient.userAgent(surroundings.version()),
                                probeServer(settings)),
                        probing::run,
                        watchMapper::trigger),
                surroundings.redactor()::protectOther,
                mark,
                surroundings.clock());
    }

    private MailSiteServices sites(SourceReader sources, DeployTurns turns, OwnerMark mark) {
        return new MailSiteServices(
                credentials,
                sources,
                turns,
                cluster,
                surroundings.redactor()::protectOther,
                mark,
                surroundings.clock());
    }

    private static @Nullable URI probeServer(OperatorSettings settings) {
        String server = settings.deploying().probeServer();
        return server.isBlank() ? null : URI.create(server);
    }

    @Override
    public void close() {
        threads.close();
        probing.close();
    }
}
