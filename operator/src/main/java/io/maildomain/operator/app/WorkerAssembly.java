package io.maildomain.operator.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.app.OperatorRuntime.Surroundings;
import io.maildomain.operator.cloudflare.Egress;
import io.maildomain.operator.cloudflare.HttpVersionProbe;
import io.maildomain.operator.config.OperatorSettings;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.mailworker.MailWorkerReconciler;
import io.maildomain.operator.controller.mailworker.MailWorkerServices;
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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts together what deploys MailWorkers. Where the installation deploys none it only checks what it was told. */
final class WorkerAssembly implements AutoCloseable {

    private static final String KIND = "MailWorker";

    /** One request to a registry or artifact server, up to the last byte. */
    private static final Duration FETCH = Duration.ofSeconds(60);

    /**
     * Of the heap: files that are remembered. As much of it may each of two fetches hold twice, as it came and unpacked, and what is uploaded
     * then once more.
     */
    private static final int SHARE = 8;

    private final Surroundings surroundings;
    private final ResourceCache cluster;
    private final DeployCredentialsResolver credentials;
    private final WatchMapper watchMapper;
    private final SourceHosts hosts;
    private final FetchThreads threads = new FetchThreads();

    /** @throws StartFailure where a host that files may come from is none */
    WorkerAssembly(
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
     * @throws StartFailure where it is missing and needed
     */
    void check() {
        if (isWanted() && !surroundings.client().supports(HasMetadata.getApiVersion(MailWorker.class), KIND)) {
            throw new StartFailure(
                    "--deploying needs the CRD mailworkers.maildomain.io, which this cluster does not have:"
                            + " kubectl apply -f crds/maildomain.io_mailworkers.yaml, or leave the flag out");
        }
    }

    private boolean isWanted() {
        return surroundings.settings().scope().deploying();
    }

    /**
     * Registers the controller, where the installation deploys MailWorkers.
     *
     * @param mark of this installation
     */
    void register(
            Controllers controllers,
            ControllerParts<MailWorker, MailWorkerStatus> parts,
            OwnerMark mark,
            Forgetting forgetting) {
        if (isWanted()) {
            MailWorkerReconciler controller = controller(parts, mark);
            controllers.registerNamespaced(controller, KIND.toLowerCase(Locale.ROOT));
            forgetting.also(controller);
        }
    }

    private MailWorkerReconciler controller(ControllerParts<MailWorker, MailWorkerStatus> parts, OwnerMark mark) {
        OperatorSettings settings = surroundings.settings();
        SourceLimits limits = limits(Runtime.getRuntime().maxMemory());
        Egress egress = ApiClient.egress(settings.cloudflare().network());
        SourceClient client = new SourceClient(hosts, limits, FETCH, egress::applyTo);
        return new MailWorkerReconciler(
                parts,
                new MailWorkerServices(
                        credentials,
                        new SourceReader(
                                new ClusterSourceObjects(surroundings.client()),
                                SourceFetch.by(client),
                                limits,
                                threads::run,
                                watchMapper::trigger,
                                surroundings.clock(),
                                limits.bytes()),
                        cluster,
                        new WorkerUsers(cluster, watchMapper::trigger),
                        new HttpVersionProbe(
                                egress,
                                settings.cloudflare().callTimeout(),
                                ApiClient.userAgent(surroundings.version()),
                                probeServer(settings)),
                        surroundings.redactor()::protectOther,
                        mark,
                        surroundings.clock()));
    }

    private static @Nullable URI probeServer(OperatorSettings settings) {
        String server = settings.deploying().probeServer();
        return server.isBlank() ? null : URI.create(server);
    }

    @Override
    public void close() {
        threads.close();
    }
}
