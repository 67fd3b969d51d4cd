package io.maildomain.operator.it;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.maildomain.harness.ChartRbac;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.KubeApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs the Jobs of a namespace as the Job controller and a kubelet would: the container's arguments and environment, its
 * mounted Secrets as files, the Pod's ServiceAccount as identity; the operator's jar stands for the image.
 */
final class HookKubelet implements AutoCloseable {

    private final KubeApi api;
    private final String namespace;
    private final Path folder;
    private final Map<String, String> outputs = new ConcurrentHashMap<>();
    private final ExecutorService runs = Executors.newCachedThreadPool();
    private final Watch watch;

    HookKubelet(KubeApi api, String namespace, Path folder) {
        this.api = api;
        this.namespace = namespace;
        this.folder = folder;
        this.watch = api.client().batch().v1().jobs().inNamespace(namespace).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, Job job) {
                if (action == Action.ADDED) {
                    runs.execute(() -> run(job));
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                // Then Helm waits in vain for a Job, and says so.
            }
        });
    }

    /** What the newest Job of that name printed; "" if there was none. */
    String output(String job) {
        return outputs.getOrDefault(job, "");
    }

    @Override
    public void close() {
        watch.close();
        runs.shutdownNow();
    }

    private void run(Job job) {
        try {
            Instant started = Instant.now();
            Process process = process(job).start();
            process.getOutputStream().close();
            outputs.put(
                    job.getMetadata().getName(),
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            finish(job, started, process.waitFor() == 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProcessBuilder process(Job job) throws IOException {
        var pod = job.getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().get(0);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Checkout.find().operatorJar().toString()));
        for (String argument : container.getArgs()) {
            command.add(mounted(argument, container.getVolumeMounts(), pod.getVolumes()));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        for (EnvVar variable : container.getEnv()) {
            builder.environment()
                    .put(variable.getName(), variable.getValue() == null ? namespace : variable.getValue());
        }
        if (pod.getServiceAccountName() != null) {
            Path kubeconfig = ChartRbac.login(api, namespace, pod.getServiceAccountName())
                    .write(folder.resolve(job.getMetadata().getUid() + ".kubeconfig"));
            builder.environment().put("KUBECONFIG", kubeconfig.toString());
        }
        return builder;
    }

    /** An argument that names a mounted Secret's folder, with the folder that holds it here. */
    private String mounted(String argument, List<VolumeMount> mounts, List<Volume> volumes) throws IOException {
        for (VolumeMount mount : mounts) {
            for (Volume volume : volumes) {
                boolean secret = volume.getName().equals(mount.getName()) && volume.getSecret() != null;
                if (secret && argument.endsWith("=" + mount.getMountPath())) {
                    Path files = Files.createDirectories(
                            folder.resolve(volume.getSecret().getSecretName()));
                    Map<String, String> data = client().secrets()
                            .inNamespace(namespace)
                            .withName(volume.getSecret().getSecretName())
                            .require()
                            .getData();
                    for (Map.Entry<String, String> entry : data.entrySet()) {
                        Files.write(
                                files.resolve(entry.getKey()),
                                Base64.getDecoder().decode(entry.getValue()));
                    }
                    return argument.replace("=" + mount.getMountPath(), "=" + files);
                }
            }
        }
        return argument;
    }

    /** As the Job controller does it: the API server refuses the last condition without the one before. */
    private void finish(Job job, Instant started, boolean succeeded) {
        var status = new JobBuilder(job).editOrNewStatus().withStartTime(started.toString());
        for (String type : succeeded ? List.of("SuccessCriteriaMet", "Complete") : List.of("FailureTarget", "Failed")) {
            status.addToConditions(new JobConditionBuilder()
                    .withType(type)
                    .withStatus("True")
                    .withReason(succeeded ? "Completed" : "BackoffLimitExceeded")
                    .withLastTransitionTime(Instant.now().toString())
                    .build());
        }
        if (succeeded) {
            status.withSucceeded(1).withCompletionTime(Instant.now().toString());
        } else {
            status.withFailed(1);
        }
        client().resource(status.endStatus().build()).updateStatus();
    }

    private KubernetesClient client() {
        return api.client();
    }
}
