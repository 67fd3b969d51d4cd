package io.maildomain.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.operator.config.SettingsOptions;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What is deployed is looked at out of the same budget as all else. */
class CheckIntervalTest {

    private static final int MANY = 10_000;

    private static Duration rest(MemoryCluster cluster) {
        SettingsOptions options = CommandLine.populateCommand(
                new SettingsOptions(), "--operator-namespace=mail-system", "--owner-id=us", "--drift-interval=10m");
        return new CheckInterval(options.settings(""), cluster, Clock.systemUTC()).ofOwnLooks();
    }

    private static MailWorker worker(int number) {
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta("mail", "worker-" + number, 0));
        worker.setSpec(MailWorkerSpec.of("worker-" + number, DeploySource.ofConfigMap("files"), "2026-04-01"));
        return worker;
    }

    private static MailSite site(int number) {
        MailSite site = new MailSite();
        site.setMetadata(TestResources.meta("mail", "web-" + number, 0));
        site.setSpec(MailSiteSpec.of("web-" + number, DeploySource.ofConfigMap("files")));
        return site;
    }

    @Test
    void manyMailWorkersStretchIt() {
        List<MailWorker> workers =
                IntStream.range(0, MANY).mapToObj(CheckIntervalTest::worker).toList();
        assertThat(rest(new MemoryCluster(List::of, List::of, () -> workers))).isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void andSoDoManyMailSites() {
        List<MailSite> sites =
                IntStream.range(0, MANY).mapToObj(CheckIntervalTest::site).toList();
        assertThat(rest(new MemoryCluster(List::of, List::of))).isLessThan(Duration.ofHours(1));
        assertThat(rest(new MemoryCluster(List::of, List::of).withMailSites(() -> sites)))
                .isGreaterThan(Duration.ofHours(1));
    }
}
