package io.maildomain.harness;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kubernetes API server with its etcd, on loopback, with RBAC and without any controller: a namespace never ends,
 * an owner's dependants are not collected.
 *
 * <p>Its processes end with this JVM, however that ends.
 */
public final class KubeApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KubeApi.class);
    /**
     * Well under a second in all. The client's own ten take most of a minute, and it takes a 500 for a fault that passes: the
     * API server answers with it to a user who applies a field that the schema does not have.
     */
    private static final int RETRIES = 3;

    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static final PatchContext DRY_RUN = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("dry-run")
            .withFieldValidation("Strict")
            .withDryRun(List.of("All"))
            .build();

    private static KubeApi shared;

    private final Running running;
    private final Config config;
    private final KubernetesClient client;

    private KubeApi(Running running, String kubeconfig) {
        this.running = running;
        this.config = Config.fromKubeconfig(kubeconfig);
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(RETRIES)
                        .build())
                .build();
    }

    /**
     * The one server that all tests of a JVM share, with our CRDs installed; started by the first who asks (3 to 9 s) and
     * ended with the JVM. Tests keep out of each other's way by namespaces of their own.
     *
     * @throws HarnessException if it does not start
     */
    public static synchronized KubeApi shared() {
        if (shared == null) {
            Checkout checkout = Checkout.find();
            KubeApi started = start(checkout);
            started.installCrds(checkout.crds());
            shared = started;
        }
        return shared;
    }

    /**
     * Starts a server of one's own.
     *
     * @throws HarnessException if it does not start
     */
    public static KubeApi start(Checkout checkout) {
        KubeApiFolder folder = KubeApiFolder.create(KubeAssets.find(checkout));
        KubeAPIServer server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(folder.path().toString())
                .withOfflineMode(true)
                .withUpdateKubeConfig(false)
                .withApiServerFlags(KubeApiFolder.API_SERVER_FLAGS)
                .build());
        Running running = new Running(server, folder, new AtomicBoolean());
        Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "kube-api-shutdown"));
        try {
            server.start();
            String kubeconfig = server.getKubeConfigYaml();
            folder.writeKubeconfig(kubeconfig);
            return new KubeApi(running, kubeconfig).awaitNamespaces();
        } catch (KubeAPITestException | KubernetesClientException e) {
            running.stop();
            throw new HarnessException("the Kubernetes API server did not start: " + e.getMessage(), e);
        }
    }

    /** The server makes these two by itself, a moment after it is ready. */
    private KubeApi awaitNamespaces() {
        for (String name : List.of("default", "kube-system")) {
            client.namespaces().withName(name).waitUntilCondition(Objects::nonNull, 30, TimeUnit.SECONDS);
        }
        return this;
    }

    /** A client that may do everything (group {@code system:masters}); closed together with the server. */
    public KubernetesClient client() {
        return client;
    }

    /** How {@link #client()} logs in. */
    public Config config() {
        return config;
    }

    /** A kubeconfig file with which {@code kubectl} may do everything; gone when the server is closed. */
    public Path kubeconfig() {
        return running.folder().kubeconfig();
    }

    /**
     * Applies every {@code *.yaml} of a folder and waits until the API server serves the types they define. A folder that
     * holds none is left as it is.
     *
     * @throws HarnessException if one is refused or not served within 30 s
     */
    public void installCrds(Path crds) {
        new CrdInstallation(client).install(crds);
    }

    /**
     * Asks the server whether it would take the object as it is, with no field that it does not know. Nothing is stored.
     *
     * @throws KubernetesClientException if it would not; its message says why
     */
    public void dryRun(HasMetadata object) {
        client.resource(object).patch(DRY_RUN);
    }

    /** Creates a namespace with the given labels, whose name starts with {@code prefix} and is new. */
    public String createNamespace(String prefix, Map<String, String> labels) {
        String name =
                prefix + "-" + Long.toString(ProcessHandle.current().pid(), 36) + "-" + NAMESPACES.incrementAndGet();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** Creates a namespace whose name starts with {@code prefix} and is new. */
    public String createNamespace(String prefix) {
        return createNamespace(prefix, Map.of());
    }

    /** Ends server and etcd and removes all that they wrote. A second call does nothing. */
    @Override
    public void close() {
        client.close();
        running.stop();
    }

    /** What must not stay behind. */
    private record Running(KubeAPIServer server, KubeApiFolder folder, AtomicBoolean stopped) {

        void stop() {
            if (!stopped.compareAndSet(false, true)) {
                return;
            }
            try {
                server.stop();
            } catch (RuntimeException e) {
                // It was half started: what runs is already killed, and there was no data to remove.
                LOG.debug("stopping the API server", e);
            }
            folder.delete();
        }
    }
}
