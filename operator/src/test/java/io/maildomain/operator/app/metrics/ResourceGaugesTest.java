package io.maildomain.operator.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.DestinationAddressStatus;
import io.maildomain.api.v1alpha1.DestinationState;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteStatus;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerStatus;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.MailboxStatus;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.api.v1alpha1.SurfaceStatus;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.metrics.ScrapedGauges;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResourceGaugesTest {

    private static final Instant NOW = TestResources.NOW.plus(Duration.ofDays(2));

    private final List<MailDomain> domains = new ArrayList<>();
    private final List<MailWorker> workers = new ArrayList<>();
    private final List<MailSite> sites = new ArrayList<>();
    private final MemoryCluster cluster =
            new MemoryCluster(() -> domains, List::of, () -> workers).withMailSites(() -> sites);
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @BeforeEach
    void register() {
        ScrapedGauges gauges = new ScrapedGauges();
        ResourceGauges.add(gauges, cluster, Clock.fixed(NOW, ZoneOffset.UTC));
        meters.getPrometheusRegistry().register(gauges);
    }

    @Test
    void resourcesAreCountedByWhatTheySayAndCountedNoMoreOnceTheyAreGone() {
        domains.add(domain("a.example", condition("Ready", "True", "Ready", 1)));
        domains.add(domain("b.example", condition("Ready", "False", "ZonePending", 1)));
        domains.add(domain("c.example", condition("Ready", "False", "ZonePending", 1)));
        domains.add(domain("d.example", condition("Ready", "Unknown", "WaitingForBudget", 1)));
        domains.add(TestResources.domain("mail", "e.example", 0));

        assertThat(series("maildomain_resources"))
                .containsExactlyInAnyOrder(
                        "{kind=\"maildomain\",ready=\"true\",reason=\"ready\"} 1.0",
                        "{kind=\"maildomain\",ready=\"false\",reason=\"zone_pending\"} 2.0",
                        "{kind=\"maildomain\",ready=\"unknown\",reason=\"waiting_for_budget\"} 1.0",
                        "{kind=\"maildomain\",ready=\"unknown\",reason=\"none\"} 1.0");

        domains.clear();
        assertThat(series("maildomain_resources")).isEmpty();
    }

    @Test
    void mailWorkersAreAmongThem() {
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta("mail", "mailbox", 0));
        worker.setStatus(MailWorkerStatus.ofOwnership(null)
                .withConditions(1L, List.of(condition("Ready", "False", "ProbeFailed", 1))));
        workers.add(worker);

        assertThat(series("maildomain_resources"))
                .containsExactly("{kind=\"mailworker\",ready=\"false\",reason=\"probe_failed\"} 1.0");
    }

    @Test
    void mailSitesAreAmongThem() {
        MailSite site = new MailSite();
        site.setMetadata(TestResources.meta("mail", "web", 0));
        site.setStatus(MailSiteStatus.ofOwnership(null)
                .withConditions(1L, List.of(condition("Ready", "False", "ProjectNotFound", 1))));
        sites.add(site);

        assertThat(series("maildomain_resources"))
                .containsExactly("{kind=\"mailsite\",ready=\"false\",reason=\"project_not_found\"} 1.0");
    }

    /** An alert on what is not ready for long must not fire until a person clicks. */
    @Test
    void destinationAddressesAreCountedAndNotNamed() {
        DestinationAddress destination = new DestinationAddress();
        destination.setMetadata(TestResources.meta("team-a", "team", 0));
        destination.setStatus(new DestinationAddressStatus(
                1L,
                List.of(condition("Ready", "False", "DestinationUnverified", 1)),
                DestinationState.Unverified,
                null,
                null,
                null,
                null));
        cluster.withDestinationAddresses(() -> List.of(destination));

        assertThat(series("maildomain_resources"))
                .containsExactly("{kind=\"destinationaddress\",ready=\"false\",reason=\"destination_unverified\"} 1.0");
        assertThat(series("maildomain_not_ready_seconds")).isEmpty();
    }

    /** An alert on what is not ready for long must not fire for what has expired. */
    @Test
    void mailboxesAreCountedAndNotNamed() {
        Mailbox mailbox = new Mailbox();
        mailbox.setMetadata(TestResources.meta("team-a", "pr-1", 0));
        mailbox.setStatus(new MailboxStatus(
                1L,
                List.of(condition("Ready", "False", "Expired", 1)),
                MailboxState.Expired,
                null,
                "never",
                null,
                null));
        cluster.withMailboxes(() -> List.of(mailbox));

        assertThat(series("maildomain_resources"))
                .containsExactly("{kind=\"mailbox\",ready=\"false\",reason=\"expired\"} 1.0");
        assertThat(series("maildomain_not_ready_seconds")).isEmpty();
    }

    @Test
    void whoWaitsIsNamedWithItsTimeAndWhoDoesNotIsNot() {
        domains.add(domain("a.example", condition("Ready", "True", "Ready", 9)));
        domains.add(domain("b.example", condition("Ready", "False", "AccessDenied", 3)));
        domains.add(TestResources.domain("mail", "new.example", 0));

        assertThat(series("maildomain_not_ready_seconds"))
                .containsExactly(
                        "{kind=\"maildomain\",reason=\"access_denied\",resource=\"b-example\",resource_namespace=\"mail\"} 10800.0",
                        "{kind=\"maildomain\",reason=\"none\",resource=\"new-example\",resource_namespace=\"mail\"} 172800.0");
    }

    @Test
    void howManyDomainsThereAreDoesNotDecideHowManySeries() {
        for (int i = 0; i < 1_000; i++) {
            domains.add(domain(
                    "d" + i + ".example",
                    condition("Ready", "False", "ZonePending", i),
                    condition("ZoneReady", "False", "ZonePending", i)));
        }

        assertThat(series("maildomain_not_ready_seconds"))
                .hasSize(ResourceGauges.MOST_RESOURCES)
                .anyMatch(line -> line.contains("d999-example"))
                .noneMatch(line -> line.contains("d899-example"));
        assertThat(series("maildomain_zone_pending_seconds")).hasSize(ResourceGauges.MOST_RESOURCES);
        assertThat(series("maildomain_resources")).hasSize(1);
    }

    @Test
    void aZoneIsPendingForAsLongAsItsConditionSays() {
        domains.add(domain("p.example", condition("ZoneReady", "False", "ZonePending", 25)));
        domains.add(domain("q.example", condition("ZoneReady", "False", "AccessDenied", 25)));
        domains.add(domain("r.example", condition("ZoneReady", "True", "ZoneActive", 25)));

        assertThat(series("maildomain_zone_pending_seconds"))
                .containsExactly("{resource=\"p-example\",resource_namespace=\"mail\"} 90000.0");
    }

    /** A user who may write a status decides what it says, but not what our labels are. */
    @Test
    void aForgedStatusBringsNoLabelAndNoTimeOfItsOwn() {
        domains.add(domain("a.example", condition("Ready", "Maybe", "Forged_\"}\nx", -48)));
        domains.add(domain("b.example", new Condition("Ready", "False", 1L, null, null, "no time, no reason")));

        assertThat(series("maildomain_resources"))
                .containsExactlyInAnyOrder(
                        "{kind=\"maildomain\",ready=\"unknown\",reason=\"other\"} 1.0",
                        "{kind=\"maildomain\",ready=\"false\",reason=\"other\"} 1.0");
        assertThat(series("maildomain_not_ready_seconds"))
                .anyMatch(line -> line.contains("a-example") && line.endsWith(" 0.0"))
                .anyMatch(line -> line.contains("b-example") && line.endsWith(" 172800.0"));
    }

    @Test
    void rulesAreCountedByState() {
        MailDomain domain = TestResources.domain("mail", "a.example", 0);
        domain.setStatus(new MailDomainStatus(
                1L,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(rule("a", RuleState.Synced), rule("b", RuleState.Synced), rule("c", RuleState.WorkerMissing)),
                null,
                null,
                null,
                null,
                null,
                null));
        domains.add(domain);

        assertThat(series("maildomain_rules"))
                .hasSize(RuleState.values().length)
                .contains("{state=\"synced\"} 2.0", "{state=\"worker_missing\"} 1.0", "{state=\"contested\"} 0.0");
    }

    @Test
    void domainsAreCountedByWhetherTheWorldIsLedToThem() {
        domains.add(domain("a.example", condition("MailDeliverable", "True", "Deliverable", 1)));
        domains.add(domain("b.example", condition("MailDeliverable", "False", "DelegatedElsewhere", 1)));
        domains.add(domain("c.example", condition("MailDeliverable", "False", "SenderPolicyBroken", 1)));
        domains.add(domain("d.example", condition("Ready", "True", "Ready", 1)));

        assertThat(series("maildomain_mail_deliverable"))
                .containsExactlyInAnyOrder(
                        "{deliverable=\"true\"} 1.0", "{deliverable=\"false\"} 2.0", "{deliverable=\"unknown\"} 0.0");
    }

    @Test
    void aTokensEndIsThatOfTheStatusAndGoesWithTheAccount() {
        CloudflareAccount account = TestResources.account("default", TestResources.ACCOUNT_ID);
        account.setStatus(new CloudflareAccountStatus(
                1L, List.of(), true, new SurfaceStatus(null, null, null, null, NOW, null), null));
        cluster.with(account);

        assertThat(series("maildomain_token_expiry_timestamp_seconds"))
                .singleElement()
                .asString()
                .startsWith("{account=\"default\",surface=\"runtime\"} 1.76");

        cluster.removeAccounts();
        assertThat(series("maildomain_token_expiry_timestamp_seconds")).isEmpty();
    }

    private List<String> series(String metric) {
        return meters.scrape()
                .lines()
                .filter(line -> line.startsWith(metric + "{"))
                .map(line -> line.substring(metric.length()))
                .toList();
    }

    private static RuleStatus rule(String name, RuleState state) {
        return new RuleStatus(name + "@a.example", null, state, null, null);
    }

    private static MailDomain domain(String name, Condition... conditions) {
        MailDomain domain = TestResources.domain("mail", name, 0);
        domain.setStatus(MailDomainStatus.ofOwnership(null).withConditions(1L, Arrays.asList(conditions)));
        return domain;
    }

    private static Condition condition(String type, String status, String reason, int hoursAgo) {
        return new Condition(type, status, 1L, NOW.minus(Duration.ofHours(hoursAgo)), reason, "…");
    }
}
