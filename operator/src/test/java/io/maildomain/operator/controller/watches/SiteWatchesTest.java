package io.maildomain.operator.controller.watches;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.LocalSecretRef;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.OciSource;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MailSiteCache;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only those MailSites look again that a change concerns. */
class SiteWatchesTest {

    private final List<MailSite> all = new ArrayList<>();
    private final MemoryCluster cluster = MemoryCluster.of(List.of(), List.of());
    private final List<String> woken = new ArrayList<>();
    private final SiteWatches watches = new SiteWatches(
            new MailSiteCache() {
                @Override
                public List<MailSite> mailSites() {
                    return all;
                }

                @Override
                public List<MailSite> ofProject(String project) {
                    return all.stream()
                            .filter(site -> site.getSpec().project().equals(project))
                            .toList();
                }
            },
            cluster);

    @BeforeEach
    void listen() {
        watches.mailSites().setEventHandler(new EventHandler() {
            @Override
            public void handleEvent(Event event) {
                woken.add(event.getRelatedCustomResourceID().getName());
            }
        });
        watches.mailSites().start();
        cluster.with(TestResources.account("default", TestResources.ACCOUNT_ID));
    }

    private MailSite site(String namespace, String name, String project) {
        MailSite site = new MailSite();
        site.setMetadata(TestResources.meta(namespace, name, all.size()));
        site.setSpec(MailSiteSpec.of(
                project, DeploySource.of(new OciSource("ghcr.io/acme/m:v1", null, new LocalSecretRef("registry")))));
        all.add(site);
        return site;
    }

    @Test
    void oneThatGoesLeavesItsProjectToAnother() {
        MailSite going = site("mail", "one", "m");
        site("mail", "two", "m");
        site("mail", "three", "other");

        watches.mailSiteChanged(new Change<>(going, null));

        assertThat(woken).containsExactly("two");
    }

    @Test
    void aSecretConcernsThoseThatNameItAndThoseOfItsAccount() {
        site("mail", "one", "m");
        site("other", "two", "m");

        watches.secretChanged(new SecretKey("mail", "registry"));
        assertThat(woken).containsExactly("one");

        watches.secretChanged(new SecretKey("mail-system", "tokens"));
        assertThat(woken).containsExactly("one", "one", "two");

        watches.secretChanged(new SecretKey("mail", "unrelated"));
        assertThat(woken).hasSize(3);
    }

    @Test
    void anAccountConcernsItsUsersWhereItsSpecChanges() {
        site("mail", "one", "m");
        CloudflareAccount before = TestResources.account("default", TestResources.ACCOUNT_ID);
        CloudflareAccount after =
                TestResources.account("default", TestResources.ACCOUNT_ID, TestResources.grant("mail", null, "*"));

        watches.accountChanged(new Change<>(before, before));
        assertThat(woken).isEmpty();
        watches.accountChanged(new Change<>(before, after));
        assertThat(woken).containsExactly("one");
    }

    @Test
    void aNamespaceConcernsThoseInItWhereItsLabelsChange() {
        site("mail", "one", "m");
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
        assertThat(woken).containsExactly("one");
    }
}
