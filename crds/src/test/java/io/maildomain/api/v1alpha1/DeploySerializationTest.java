package io.maildomain.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** MailWorker and MailSite as fabric8's client reads and writes them. */
class DeploySerializationTest {
    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void aMailWorkerThatSaysOnlyWhatItMustHasEveryDefault() {
        MailWorkerSpec spec = worker(
                        "{script: mailbox, source: {configMap: {name: mailbox}}, compatibilityDate: \"2026-04-01\"}")
                .getSpec();

        assertThat(spec).isEqualTo(MailWorkerSpec.of("mailbox", DeploySource.ofConfigMap("mailbox"), "2026-04-01"));
        assertThat(spec.accountRef()).isEqualTo(new AccountRef("default"));
        assertThat(spec.mainModule()).isEqualTo("index.js");
        assertThat(spec.rollout()).isEqualTo(new Rollout(RolloutStrategy.Immediate, null));
        assertThat(spec.wantedWorkersDev()).isEmpty();
        assertThat(spec.wantedSchedules()).isEmpty();
        assertThat(spec.conflictPolicy()).isEqualTo(ConflictPolicy.Refuse);
        assertThat(spec.deletionPolicy()).isEqualTo(DeletionPolicy.Retain);
        assertThat(spec.drift()).isEqualTo(DriftPolicy.Report);
        assertThat(spec.databases()).isEmpty();
        assertThat(spec.variables()).isEmpty();
    }

