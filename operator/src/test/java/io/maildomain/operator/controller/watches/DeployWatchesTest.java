package io.maildomain.operator.controller.watches;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.maildomain.api.v1alpha1.Action;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CatchAllRuleSpec;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DatabaseMigrations;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.DomainRef;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxDomainRef;
import io.maildomain.api.v1alpha1.MailboxSpec;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.api.v1alpha1.OciSource;
import io.maildomain.api.v1alpha1.WorkerDatabase;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only those MailWorkers and MailSites look again that a change concerns. */
class DeployWatchesTest {

    private final List<MailWorker> all = new ArrayList<>();
    private final List<MailSite> sites = new ArrayList<>();
    private final MemoryCluster cluster = new MemoryCluster(List::of, List::of, () -> all).withMailSites(() -> sites);
    private final List<String> woken = new ArrayList<>();
    private final DeployWatches watches = new DeployWatches(
            cluster, resource -> woken.add(resource.getMetadata().getName()));

    @BeforeEach
    void listen() {
        cluster.with(TestResources.account("default", TestResources.ACCOUNT_ID));
    }

    private MailWorker worker(String namespace, String name, String script) {
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta(namespace, name, all.size()));
        worker.setSpec(MailWorkerSpec.of(
                script,
                DeploySource.of(new OciSource("ghcr.io/acme/m:v1", null, new LocalSecretRef("registry"))),
                "2026-04-01"));
        all.add(worker);
        return worker;
    }

    private MailSite site(String namespace, String name, String project) {
        MailSite site = new MailSite();
        site.setMetadata(TestResources.meta(namespace, name, sites.size()));
        site.setSpec(MailSiteSpec.of(
                project, DeploySource.of(new OciSource("ghcr.io/acme/m:v1", null, new LocalSecretRef("registry")))));
        sites.add(site);
        return site;
    }

    private static CatchAllRule naming(String script) {
        CatchAllRule rule = new CatchAllRule();
        rule.setMetadata(TestResources.meta("mail", "all", 0));
        rule.setSpec(new CatchAllRuleSpec(new DomainRef("example-com"), Action.handingTo(script), null, null));
        return rule;
    }

    @Test
    void oneThatGoesLeavesItsScriptToAnother() {
        MailWorker going = worker("mail", "one", "m");
        worker("mail", "two", "m");
        worker("mail", "three", "other");

        watches.mailWorkerChanged(new Change<>(going, null));

        assertThat(woken).containsExactly("default", "two");
    }

    @Test
    void oneThatLeavesADatabaseLeavesItsMigrationsToAnother() {
        MailWorker holder = migrating("one", "d1_migrations");
        migrating("two", "D1_Migrations");
        migrating("three", "others");
        MailWorker without = worker("mail", "one", "one");
        without.setMetadata(holder.getMetadata());
        all.remove(without);

        watches.mailWorkerChanged(new Change<>(holder, holder));
        assertThat(woken).isEmpty();

        watches.mailWorkerChanged(new Change<>(holder, without));
        assertThat(woken).containsExactly("two");

        watches.mailWorkerChanged(new Change<>(holder, null));
        assertThat(woken).containsExactly("two", "default", "two");
    }

    private MailWorker migrating(String name, String table) {
        MailWorker worker = worker("mail", name, name);
        MailWorkerSpec spec = worker.getSpec();
        worker.setSpec(new MailWorkerSpec(
                spec.accountRef(),
                spec.script(),
                spec.source(),
                null,
                spec.compatibilityDate(),
                null,
                List.of(new WorkerDatabase("DB", "mail-db", new DatabaseMigrations(".", table, null))),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
        return worker;
    }

    @Test
    void aSiteThatGoesLeavesItsProjectToAnotherSite() {
        worker("mail", "worker", "m");
        MailSite going = site("mail", "one", "m");
        site("mail", "two", "m");
        site("mail", "three", "other");

        watches.mailSiteChanged(new Change<>(going, null));

        assertThat(woken).containsExactly("default", "two");
    }

    @Test
    void oneThatOnlySaysMoreConcernsNoOther() {
        MailSite site = site("mail", "one", "m");
        site("mail", "two", "m");

        watches.mailSiteChanged(new Change<>(site, site));

        assertThat(woken).isEmpty();
    }

    @Test
    void aSecretConcernsThoseThatNameItAndThoseOfItsAccount() {
        worker("mail", "one", "m");
        worker("other", "two", "m");
        site("mail", "web", "m");
        site("other", "client", "m");

        watches.secretChanged(new SecretKey("mail", "registry"));
        assertThat(woken).containsExactly("one", "web");

        woken.clear();
        watches.secretChanged(new SecretKey("mail-system", "tokens"));
        assertThat(woken).containsExactly("one", "two", "web", "client");

        woken.clear();
        watches.secretChanged(new SecretKey("mail", "unrelated"));
        assertThat(woken).isEmpty();
    }

    @Test
    void anAccountConcernsItsUsersWhereItsSpecChanges() {
        worker("mail", "one", "m");
        site("mail", "web", "m");
        CloudflareAccount before = TestResources.account("default", TestResources.ACCOUNT_ID);
        CloudflareAccount after =
                TestResources.account("default", TestResources.ACCOUNT_ID, TestResources.grant("mail", null, "*"));

        watches.accountChanged(new Change<>(before, before));
        assertThat(woken).isEmpty();
        watches.accountChanged(new Change<>(before, after));
        assertThat(woken).containsExactly("one", "web");
    }

    @Test
    void aNamespaceConcernsThoseInItWhereItsLabelsChange() {
        worker("mail", "one", "m");
        site("mail", "web", "m");
        site("other", "client", "m");
        Namespace before = new NamespaceBuilder()
                .withNewMetadata()
                .withName("mail")
                .endMetadata()
                .build();
        Namespace after = new NamespaceBuilder()
                .withNewMetadata()
                .withName("mail")
                .withLabels(Map.of("team", "a"))
                .endMetadata()
                .build();

        watches.namespaceChanged(new Change<>(before, before));
        assertThat(woken).isEmpty();
        watches.namespaceChanged(new Change<>(before, after));
        assertThat(woken).containsExactly("one", "web");
    }

    @Test
    void oneThatWaitsForRulesToLetItsWorkerGoLooksAgainWhenOneDoes() {
        MailWorker going = worker("mail", "one", "m");
        worker("mail", "two", "other");
        watches.catchAllRuleChanged(new Change<>(naming("m"), naming("else")));
        assertThat(woken).as("it is not going").isEmpty();

        going.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        watches.catchAllRuleChanged(new Change<>(naming("m"), naming("m")));
        assertThat(woken).isEmpty();
        watches.catchAllRuleChanged(new Change<>(naming("m"), null));
        assertThat(woken).containsExactly("one");
    }

    @Test
    void aMailboxThatGoesOrExpiresFreesItsWorker() {
        MailWorker going = worker("mail", "going", "inbound");
        going.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        worker("mail", "stays", "inbound");
        Mailbox mailbox = mailbox(null);

        watches.mailboxChanged(new Change<>(null, mailbox));
        watches.mailboxChanged(new Change<>(mailbox, mailbox(MailboxState.Active)));
        assertThat(woken).isEmpty();

        watches.mailboxChanged(new Change<>(mailbox(MailboxState.Active), mailbox(MailboxState.Expired)));
        assertThat(woken).containsExactly("going");
        watches.mailboxChanged(new Change<>(mailbox, null));
        assertThat(woken).containsExactly("going", "going");
    }

    private static Mailbox mailbox(MailboxState state) {
        Mailbox mailbox = new Mailbox();
        mailbox.setMetadata(TestResources.meta("team-a", "a", 0));
        mailbox.getMetadata().setGeneration(1L);
        mailbox.setSpec(
                MailboxSpec.of(new MailboxDomainRef("example", "mail"), "a@example.com", Action.handingTo("inbound")));
        if (state != null) {
            mailbox.setStatus(new MailboxStatus(
                    1L, null, state, null, null, mailbox.getMetadata().getUid(), null));
        }
        return mailbox;
    }
}
