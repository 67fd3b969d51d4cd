package io.maildomain.operator.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Finds the cluster as every Kubernetes client does ({@code KUBECONFIG}, {@code ~/.kube/config}, the pod's ServiceAccount), and says in one line why that did not work. */
final class ClusterAccess {

    private static final int RETRIES = 3;

    /** One for all, for it is dear to set up. */
    private static final KubernetesSerialization OUTLINES = LenientDeserialization.outlines();

    private ClusterAccess() {}

    /**
     * The client's configuration; no call is made.
     *
     * @throws StartFailure if a kubeconfig cannot be read, or nothing says where the cluster is
     */
    static Config config() {
        Collection<String> named = Config.getKubeconfigFilenames();
        List<File> files = kubeconfigs();
        for (File file : files) {
            if (!file.isFile() || !Files.isReadable(file.toPath())) {
                throw new StartFailure("the kubeconfig " + file
                        + " cannot be read: make it readable for this user, or let KUBECONFIG name another file");
            }
        }
        boolean chosen = System.getenv("KUBECONFIG") != null
                && !System.getenv("KUBECONFIG").isBlank();
        if (files.isEmpty() && chosen) {
            throw new StartFailure("KUBECONFIG names " + String.join(File.pathSeparator, named)
                    + ", which does not exist: let it name a kubeconfig, or unset it");
        }
        if (files.isEmpty() && !insideCluster()) {
            throw new StartFailure("no cluster found: there is no kubeconfig at "
                    + String.join(File.pathSeparator, named) + " and this is no pod; let KUBECONFIG name a kubeconfig");
        }
        return configure(files);
    }

    /** The namespace that we run in; blank outside a pod, where a kubeconfig's context says what its owner works on, not where we belong. */
    static String podNamespace(Config config) {
        boolean inPod = System.getenv("KUBERNETES_SERVICE_HOST") != null
                && kubeconfigs().isEmpty();
        return inPod ? Objects.requireNonNullElse(config.getNamespace(), "") : "";
    }

    private static List<File> kubeconfigs() {
        return Config.getKubeconfigFilenames().stream()
                .map(File::new)
                .filter(File::exists)
                .toList();
    }

    /** Whether the cluster has the CRD of a kind. */
    static boolean knows(KubernetesClient client, Class<? extends HasMetadata> kind) {
        return client.supports(HasMetadata.getApiVersion(kind), HasMetadata.getKind(kind));
    }

    /** A client that gives up early enough for a reconcile to be rescheduled; informers and watches try again by themselves. */
    static KubernetesClient client(Config config, String version) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withUserAgent("mail-domain-operator/" + version)
                        .withRequestRetryBackoffLimit(RETRIES)
                        .build())
                .withKubernetesSerialization(LenientDeserialization.serialization())
                .build();
    }

    /**
     * A second client like that one, for the SDK: what its informers hold is no second copy of everything, only what tells
     * them that something is there, and has changed. Our reconcilers read live what they work on.
     */
    static KubernetesClient outlines(Config like) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(like).build())
                .withKubernetesSerialization(OUTLINES)
                .build();
    }

    /**
     * Asks the API server for its version.
     *
     * @throws StartFailure if there is no usable answer; it names the server
     */
    static void probe(Config config) {
        Config impatient = new ConfigBuilder(config)
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(5_000)
                .withRequestTimeout(10_000)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(impatient).build()) {
            client.getKubernetesVersion();
        } catch (KubernetesClientException failure) {
            throw new StartFailure(unusable(config.getMasterUrl(), failure), failure);
        }
    }

    private static Config configure(List<File> files) {
        String names = files.stream().map(File::toString).collect(Collectors.joining(File.pathSeparator));
        Config config;
        try {
            config = Config.autoConfigure(null);
        } catch (RuntimeException unreadable) {
            throw new StartFailure(
                    "the kubeconfig " + names + " is not one: check that it is complete YAML", unreadable);
        }
        if (!files.isEmpty() && config.getCurrentContext() == null && System.getenv("KUBERNETES_MASTER") == null) {
            throw new StartFailure("the kubeconfig " + names
                    + " has no current context: choose one with kubectl config use-context NAME");
        }
        return config;
    }

    private static boolean insideCluster() {
        return System.getenv("KUBERNETES_SERVICE_HOST") != null || System.getenv("KUBERNETES_MASTER") != null;
    }

    private static String unusable(String url, KubernetesClientException failure) {
        String server = "the Kubernetes API server at " + url;
        int code = failure.getCode();
        if (code == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return server + " does not accept our credentials: renew those of the kubeconfig or of the ServiceAccount";
        }
        if (code == HttpURLConnection.HTTP_FORBIDDEN) {
            return server + " does not let us read /version: bind ClusterRole system:public-info-viewer";
        }
        if (code > 0) {
            return server + " answered " + code + " to a request for its version: check that this is one";
        }
        if (find(failure, UnknownHostException.class).isPresent()) {
            return server + " cannot be found: check the name in the kubeconfig, and DNS";
        }
        Optional<SSLException> tls = find(failure, SSLException.class);
        if (tls.isPresent()) {
            return server + " has no certificate that we trust, or speaks no TLS (" + firstLine(tls.get()) + ")";
        }
        return server + " cannot be reached: check that it runs and that the address is right";
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }
}
