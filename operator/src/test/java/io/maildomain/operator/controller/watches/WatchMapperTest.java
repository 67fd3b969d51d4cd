package io.maildomain.operator.controller.watches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.OciSource;
import io.maildomain.operator.fixture.FakeEnvironment.Options;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watches of two kinds are not in step: whichever shows something first, all whom it concerns are woken. */
class WatchMapperTest {

    private final ScenarioDsl scenario = new ScenarioDsl(Options.usual()).usual();
    private final WatchMapper watches = new WatchMapper();
    private final List<String> woken = new ArrayList<>();
    private MailDomain domain;
    private CatchAllRule rule;

    @BeforeEach
    void aDomainWithItsCatchAll() {
        scenario.zone("example.com", "{'status':'active','routing':true}");
        domain = scenario.domain("mail", "example-com", "{'domain':'example.com','rules':[]}");
        rule = scenario.catchAll("mail", "all", "example-com", "{'action':{'drop':true}}");
        scenario.settle();
        watches.catchAllRules().setEventHandler(new EventHandler() {
            @Override
            public void handleEvent(Event event) {
                woken.add(event.getRelatedCustomResourceID().getName());
            }
        });
        watches.catchAllRules().start();
        watches.watch(scenario.env().cluster(), any -> true);
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    private MailDomain going() {
        scenario.delete(domain);
        return scenario.env().cluster().mailDomain("mail", "example-com").orElseThrow();
    }

    @Test
    void theDeletionOfAMailDomainWakesItsCatchAll() {
        watches.mailDomainChanged(new Change<>(domain, going()));

        assertThat(woken).containsExactly("all");
    }

    @Test
    void aCatchAllThatIsShownOnlyAfterThatDeletionIsWokenOnceItIs() {
        going();

        watches.catchAllRuleChanged(new Change<>(null, rule));

        assertThat(woken).containsExactly("all");
    }

    @Test
    void ofADomainThatStaysItIsNot() {
        watches.catchAllRuleChanged(new Change<>(null, rule));
        watches.catchAllRuleChanged(new Change<>(rule, rule));

        assertThat(woken).isEmpty();
    }

    /** Else it would be looked for among the accounts, and never be reconciled. */
    @Test
    void aKindThatNoControllerWorksOnIsNotTakenForAnAccount() {
        List<String> accounts = namesOf(watches.accounts());

        watches.trigger(scenario.account("default"));
        assertThatThrownBy(() -> watches.trigger(new SecretBuilder().build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Secret");

        assertThat(accounts).containsExactly("default");
    }

    @Test
    void aMailWorkerIsReconciledByItsOwnController() {
        List<String> accounts = namesOf(watches.accounts());
        List<String> workers = namesOf(watches.mailWorkers());
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta("mail", "mailbox", 0));

        watches.trigger(worker);

        assertThat(workers).containsExactly("mailbox");
        assertThat(accounts).isEmpty();
    }

    @Test
    void aMailSiteIsReconciledByItsOwnController() {
        List<String> workers = namesOf(watches.mailWorkers());
        List<String> sites = namesOf(watches.mailSites());

        watches.trigger(site());

        assertThat(sites).containsExactly("web");
        assertThat(workers).isEmpty();
    }

    @Test
    void whatHappensToAMailSiteWakesTheOthersOfItsProject() {
        List<String> sites = namesOf(watches.mailSites());
        MailSite gone = site();
        gone.getMetadata().setUid("gone");
        watches.watch(new MemoryCluster(List::of, List::of).withMailSites(() -> List.of(site())), any -> true);

        watches.mailSiteChanged(new Change<>(gone, null));

        assertThat(sites).containsExactly("web");
    }

    private static MailSite site() {
        MailSite site = new MailSite();
        site.setMetadata(TestResources.meta("mail", "web", 0));
        site.setSpec(MailSiteSpec.of("web", DeploySource.ofConfigMap("files")));
        return site;
    }

    @Test
    void aSecretOfAMailWorkerWakesIt() {
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta("mail", "mailbox", 0));
        worker.setSpec(MailWorkerSpec.of(
                "mailbox",
                DeploySource.of(new OciSource("ghcr.io/acme/m:v1", null, new LocalSecretRef("registry"))),
                "2026-04-01"));
        List<String> workers = namesOf(watches.mailWorkers());
        watches.watch(new MemoryCluster(List::of, List::of, () -> List.of(worker)), any -> true);

        watches.secretChanged(new SecretKey("mail", "registry"));

        assertThat(workers).containsExactly("mailbox");
    }

    /** Those that are triggered from now on. */
    private static List<String> namesOf(TriggerEventSource<?> source) {
        List<String> names = new ArrayList<>();
        source.setEventHandler(new EventHandler() {
            @Override
            public void handleEvent(Event event) {
                names.add(event.getRelatedCustomResourceID().getName());
            }
        });
        source.start();
        return names;
    }
}