    @Test
    void aMailSiteThatSaysOnlyWhatItMustHasEveryDefault() {
        MailSiteSpec spec = serialization.unmarshal("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailSite
                metadata: {name: web}
                spec: {project: web, source: {artifact: {kind: Bucket, name: web}}}
                """, MailSite.class).getSpec();

        assertThat(spec)
                .isEqualTo(
                        MailSiteSpec.of("web", DeploySource.of(new ArtifactSource(ArtifactKind.Bucket, "web", null))));
        assertThat(spec.branch()).isEqualTo("main");
        assertThat(spec.createProject()).isFalse();
        assertThat(spec.wantedDirectory()).isEmpty();
        assertThat(spec.deletionPolicy()).isEqualTo(DeletionPolicy.Retain);
    }

    /** A schema has no defaults within lists, for the sake of Argo CD: the types know them. */
    @Test
    void whatALeftOutFieldWithinAListMeansIsKnown() {
        MailWorkerSpec spec = worker("""
                {script: m, source: {configMap: {name: m}}, compatibilityDate: "2026-04-01",
                 databases: [{binding: DB, name: mail-db, migrations: {path: migrations}}], buckets: [{binding: B, name: mail}]}
                """).getSpec();

        assertThat(spec.databases().get(0).wantedMigrations())
                .contains(new DatabaseMigrations("migrations", "d1_migrations", DestructiveMigrations.Refuse));
        assertThat(spec.buckets().get(0).jurisdiction()).isEqualTo("default");
    }

    @Test
    void aWholeMailWorkerSurvivesTheRoundTrip() {
        MailWorker before = worker("""
                  accountRef: {name: team}
                  script: mailbox-worker
                  source: {oci: {reference: "ghcr.io/acme/mailbox:v1", path: worker, pullSecretRef: {name: registry}}}
                  mainModule: main.mjs
                  compatibilityDate: "2026-04-01"
                  compatibilityFlags: [nodejs_compat]
                  databases: [{binding: DB, name: mail-db, migrations: {path: ., table: t, destructive: Allow}}]
                  buckets: [{binding: MAIL_BUCKET, name: mail-bucket, jurisdiction: eu}]
                  variables: {APP_ENV: production}
                  secrets: [{name: SESSION, valueFrom: {name: mailbox, key: session}}]
                  bindings: [{name: QUEUE, type: queue, properties: {queue_name: cleanup}}]
                  schedules: ["*/15 * * * *"]
                  customDomains: [api.example.com]
                  routes: [{pattern: "example.com/api/*"}]
                  workersDev: true
                  rollout: {strategy: Probed, probe: {url: "https://api.example.com/health", status: 204, contains: ok, attempts: 3}}
                  conflictPolicy: Adopt
                  deletionPolicy: Delete
                  drift: Correct
                """);

        MailWorkerSpec spec = before.getSpec();
        assertThat(spec.source().wantedOci())
                .contains(new OciSource("ghcr.io/acme/mailbox:v1", "worker", new LocalSecretRef("registry")));
        assertThat(spec.bindings())
                .containsExactly(new WorkerBinding("QUEUE", "queue", Map.of("queue_name", "cleanup")));
        assertThat(spec.rollout().wantedProbe()).contains(new Probe("https://api.example.com/health", 204, "ok", 3));
        assertThat(serialization
                        .unmarshal(serialization.asYaml(before), MailWorker.class)
                        .getSpec())
                .isEqualTo(spec);
    }

    /** An empty list of schedules means that there are to be none; left out, that they are not compared. */
    @Test
    void anEmptyListOfSchedulesIsNotOneThatIsLeftOut() {
        MailWorkerSpec spec = worker(
                        "{script: m, source: {configMap: {name: m}}, compatibilityDate: \"2026-04-01\", schedules: []}")
                .getSpec();

        assertThat(spec.wantedSchedules()).contains(List.of());
        assertThat(serialization.unmarshal(serialization.asYaml(spec), MailWorkerSpec.class))
                .isEqualTo(spec);
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() {
        assertThat(worker(
                                "{script: m, source: {configMap: {name: m}, later: {}}, compatibilityDate: \"2026-04-01\", later: 1}")
                        .getSpec())
                .isEqualTo(MailWorkerSpec.of("m", DeploySource.ofConfigMap("m"), "2026-04-01"));
    }

    @Test
    void aStatusSurvivesTheRoundTripAndHoldsOnlyWhatWasSet() {
        Instant then = Instant.parse("2026-11-29T10:00:00.123456Z");
        MailWorkerStatus status = MailWorkerStatus.ofOwnership(WorkerOwnership.nothing()
                        .withScript("a", new TargetOwnership(DeployOrigin.Created, "tag", then))
                        .withDeployed(new DeployedVersion("v1", "f1", List.of(RestorePoint.of("mail-db", "0-1", then))))
                        .withRollout(new RolloutOwnership(
                                "f2", "again", RolloutStage.Stayed, "v1", "v2", ProbeMoment.Afterwards, null, null)))
                .withConditions(2L, List.of());

        String json = serialization.asJson(status);

        assertThat(json).startsWith("{\"observedGeneration\":2,\"ownership\":{\"accountId\":\"a\",");
        assertThat(json).contains("\"requestedAt\":\"2026-11-29T10:00:00.123456Z\"");
        assertThat(serialization.unmarshal(json, MailWorkerStatus.class)).isEqualTo(status);
        assertThat(serialization.asJson(MailSiteStatus.ofOwnership(SiteOwnership.nothing())))
                .isEqualTo("{\"ownership\":{}}");
    }

    @Test
    void anAccountSaysWhatANamespaceMayDeployAndNothingWhereItDoesNot() {
        CloudflareAccount account = serialization.unmarshal("""
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: default}
                spec:
                  secretRef: {namespace: mail-system, name: cloudflare-tokens}
                  access:
                  - {namespaces: {}, domains: ["*"], deploy: {workers: ["mailbox-*"], databases: [mail-db]}}
                  - {namespaces: {}, domains: ["*"], workers: ["*"]}
                """, CloudflareAccount.class);

        List<AccessGrant> access = account.getSpec().access();
        assertThat(access.get(0).wantedDeploy())
                .contains(new DeployGrant(List.of("mailbox-*"), List.of("mail-db"), null, null, null, null));
        assertThat(access.get(1).wantedDeploy()).isEmpty();
        assertThat(serialization.asJson(access.get(0)))
                .contains("\"deploy\":{\"workers\":[\"mailbox-*\"],\"databases\":[\"mail-db\"]}");
    }

    private MailWorker worker(String spec) {
        String indented = spec.startsWith("{") ? spec : "\n" + spec.indent(2);
        return serialization.unmarshal(
                "apiVersion: maildomain.io/v1alpha1\nkind: MailWorker\nmetadata: {name: mailbox}\nspec: " + indented,
                MailWorker.class);
    }
}
