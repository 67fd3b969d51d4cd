package io.maildomain.operator.it;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.maildomain.harness.ChartRbac;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.OperatorProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the cluster's Deployments as their controller and a kubelet would, each as one process: the container's arguments and
 * environment, the Pod's ServiceAccount as identity; the operator's jar stands for the image. A new template replaces the process.
 */
final class DeploymentKubelet implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final KubeApi api;
    private final Path folder;
    private final Map<String, String> settings;
    private final Map<String, Pod> pods = new HashMap<>();
    private int started;

    /** What runs for a Deployment. */
    private record Pod(Container container, OperatorProcess process) {}

    /** @param settings come instead of the container's own: where the simulator is, and waits that no test can afford */
    DeploymentKubelet(KubeApi api, Path folder, Map<String, String> settings) {
        this.api = api;
        this.folder = folder;
        this.settings = Map.copyOf(settings);
    }

    /** Brings what runs in line with the Deployments, and waits until all of it is ready. */
    void sync() {
        List<Deployment> deployments =
                api.client().apps().deployments().inAnyNamespace().list().getItems();
        List<String> names = deployments.stream().map(DeploymentKubelet::nameOf).toList();
        pods.keySet().stream().filter(name -> !names.contains(name)).toList().forEach(this::stop);
        for (Deployment deployment : deployments) {
            Container container = containerOf(deployment);
            Pod running = pods.get(nameOf(deployment));
            if (running == null || !running.container().equals(container)) {
                stop(nameOf(deployment));
                OperatorProcess process = start(deployment, container);
                pods.put(nameOf(deployment), new Pod(container, process));
                process.awaitReady(START);
            }
        }
    }

    /** @param deployment as {@code namespace/name} */
    OperatorProcess process(String deployment) {
        return pods.get(deployment).process();
    }

    @Override
    public void close() {
        List.copyOf(pods.keySet()).forEach(this::stop);
    }

    private void stop(String deployment) {
        Pod pod = pods.remove(deployment);
        if (pod != null) {
            pod.process().close();
        }
    }

    private OperatorProcess start(Deployment deployment, Container container) {
        String namespace = deployment.getMetadata().getNamespace();
        String pod = deployment.getMetadata().getName() + "-" + ++started;
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), valueOf(variable, namespace, pod));
        }
        environment.putAll(settings);
        String account = deployment.getSpec().getTemplate().getSpec().getServiceAccountName();
        Path kubeconfig = ChartRbac.login(api, namespace, account).write(folder.resolve(pod + ".kubeconfig"));
        environment.put("KUBECONFIG", kubeconfig.toString());
        return OperatorProcess.start(
                Checkout.find().operatorJar(),
                List.of(),
                container.getArgs(),
                environment,
                folder.resolve(namespace + "-" + pod + ".log"));
    }

    private static String valueOf(EnvVar variable, String namespace, String pod) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        return variable.getValueFrom().getFieldRef().getFieldPath().equals("metadata.name") ? pod : namespace;
    }

    private static Container containerOf(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    private static String nameOf(Deployment deployment) {
        return deployment.getMetadata().getNamespace() + "/"
                + deployment.getMetadata().getName();
    }
}
