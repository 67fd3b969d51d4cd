package io.maildomain.operator.controller.mailworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.operator.controller.mailworker.plan.Migration;
import io.maildomain.operator.controller.mailworker.plan.WorkerIntent;
import io.maildomain.operator.ownership.OwnerMark;
import io.maildomain.operator.sources.Bundle;
import io.maildomain.operator.sources.FileContent;
import io.maildomain.operator.sources.SourceException;
import io.maildomain.operator.sources.SourceLimits;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntentMapperTest {

    private static final OwnerMark MARK = new OwnerMark("us");

    private static Bundle bundle(String... names) {
        TreeMap<String, FileContent> files = new TreeMap<>();
        for (String name : names) {
            files.put(name, FileContent.of(name));
        }
        return new Bundle("sha256:0123456789abcdef", files);
    }

    private static MailWorker worker(String more) {
        MailWorker worker = new MailWorker();
        worker.setMetadata(new ObjectMetaBuilder()
                .withNamespace("mail")
                .withName("mailbox")
                .build());
        worker.setSpec(WorkerScenario.read(
                "{'script':'m','compatibilityDate':'2026-04-01'"
                        + (more.contains("'source'") ? "" : ",'source':{'oci':{'reference':'ghcr.io/acme/m:v1'}}")
                        + more + "}",
                MailWorkerSpec.class));
        return worker;
    }

    private static IntentMapper.Mapped map(String more, Bundle bundle) {
        return IntentMapper.map(worker(more), bundle, SecretValues.NONE, MARK);
    }

    @Test
    void migrationsAreTheFilesRightInTheirFolderAndAreNotUploaded() {
        IntentMapper.Mapped mapped = map(
                ",'databases':[{'binding':'DB','name':'db','migrations':{'path':'migrations'}}]",
                bundle("index.js", "page.html", "README.md", "migrations/0001_a.sql", "migrations/old/0000_x.sql"));

        assertThat(mapped.intent().content().databases().get(0).migrations())
                .containsExactly(new Migration("0001_a.sql", "migrations/0001_a.sql"));
        assertThat(mapped.intent().content().modules())
                .containsExactlyInAnyOrder("index.js", "page.html", "migrations/old/0000_x.sql");
        assertThat(mapped.files()).containsOnlyKeys("index.js", "page.html", "migrations/old/0000_x.sql");
    }

    @Test
    void aFileOfMigrationsWithoutANumberIsNotPassedOver() {
        assertThatThrownBy(() -> map(
                        ",'databases':[{'binding':'DB','name':'db','migrations':{'path':'.'}}]",
                        bundle("index.js", "init.sql")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("0001_init.sql");
    }

    @Test
    void aMigrationWhoseNameNoStatusCanHoldIsRefused() {
        String migrations = ",'databases':[{'binding':'DB','name':'db','migrations':{'path':'.'}}]";
        String longest = "1_" + "x".repeat(249) + ".sql";

        assertThat(map(migrations, bundle("index.js", longest))
                        .intent()
                        .content()
                        .databases()
                        .get(0)
                        .migrations())
                .hasSize(1);
        assertThatThrownBy(() -> map(migrations, bundle("index.js", "1" + longest)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("more than 255 characters");
    }

    @Test
    void aFolderOfMigrationsThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> map(
                        ",'databases':[{'binding':'DB','name':'db','migrations':{'path':'migrations'}}]",
                        bundle("index.js")))
                .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.problem())
                        .isEqualTo(SourceException.Problem.NOT_FOUND));
    }

    /** As text it is several times in memory. */
    @Test
    void migrationsHaveABoundAndCountForMoreThanFiles() {
        Bundle sql = Bundle.of(Map.of("0001_a.sql", new byte[(4 << 20) + 1]), SourceLimits.DEFAULT);

        assertThatThrownBy(() -> map(",'databases':[{'binding':'DB','name':'db','migrations':{'path':'.'}}]", sql))
                .isInstanceOfSatisfying(SourceException.class, e -> assertThat(e.problem())
                        .isEqualTo(SourceException.Problem.TOO_LARGE));
        assertThat(IntentMapper.memory(sql)).isEqualTo(5 * sql.size());
        assertThat(IntentMapper.memory(bundle("index.js")))
                .isEqualTo(bundle("index.js").size());
    }

    @Test
    void anotherFolderOfTheSameFilesIsAnotherVersion() {
        String inFolder = ",'source':{'oci':{'reference':'ghcr.io/acme/m:v1','path':'worker'}}";
        WorkerIntent there = map(inFolder, bundle("worker/index.js")).intent();

        assertThat(there.content().modules()).containsExactly("index.js");
        assertThat(there.content().sourceDigest())
                .isNotEqualTo(map("", bundle("index.js")).intent().content().sourceDigest());
    }

    @Test
    void theMarkIsWholeHoweverLongTheNames() {
        MailWorker worker = worker("");
        worker.getMetadata().setName("n".repeat(253));
        WorkerIntent intent = IntentMapper.map(worker, bundle("index.js"), SecretValues.NONE, MARK)
                .intent();

        assertThat(intent.message()).hasSizeLessThanOrEqualTo(100).endsWith("[mdo:us]");
        assertThat(MARK.isOn(intent.message())).isTrue();
    }

    @Test
    void aRequestToLookIsAnotherTryHoweverLongItIs() {
        MailWorker worker = worker("");
        worker.getMetadata().setAnnotations(Map.of(Conditioned.RECONCILE_REQUESTED, "x".repeat(1000)));

        assertThat(IntentMapper.map(worker, bundle("index.js"), SecretValues.NONE, MARK)
                        .intent()
                        .retry())
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(64);
        assertThat(map("", bundle("index.js")).intent().retry()).isEmpty();
    }

    @Test
    void theProbesHostIsThatOfItsUrl() {
        WorkerIntent intent = map(
                        ",'rollout':{'strategy':'Probed','probe':{'url':'https://Api.Example.com:8443/health'}}",
                        bundle("index.js"))
                .intent();

        assertThat(intent.probed()).contains(new WorkerIntent.Probe("api.example.com", 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://api.example.com/{id}", "https://api.example.com/%zz", "https:/", "mailto:a@b.example"})
    void whatIsNoUrlOfAHostHasNone(String url) {
        WorkerIntent intent = map(",'rollout':{'strategy':'Probed','probe':{'url':'" + url + "'}}", bundle("index.js"))
                .intent();

        assertThat(intent.probed()).contains(new WorkerIntent.Probe("", 6));
    }

    @Test
    void aSecretIsPartOfTheVersionAndNotOfAnyText() {
        SecretValues one =
                new SecretValues(Map.of("KEY", "hunter2"), Map.of("KEY", SecretRevision.of("a/b/c", new byte[] {1})));

        assertThat(one.toString()).isEqualTo("SecretValues[KEY]");
        assertThat(IntentMapper.map(worker(""), bundle("index.js"), one, MARK)
                        .intent()
                        .toString())
                .doesNotContain("hunter2");
        assertThat(SecretRevision.of("a/b/c", new byte[] {1}))
                .isEqualTo(SecretRevision.of("a/b/c", new byte[] {1}))
                .isNotEqualTo(SecretRevision.of("a/b/c", new byte[] {2}))
                .isNotEqualTo(SecretRevision.of("a/b/d", new byte[] {1}));
    }
}
