package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.informers.ResourceListener.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is remembered of a MailWorker or MailSite lasts as long as it does, as that of the other kinds. */
class ForgettingTest {

    private final List<MailWorker> workers = new ArrayList<>();
    private final List<MailSite> sites = new ArrayList<>();
    private final MemoryCluster cluster =
            new MemoryCluster(List::of, List::of, () -> workers).withMailSites(() -> sites);
    private final Set<String> remembered = new HashSet<>();
    private final Forgetting forgetting = new Forgetting();

    @AfterEach
    void stop() {
        forgetting.close();
    }

    private MailWorker known(String name) {
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta("mail", name, 0));
        remembered.add(worker.getMetadata().getUid());
        return worker;
    }

    private MailSite knownSite(String name) {
        MailSite site = new MailSite();
        site.setMetadata(TestResources.meta("mail", name, 0));
        remembered.add(site.getMetadata().getUid());
        return site;
    }

    @Test
    void ofOneThatIsThereNothingIsForgotten() {
        forgetting.also(() -> Set.copyOf(remembered), remembered::remove);
        workers.add(known("stays"));
        sites.add(knownSite("web"));
        known("gone");

        for (int i = 0; i < 5; i++) {
            forgetting.sweep(cluster);
        }

        assertThat(remembered)
                .containsExactlyInAnyOrder(
                        workers.get(0).getMetadata().getUid(),
                        sites.get(0).getMetadata().getUid());
    }

    @Test
    void theWatchsWordOfADeletionEndsItAtOnce() {
        forgetting.also(() -> Set.copyOf(remembered), remembered::remove);
        MailWorker gone = known("gone");

        forgetting.mailWorkerChanged(new Change<>(gone, gone));
        assertThat(remembered).isNotEmpty();
        forgetting.mailWorkerChanged(new Change<>(gone, null));
        assertThat(remembered).isEmpty();

        MailSite site = knownSite("web");
        forgetting.mailSiteChanged(new Change<>(site, null));
        assertThat(remembered).isEmpty();
    }
}
