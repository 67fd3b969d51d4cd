package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart with many sets of values, before a real API server in a namespace that enforces the Pod Security Standard restricted. */
class ChartValuesIT {

    @TempDir
    private Path folder;

    private final KubeApi api = KubeApi.shared();

    @BeforeAll
    static void installWhatPrometheusOperatorBrings() {
        KubeApi.shared().installCrds(Path.of("src/test/resources/io/maildomain/harness/prometheus-operator"));
    }

    private final Chart chart = new Chart(Checkout.find().chart());

    /** Each a values file. */
    static Stream<String> valueSets() {
        return Stream.of(
                "{}",
                "{watchNamespaces: [default], accounts: false, localSecrets: true, crds: {install: false}}",
                "{replicaCount: 3, strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 0}}}",
                "{replicaCount: 0, strategy: {type: Recreate}}",
                "{image: {registry: registry.example, repository: mail/operator, tag: v1, pullPolicy: Always}}",
                "{imagePullSecrets: [{name: pull}], serviceAccount: {annotations: {a: b}}}",
                "{commonLabels: {team: mail}, podLabels: {p: q}, deploymentLabels: {d: e}, deploymentAnnotations: {x: w},"
                        + " podAnnotations: {z: '1'}}",
                "{podSecurityContext: {runAsUser: null, runAsGroup: null}}",
                "{securityContext: {runAsUser: 1000}, podSecurityContext: {fsGroup: 2000}}",
                "{priorityClassName: system-cluster-critical, nodeSelector: {disk: ssd},"
                        + " tolerations: [{key: a, operator: Exists}], hostAliases: [{ip: 192.0.2.1, hostnames: [proxy]}]}",
                "{dnsPolicy: None, dnsConfig: {nameservers: [192.0.2.53]}, terminationGracePeriodSeconds: 60}",
                "{topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway,"
                        + " labelSelector: {matchLabels: {a: b}}}]}",
                "{affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms:"
                        + " [{matchExpressions: [{key: a, operator: Exists}]}]}}}}",
                "{startupProbe: null, livenessProbe: {initialDelaySeconds: 30}, readinessProbe: {timeoutSeconds: 3}}",
                "{extraVolumes: [{name: ca, configMap: {name: ca}}], extraVolumeMounts: [{name: ca, mountPath: /ca}],"
                        + " extraEnv: [{name: MAILDOMAIN_REQUEST_RESERVE, value: 30%}], extraEnvFrom: [{secretRef: {name: s}}]}",
                "{trustedCA: {configMap: corporate-ca, key: bundle.pem}, checkTokens: {enabled: true}}",
                "{initContainers: [{name: init, image: i, securityContext: {allowPrivilegeEscalation: false,"
                        + " capabilities: {drop: [ALL]}}}]}",
                "{extraObjects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: '{{ .Release.Name }}-more'}},"
                        + " \"apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: {{ .Release.Name }}-text\\n\"]}",
                "{service: {enabled: true, port: 9090, annotations: {a: b}}}",
                "{leaderElection: {leaseName: shared}, ownerId: blue, log: {format: text, level: debug}}",
                "{nameOverride: mdo, fullnameOverride: mdo, crds: {keep: false}}",
                "{serviceMonitor: {enabled: true, labels: {release: prometheus}, interval: 30s, relabelings:"
                        + " [{action: labeldrop, regex: pod}], metricRelabelings: [{action: drop, sourceLabels: [a]}]}}",
                "{podMonitor: {enabled: true, labels: {release: prometheus}, interval: 1m, relabelings:"
                        + " [{action: labeldrop, regex: pod}], metricRelabelings: [{action: drop, sourceLabels: [a]}]}}",
                "{prometheusRule: {enabled: true, labels: {release: prometheus}, alertLabels: {team: mail}},"
                        + " dashboard: {enabled: true, annotations: {folder: Mail}}}",
                "{podDisruptionBudget: {enabled: true}, networkPolicy: {enabled: true}}",
                "{podDisruptionBudget: {enabled: true, maxUnavailable: 50%}, networkPolicy: {enabled: true, egressPorts:"
                        + " [443], ingressFrom: [{namespaceSelector: {}}], extraEgress: [{ports: [{port: 3128}]}]}}",
                "{rbac: {aggregateClusterRoles: false}}",
                "{deploying: {enabled: true, artifactHosts: [ghcr.io], configMaps: [mailbox], fluxKinds: [GitRepository]}}",
                "{deploying: {enabled: true, configMaps: [mailbox]}, watchNamespaces: [default]}",
                "{checkTokens: {enabled: true, secretName: tokens}, extraEnv: [{name: A, value: b}], priorityClassName:"
                        + " system-cluster-critical, extraVolumes: [{name: ca, configMap: {name: ca}}],"
                        + " extraVolumeMounts: [{name: ca, mountPath: /ca}], tolerations: [{operator: Exists}]}",
                "{defaultAccount: {enabled: true, accountId: 0123456789abcdef0123456789abcdef, deploySecretName: deploy,"
                        + " access: [{namespaces: {}, domains: [example.com], createZones: true}]}}",
                "{global: {imageRegistry: for-other-charts}}");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void theApiServerTakesEveryObjectAndAdmitsThePodsUnderRestricted(String values) {
        String namespace = restrictedNamespace();
        List<HasMetadata> resources = withHooks(namespace, values);

        assertThat(resources).isNotEmpty().allSatisfy(resource -> assertThatCode(() -> api.dryRun(resource))
                .doesNotThrowAnyException());
        assertThatCode(() -> createPodsOf(resources, namespace)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{securityContext: {allowPrivilegeEscalation: true}}",
                "{podSecurityContext: {runAsNonRoot: false}}",
                "{podSecurityContext: {seccompProfile: {type: Unconfined}}}"
            })
    void theNamespaceRefusesAPodThatIsNotRestricted(String values) {
        String namespace = restrictedNamespace();
        List<HasMetadata> resources = resources(namespace, values);

        assertThatThrownBy(() -> createPodsOf(resources, namespace)).hasMessageContaining("violates PodSecurity");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void aSecondApplyChangesNothing(String values) {
        String namespace = restrictedNamespace();
        // What all tests share is left as it is.
        List<HasMetadata> resources = resources(namespace, values).stream()
                .filter(resource -> !(resource instanceof CustomResourceDefinition))
                .filter(resource -> !resource.getKind().equals("CloudflareAccount"))
                .toList();

        List<String> first = resources.stream().map(this::applied).toList();
        List<String> second = resources.stream().map(this::applied).toList();

        assertThat(second).isEqualTo(first);
    }

    /** Else a Service would send scrapes to a Job's Pod, and a NetworkPolicy of the operator would hold for it. */
    @Test
    void noSelectorOfTheOperatorsPodsMatchesAPodOfAJob() {
        List<HasMetadata> resources = withHooks("chart", "{checkTokens: {enabled: true}}");
        Map<String, String> selector =
                deployment(resources).getSpec().getSelector().getMatchLabels();

        assertThat(resources.stream().filter(Job.class::isInstance).map(job -> ((Job) job)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels()))
                .hasSize(3)
                .noneMatch(labels -> labels.entrySet().containsAll(selector.entrySet()));
    }

    private String restrictedNamespace() {
        return api.createNamespace("restricted", Map.of("pod-security.kubernetes.io/enforce", "restricted"));
    }

    private String applied(HasMetadata resource) {
        return api.client()
                .resource(resource)
                .forceConflicts()
                .serverSideApply()
                .getMetadata()
                .getResourceVersion();
    }

    /** Of the Deployment and of each Job. */
    private void createPodsOf(List<HasMetadata> resources, String namespace) {
        resources.stream().filter(ServiceAccount.class::isInstance).forEach(this::applied);
        api.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
        Stream<PodTemplateSpec> jobs = resources.stream()
                .filter(Job.class::isInstance)
                .map(job -> ((Job) job).getSpec().getTemplate());
        Stream.concat(Stream.of(deployment(resources).getSpec().getTemplate()), jobs)
                .map(template -> new PodBuilder()
                        .withNewMetadata()
                        .withGenerateName("pod-")
                        .withNamespace(namespace)
                        .withLabels(template.getMetadata().getLabels())
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build())
                .forEach(pod -> api.client().resource(pod).dryRun().create());
    }

    /** As the real helm renders it: helm-java leaves hooks out. */
    private List<HasMetadata> withHooks(String namespace, String values) {
        try {
            Path file = Files.writeString(folder.resolve("values.yaml"), values);
            GoProgram.Result rendered = HelmCli.find(Checkout.find(), api.kubeconfig(), folder)
                    .run(
                            "template",
                            Chart.RELEASE,
                            chart.folder().toString(),
                            "-n",
                            namespace,
                            "-f",
                            file.toString(),
                            "--kube-version",
                            "1.31.0");
            assertThat(rendered.exitCode()).as(rendered.output()).isZero();
            return api.client()
                    .load(new ByteArrayInputStream(rendered.output().getBytes(StandardCharsets.UTF_8)))
                    .items();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Deployment deployment(List<HasMetadata> resources) {
        return Chart.only(resources, Deployment.class);
    }

    private List<HasMetadata> resources(String namespace, String values) {
        return chart.resources(api.client(), namespace, values);
    }
}
