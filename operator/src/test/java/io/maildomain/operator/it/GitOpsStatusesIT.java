package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.Conditioned;
import io.maildomain.api.v1alpha1.DestinationAddress;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.RightState;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Resources as the operator leaves them in each situation that a GitOps tool has to tell from the others. The health of Argo CD and of
 * kstatus is tested over the fixtures that are compared here, so both are tested over what the operator writes today.
 */
class GitOpsStatusesIT {

    private static final String SETTLED = "settled.example";
    private static final String WATCHED = "watched.example";
    private static final String SHARED = "shared.example";
    private static final String MAILING_TOKEN = "the-mailing-token-of-this-test-012345678";
    private static final String DEPLOY_TOKEN = "the-deploy-token-of-this-test-0123456789";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
                    "--drift-interval=10m",
                    "--max-deletions=1/10m",
                    "--final-base=1h",
                    "--final-cap=1h",
                    "--probe-retry=1s",
                    "--mailboxes",
                    "--destination-addresses",
                    "--deploying")
            .withChart(Map.of(
                    "mailboxes",
                    Map.of("enabled", true),
                    "destinationAddresses",
                    Map.of("enabled", true),
                    "deploying",
                    Map.of("enabled", true, "configMaps", List.of("files", "pages"))));

    private final Scene scene = new Scene(rig);
    private final StatusFixtures fixtures = new StatusFixtures(rig);

    @BeforeEach
    void whatIsThere() {
        scene.destination(TEAM);
        scene.settledZone(SETTLED);
        scene.settledZone(WATCHED);
        rig.control().putWorker("mailbox");
    }

    @AfterEach
    void takeAway() {
        scene.forgetAccount(broken());
        scene.forgetAccount(deploying());
        scene.forgetAccount(mailing());
    }

    private String broken() {
        return rig.account() + "-broken";
    }

    /** An account that grants a Worker and two sites. */
    private String deploying() {
        return rig.account() + "-deploying";
    }

    /** An account whose token may create destination addresses. */
    private String mailing() {
        return rig.account() + "-mailing";
    }

    @Test
    void theFixturesAreWhatTheOperatorWrites() {
        neverLookedAt();
        lateChecks();
        domains();
        catchAlls();
        accounts();
        mailboxes();
        destinations();
        workers();
        sites();
        deletions();
        fixtures.holdThem();
    }

    private void neverLookedAt() {
        // No operator watches its own namespace here.
        String manifest = scene.mailDomainYaml(rig.operatorNamespace(), "fresh", "fresh.example");
        fixtures.take("maildomain-never-looked-at", rig.apply(manifest));
    }

    private void lateChecks() {
        rig.restartOperator("--drift-interval=2s");
        scene.mailDomain("late", SETTLED);
        scene.eventuallyReady("late");
        eventually(() ->
                assertThatConditions(scene.account().getStatus().conditions()).has("ChecksCurrent", "True"));
        rig.control().addFault(Map.of("method", "GET", "path", ".*", "times", 0, "fault", Map.of("status", 503)));
        eventually(() ->
                assertThatConditions(scene.account().getStatus().conditions()).has("ChecksCurrent", "False"));
        fixtures.take("cloudflareaccount-checks-overdue", scene.account());
        rig.control().clearFaults();
        eventually(() ->
                assertThatConditions(scene.account().getStatus().conditions()).has("ChecksCurrent", "True"));
        scene.delete("late");
        rig.restartOperator("--drift-interval=10m");
    }

    private void domains() {
        scene.mailDomain("ready", SETTLED, rulesOf(forward("support@" + SETTLED, TEAM)));
        take("ready", "maildomain-ready", StatusAssert::isReady);

        scene.mailDomain("pending", "pending.example", rulesOf(forward("support@pending.example", TEAM)));
        take("pending", "maildomain-zone-pending", status -> status.isNotReadyBecause("ZonePending")
                .has("RulesSynced", "True"));

        scene.mailDomain("rival", SETTLED);
        take("rival", "maildomain-conflict", status -> status.isNotReadyBecause("Conflict"));

        scene.mailDomain("unverified", WATCHED, rulesOf(forward("support@" + WATCHED, "new@corp.example")));
        take(
                "unverified",
                "maildomain-destination-unverified",
                status -> status.isNotReadyBecause("DestinationUnverified"));
        scene.delete("unverified");

        scene.mailDomain("paused", "paused.example", "suspend: true");
        take("paused", "maildomain-suspended", status -> status.has("Ready", "Unknown"));

        scene.mailDomain("observed", WATCHED, "mode: Observe");
        take("observed", "maildomain-observed-in-sync", status -> status.has("InSync", "True"));
        scene.mailDomain(
                "observed", WATCHED, "mode: Observe", "subaddressing: true", rulesOf(forward("a@" + WATCHED, TEAM)));
        take("observed", "maildomain-observed-changes-pending", status -> status.has("InSync", "False"));
        scene.catchAll("watched", "observed", "worker: mailbox");
        takeCatchAll("watched", "catchallrule-observed-changes-pending", status -> status.has("InSync", "False"));
        rig.client().resource(scene.catchAllRule("watched")).delete();
        scene.delete("observed");

        drifted();
        rig.apply(scene.mailDomainYaml(rig.otherNamespace(), "foreign", "foreign.example"));
        Resource<MailDomain> foreign = rig.client()
                .resources(MailDomain.class)
                .inNamespace(rig.otherNamespace())
                .withName("foreign");
        eventually(() ->
                assertThatConditions(foreign.get().getStatus().conditions()).isNotReadyBecause("AccessDenied"));
        fixtures.take("maildomain-access-denied", foreign.get());
    }

    private void drifted() {
        scene.mailDomain("drifted", WATCHED, "drift: Report", rulesOf(forward("a@" + WATCHED, TEAM)));
        scene.eventuallyReady("drifted");
        String zone = scene.dashboard().zoneId(WATCHED);
        scene.dashboard()
                .call(
                        "DELETE",
                        "/zones/" + zone + "/email/routing/rules/"
                                + scene.rule(zone, "a@" + WATCHED).path("id").asText(),
                        Map.of());
        scene.annotate("drifted", "maildomain.io/reconcile-requested-at", "2026-01-01T00:00:00Z");
        take("drifted", "maildomain-drift-reported", status -> status.has("InSync", "False"));
    }

    private void catchAlls() {
        scene.catchAll("rest", "ready", "worker: mailbox");
        takeCatchAll("rest", "catchallrule-applied", StatusAssert::isReady);
        scene.catchAll("second", "ready", "drop: true");
        takeCatchAll("second", "catchallrule-conflict", status -> status.isNotReadyBecause("Conflict"));
        scene.catchAll("early", "paused", "drop: true");
        takeCatchAll("early", "catchallrule-domain-suspended", status -> status.isNotReadyBecause("DomainSuspended"));
    }

    private void accounts() {
        // Whether it may write Workers routes is known once there is a zone to ask about.
        eventually(() -> {
            assertThatConditions(scene.account().getStatus().conditions()).isReady();
            assertThat(scene.account().getStatus().runtime().rights())
                    .allMatch(right -> right.state() == RightState.Granted);
            assertThat(scene.account().getStatus().deploy().rights())
                    .allMatch(right -> right.state() == RightState.Missing);
            assertThatConditions(scene.account().getStatus().conditions()).has("ChecksCurrent", "True");
        });
        fixtures.take("cloudflareaccount-ready", scene.account());
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %s}
                spec: {secretRef: {namespace: %s, name: no-such-secret}, access: []}
                """.formatted(broken(), rig.operatorNamespace()));
        Resource<CloudflareAccount> broken =
                rig.client().resources(CloudflareAccount.class).withName(broken());
        eventually(() ->
                assertThatConditions(broken.get().getStatus().conditions()).isNotReadyBecause("SecretMissing"));
        fixtures.take("cloudflareaccount-secret-missing", broken.get());
    }

    private void mailboxes() {
        scene.settledZone(SHARED);
        scene.mailDomain("shared", SHARED, """
                mailboxes: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: %s}}, addresses: ["*@%s"], workers: [mailbox]}]\
                """.formatted(rig.namespace(), SHARED));
        scene.eventuallyReady("shared");
        takeMailbox("active", "{worker: mailbox}", "", "mailbox-active", StatusAssert::isReady);
        takeMailbox(
                "other",
                "{worker: other}",
                "",
                "mailbox-not-attached",
                status -> status.isNotReadyBecause("NotAttached"));
        takeMailbox(
                "old",
                "{worker: mailbox}",
                ", expiresAt: \"2026-01-01T00:00:00Z\"",
                "mailbox-expired",
                status -> status.isNotReadyBecause("Expired"));
    }

    private void takeMailbox(String name, String action, String more, String fixture, Consumer<StatusAssert> when) {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: Mailbox
                metadata: {name: %1$s, namespace: %2$s}
                spec: {domainRef: {name: shared}, address: "%1$s@%3$s", action: %4$s%5$s}
                """.formatted(name, rig.namespace(), SHARED, action, more));
        takeNamespaced(Mailbox.class, name, fixture, when);
    }

    private void destinations() {
        rig.control().putToken("mailing", MAILING_TOKEN, List.of("Account: Email Routing Addresses: Edit"));
        scene.secret(rig.operatorNamespace(), "mailing-tokens", Map.of("CLOUDFLARE_API_TOKEN", MAILING_TOKEN));
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %s}
                spec:
                  secretRef: {namespace: %s, name: mailing-tokens}
                  accountId: %s
                  access:
                  - namespaces: {matchLabels: {kubernetes.io/metadata.name: %s}}
                    domains: [none.example]
                    forwardTo: ["*@corp.example"]
                """.formatted(mailing(), rig.operatorNamespace(), SimulatorControl.ACCOUNT_ID, rig.namespace()));
        takeDestination(
                "stranger",
                "a@stranger.example",
                "destinationaddress-not-granted",
                status -> status.isNotReadyBecause("AccessDenied"));
        takeDestination(
                "new",
                "new@corp.example",
                "destinationaddress-unverified",
                status -> status.isNotReadyBecause("DestinationUnverified"));
        takeDestination("team", TEAM, "destinationaddress-verified", StatusAssert::isReady);
    }

    private void takeDestination(String name, String email, String fixture, Consumer<StatusAssert> when) {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: DestinationAddress
                metadata: {name: %s, namespace: %s}
                spec: {accountRef: {name: %s}, email: %s}
                """.formatted(name, rig.namespace(), mailing(), email));
        takeNamespaced(DestinationAddress.class, name, fixture, when);
    }

    private void workers() {
        rig.control()
                .putToken(
                        "deploy",
                        DEPLOY_TOKEN,
                        List.of("Account: Workers Scripts: Edit", "Account: Cloudflare Pages: Edit"));
        scene.secret(rig.operatorNamespace(), "deploy-tokens", Map.of("CLOUDFLARE_DEPLOY_API_TOKEN", DEPLOY_TOKEN));
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %s}
                spec:
                  secretRef: {namespace: %s, name: deploy-tokens}
                  accountId: %s
                  access:
                  - namespaces: {matchLabels: {kubernetes.io/metadata.name: %s}}
                    domains: [none.example]
                    deploy: {workers: [inbound], pages: [archive, webmail]}
                """.formatted(deploying(), rig.operatorNamespace(), SimulatorControl.ACCOUNT_ID, rig.namespace()));
        takeWorker("outbound", "mailworker-not-granted", status -> status.isNotReadyBecause("DeployNotGranted"));
        takeWorker("inbound", "mailworker-source-missing", status -> status.isNotReadyBecause("SourceNotFound"));
        files("files", "index.js", "export default {}");
        takeWorker("inbound", "mailworker-deployed", StatusAssert::isReady);
        takeWorker(
                "inbound",
                "mailworker-observed-changes-pending",
                status -> status.has("InSync", "False"),
                "mode: Observe",
                "workersDev: true");
    }

    private void takeWorker(String name, String fixture, Consumer<StatusAssert> when, String... more) {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailWorker
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  accountRef: {name: %3$s}
                  script: %1$s
                  source: {configMap: {name: files}}
                  compatibilityDate: "2026-04-01"
                %4$s""".formatted(name, rig.namespace(), deploying(), fields(more)));
        takeNamespaced(MailWorker.class, name, fixture, when);
    }

    private void sites() {
        files("pages", "index.html", "<h1>mail</h1>");
        takeSite("shop", true, "mailsite-not-granted", status -> status.isNotReadyBecause("DeployNotGranted"));
        takeSite("archive", false, "mailsite-project-missing", status -> status.isNotReadyBecause("ProjectNotFound"));
        takeSite("webmail", true, "mailsite-deployed", StatusAssert::isReady);
        takeSite(
                "webmail",
                true,
                "mailsite-observed-changes-pending",
                status -> status.has("InSync", "False"),
                "mode: Observe",
                "variables: {API: https://api.example.com}");
    }

    private static String fields(String... more) {
        return Stream.of(more).map("  %s\n"::formatted).collect(Collectors.joining());
    }

    private void takeSite(
            String name, boolean createProject, String fixture, Consumer<StatusAssert> when, String... more) {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailSite
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  accountRef: {name: %3$s}
                  project: %1$s
                  createProject: %4$s
                  source: {configMap: {name: pages}}
                %5$s""".formatted(name, rig.namespace(), deploying(), createProject, fields(more)));
        takeNamespaced(MailSite.class, name, fixture, when);
    }

    private <R extends CustomResource<?, ? extends Conditioned>> void takeNamespaced(
            Class<R> kind, String name, String fixture, Consumer<StatusAssert> when) {
        Resource<R> resource =
                rig.client().resources(kind).inNamespace(rig.namespace()).withName(name);
        eventually(() ->
                when.accept(assertThatConditions(resource.get().getStatus().conditions())));
        fixtures.take(fixture, resource.get());
    }

    private void files(String configMap, String file, String content) {
        rig.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, namespace: %s}
                data: {%s: "%s"}
                """.formatted(configMap, rig.namespace(), file, content));
    }

    private void deletions() {
        rig.client().resources(CloudflareAccount.class).withName(rig.account()).delete();
        eventually(() ->
                assertThatConditions(scene.account().getStatus().conditions()).has("Reconciling", "True"));
        fixtures.take("cloudflareaccount-deletion-waits", scene.account());

        rig.operator().kill();
        scene.mailDomain("ready", SETTLED, rulesOf(forward("other@" + SETTLED, TEAM)));
        fixtures.take("maildomain-spec-changed", scene.mailDomain("ready"));
        List.of("ready", "pending", "drifted")
                .forEach(name -> scene.domains(name).delete());
        rig.restartOperator();
        take("pending", "maildomain-deletion-held", status -> status.isNotReadyBecause("DeletionHeld"));
    }

    private void take(String name, String fixture, Consumer<StatusAssert> when) {
        scene.eventuallyDomain(name, when);
        fixtures.take(fixture, scene.mailDomain(name));
    }

    private void takeCatchAll(String name, String fixture, Consumer<StatusAssert> when) {
        scene.eventuallyCatchAll(name, when);
        fixtures.take(fixture, scene.catchAllRule(name));
    }
}
