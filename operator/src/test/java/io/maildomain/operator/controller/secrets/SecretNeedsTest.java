package io.maildomain.operator.controller.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.SecretRef;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.account.MemorySecrets;
import io.maildomain.operator.controller.secrets.plan.Need;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.ownership.ResourceWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which Secrets MailWorkers and MailSites need: those whose Worker or project goes with them. */
class SecretNeedsTest {

    private static final Scope SCOPE = new Scope(Set.of(), "mail-system", "us", true, true);
    private static final SecretKey RUNTIME = new SecretKey("mail-system", "tokens");
    private static final SecretKey DEPLOY = new SecretKey("mail-system", "deploy");

    private final List<MailWorker> workers = new ArrayList<>();
    private final List<MailSite> sites = new ArrayList<>();
    private final MemoryCluster cluster =
            new MemoryCluster(List::of, List::of, () -> workers).withMailSites(() -> sites);
    private final MemorySecrets secrets = new MemorySecrets();
    private final SecretNeeds needs = new SecretNeeds(
            cluster,
            new CredentialsResolver(SCOPE, cluster, secrets),
            new DeployCredentialsResolver(SCOPE, cluster, secrets),
            any -> false);

    private void account(String accountId) {
        CloudflareAccount account = TestResources.account("default", accountId);
        CloudflareAccountSpec spec = account.getSpec();
        account.setSpec(new CloudflareAccountSpec(
                spec.secretRef(), new SecretRef("mail-system", "deploy"), accountId, spec.access()));
        cluster.with(account);
    }

    private MailWorker worker(String namespace, String deletionPolicy) {
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta(namespace, "mailbox", 0));
        worker.addFinalizer(ResourceWriter.FINALIZER);
        worker.setSpec(ScenarioDsl.read(
                "{'script':'mailbox','compatibilityDate':'2026-04-01','source':{'configMap':{'name':'files'}},'deletionPolicy':'"
                        + deletionPolicy + "'}",
                MailWorkerSpec.class));
        workers.add(worker);
        return worker;
    }

    private MailSite site(String namespace, String deletionPolicy) {
        MailSite site = new MailSite();
        site.setMetadata(TestResources.meta(namespace, "web", 0));
        site.addFinalizer(ResourceWriter.FINALIZER);
        site.setSpec(ScenarioDsl.read(
                "{'project':'web','source':{'configMap':{'name':'files'}},'deletionPolicy':'" + deletionPolicy + "'}",
                MailSiteSpec.class));
        sites.add(site);
        return site;
    }

    @Test
    void oneWhoseProjectIsDeletedWithItNeedsTheDeployToken() {
        account(TestResources.ACCOUNT_ID);
        MailSite site = site("mail-system", "Delete");
        assertThat(needs.all())
                .containsOnlyKeys(DEPLOY)
                .containsEntry(DEPLOY, List.of(new Need("MailSite mail-system/web", false)));

        site.getMetadata().setDeletionTimestamp(TestResources.NOW.toString());
        assertThat(needs.all().get(DEPLOY)).allMatch(Need::going);
    }

    @Test
    void oneThatLeavesItsProjectOrMayNotDeleteItNeedsNone() {
        account(TestResources.ACCOUNT_ID);
        site("mail-system", "Retain");
        site("stranger", "Delete");
        site("mail-system", "Delete").getMetadata().setFinalizers(List.of());
        assertThat(needs.all()).isEmpty();
    }

    @Test
    void oneWhoseWorkerIsDeletedWithItNeedsTheDeployToken() {
        account(TestResources.ACCOUNT_ID);
        MailWorker worker = worker("mail-system", "Delete");
        assertThat(needs.all())
                .containsOnlyKeys(DEPLOY)
                .containsEntry(DEPLOY, List.of(new Need("MailWorker mail-system/mailbox", false)));

        worker.getMetadata().setDeletionTimestamp(TestResources.NOW.toString());
        assertThat(needs.all().get(DEPLOY)).allMatch(Need::going);
    }

    @Test
    void whereTheAccountsIdLiesBesideTheOtherTokenThatIsNeededToo() {
        account(null);
        worker("mail-system", "Delete");
        assertThat(needs.all()).containsOnlyKeys(DEPLOY, RUNTIME);
    }

    @Test
    void oneThatLeavesItsWorkerOrMayNotDeleteItNeedsNone() {
        account(TestResources.ACCOUNT_ID);
        worker("mail-system", "Retain");
        worker("stranger", "Delete");
        worker("mail-system", "Delete").getMetadata().setFinalizers(List.of());
        assertThat(needs.all()).isEmpty();
    }
}
