package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.StatusAssert.assertThatConditions;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Mailbox;
import io.maildomain.api.v1alpha1.MailboxState;
import io.maildomain.api.v1alpha1.RuleState;
import io.maildomain.api.v1alpha1.RuleStatus;
import io.maildomain.harness.Chart;
import io.maildomain.harness.ChartRbac;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.Dashboard;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.Kubectl;
import io.maildomain.harness.MergePatch;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.OperatorProcess;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.harness.TestAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/guides/moving.md}: a domain moves to another namespace or cluster, mail is sent all the time, and none is lost. */
class MovingIT {

    private static final String DOMAIN = "moving.example";
    private static final String BOSS = "boss@corp.example";
    private static final String BOX = "box@" + DOMAIN;
    private static final String A_AND_B = forward("a@" + DOMAIN, TEAM) + ", " + forward("b@in." + DOMAIN, TEAM);
    private static final String RULES = rulesOf(A_AND_B, forward("c@" + DOMAIN, TEAM));
    private static final String LABEL = "mail.example.com/mailboxes";
    private static final String MAILBOXES = "mailboxes: [{namespaces: {matchLabels: {" + LABEL
            + ": 'yes'}}, addresses: ['*@" + DOMAIN + "'], forwardTo: ['*@corp.example']}]";
    private static final String NEW_ID = "the-new-installation";
    private static final Map<String, ?> RETAIN = Map.of("spec", Map.of("deletionPolicy", "Retain"));
    private static final Duration START = Duration.ofSeconds(60);

    /** As many as one page of Cloudflare's list holds. */
    private static final int RULES_OF_OTHERS = 50;

    /** The cluster that domains move to. */
    private static KubeApi elsewhere;

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions("--mailboxes", "--drift-interval=1s")
            .withChart(Map.of("mailboxes", Map.of("enabled", true)));

    @TempDir
    private Path folder;

    private final Scene scene = new Scene(rig);
    private MailStream mail;
    private OperatorProcess there;
    private String zone;

    @BeforeAll
    static void startTheOtherCluster() {
        elsewhere = KubeApi.start(Checkout.find());
        elsewhere.installCrds(Checkout.find().crds());
    }

    @AfterAll
    static void stopTheOtherCluster() {
        elsewhere.close();
    }

    /** With a zone that the operator created, so that a deletion would take all of it away; and a Mailbox of another namespace. */
    @BeforeEach
    void mailFlows() {
        scene.destination(TEAM).destination(BOSS);
        MergePatch.merge(
                rig.client().namespaces().withName(rig.otherNamespace()),
                Map.of("metadata", Map.of("labels", Map.of(LABEL, "yes"))));
        scene.mailDomain("d", DOMAIN, "zone: {deletionPolicy: Delete}", MAILBOXES, RULES);
        scene.catchAll("rest", "d", "forwardTo: " + BOSS);
        scene.eventuallyDomain("d", status -> status.isNotReadyBecause("ZonePending"));
        rig.control().activate(DOMAIN);
        scene.eventuallyReady("d");
        scene.eventuallyCatchAll("rest", StatusAssert::isReady);
        zone = scene.mailDomain("d").getStatus().zone().id();
        for (int i = 0; i < RULES_OF_OTHERS; i++) {
            rig.dashboard().createRule(zone, "", "n" + i + "@" + DOMAIN, Dashboard.drop());
        }
        rig.apply(mailboxYaml("box", rig.namespace()));
        eventuallyActive(rig.client(), "box");
        // Where a rule is missing for a moment, the catch-all gets its mail.
        mail = MailStream.start(
                rig.control(),
                Map.of(
                        "a@" + DOMAIN,
                        "forwarded to " + TEAM,
                        "b@in." + DOMAIN,
                        "forwarded to " + TEAM,
                        "c@" + DOMAIN,
                        "forwarded to " + TEAM,
                        BOX,
                        "forwarded to " + TEAM,
                        "unnamed@" + DOMAIN,
                        "forwarded to " + BOSS));
    }

    @AfterEach
    void noMailIsLost() {
        if (mail != null) {
            mail.close();
        }
        if (there != null) {
            there.close();
        }
        if (mail != null) {
            assertThat(mail.lost()).isEmpty();
            assertThat(mail.sent()).isGreaterThan(50);
        }
    }

    /** Another installation in the other cluster, with all that it needs but an operator that runs. */
    private OperatorProcess.Launch installation(String ownerId) {
        String home = elsewhere.createNamespace("operator");
        apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + rig.namespace() + "}\n");
        apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + rig.otherNamespace() + ", labels: {" + LABEL
                + ": 'yes'}}\n");
        ChartRbac rbac = ChartRbac.apply(
                elsewhere,
                new Chart(Checkout.find().chart()),
                home,
                Map.of(
                        "watchNamespaces",
                        List.of(rig.namespace(), rig.otherNamespace()),
                        "mailboxes",
                        Map.of("enabled", true)));
        rig.alsoSecret(rbac.kubeconfig().config().getAutoOAuthToken());
        new TestAccount(elsewhere.client(), home)
                .putSecret(Map.of(
                        "CLOUDFLARE_API_TOKEN", rig.token(), "CLOUDFLARE_ACCOUNT_ID", SimulatorControl.ACCOUNT_ID));
        // Under the name that the manifests say.
        apply(new TestAccount(elsewhere.client(), home)
                .yaml(rig.namespace())
                .replace("{name: " + home + "}", "{name: " + rig.account() + "}"));
        Path files = rig.launch().log().getParent();
        return new OperatorProcess.Launch(
                        rig.launch().jar(),
                        rbac.kubeconfig().write(files.resolve("MovingIT-" + home + ".kubeconfig")),
                        home,
                        rig.launch().cloudflare(),
                        rig.launch().options(),
                        files.resolve("MovingIT-" + home + ".operator.log"))
                .instead("--owner-id=" + ownerId);
    }

    private void start(OperatorProcess.Launch installation) {
        there = OperatorProcess.start(installation);
        there.awaitReady(START);
    }

    private void apply(String yaml) {
        elsewhere
                .client()
                .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .fieldManager("test")
                .forceConflicts()
                .serverSideApply();
    }

    private void applyThere(String rules) {
        apply(scene.mailDomainYaml(rig.namespace(), "d", DOMAIN, "zone: {policy: AdoptOnly}", MAILBOXES, rules));
        apply(catchAllYaml(rig.namespace()));
        apply(mailboxYaml("box", rig.namespace()));
    }

    private static String catchAllYaml(String namespace) {
        return """
                apiVersion: maildomain.io/v1alpha1
                kind: CatchAllRule
                metadata: {name: rest, namespace: %s}
                spec:
                  domainRef: {name: d}
                  action: {forwardTo: %s}
                """.formatted(namespace, BOSS);
    }

    /** @param domains the namespace of the MailDomain */
    private String mailboxYaml(String name, String domains) {
        return """
                apiVersion: maildomain.io/v1alpha1
                kind: Mailbox
                metadata: {name: %s, namespace: %s}
                spec:
                  domainRef: {name: d, namespace: %s}
                  address: %s
                  action: {forwardTo: %s}
                """.formatted(name, rig.otherNamespace(), domains, BOX, TEAM);
    }

    private static Resource<MailDomain> domain(KubernetesClient client, String namespace) {
        return client.resources(MailDomain.class).inNamespace(namespace).withName("d");
    }

    private static Resource<CatchAllRule> catchAll(KubernetesClient client, String namespace) {
        return client.resources(CatchAllRule.class).inNamespace(namespace).withName("rest");
    }

    private Resource<Mailbox> mailbox(KubernetesClient client, String name) {
        return client.resources(Mailbox.class).inNamespace(rig.otherNamespace()).withName(name);
    }

    private void eventuallyActive(KubernetesClient client, String name) {
        eventually(() ->
                assertThat(mailbox(client, name).get().getStatus().state()).isEqualTo(MailboxState.Active));
    }

    private void eventuallyThere(RuleState state, int rules) {
        eventually(() -> {
            MailDomain domain = domain(elsewhere.client(), rig.namespace()).get();
            assertThatConditions(domain.getStatus().conditions()).isReady();
            assertThat(domain.getStatus().rules())
                    .hasSize(rules)
                    .extracting(RuleStatus::state)
                    .containsOnly(state);
            assertThatConditions(catchAll(elsewhere.client(), rig.namespace())
                            .get()
                            .getStatus()
                            .conditions())
                    .isReady();
        });
        eventuallyActive(elsewhere.client(), "box");
    }

    /** The rules that some installation of the operator wrote, by their addresses. */
    private Map<String, JsonNode> rules() {
        Map<String, JsonNode> rules = new TreeMap<>();
        for (int page = 1; page <= 2; page++) {
            rig.dashboard()
                    .get("/zones/" + zone + "/email/routing/rules?per_page=50&page=" + page)
                    .forEach(rule -> {
                        if (rule.path("name").asText().contains("[mdo:")) {
                            rules.put(Scene.addressOf(rule), rule);
                        }
                    });
        }
        // That of the catch-all.
        rules.remove("");
        return rules;
    }

    @Test
    void toAnotherNamespaceOfTheSameCluster() {
        String next = rig.otherNamespace();
        new Tenants(rig, scene).grant(Tenants.ALL, Tenants.ALL.replace("domains: ['*']", "domains: [" + DOMAIN + "]"));
        rig.apply(scene.mailDomainYaml(next, "d", DOMAIN, MAILBOXES, RULES));
        rig.apply(catchAllYaml(next));
        rig.apply(mailboxYaml("box-moved", next));
        eventually(() -> assertThatConditions(
                        domain(rig.client(), next).get().getStatus().conditions())
                .isNotReadyBecause("Conflict"));
        Set<String> ids = idsOf(rules());

        scene.delete("d");

        eventually(() -> {
            assertThatConditions(domain(rig.client(), next).get().getStatus().conditions())
                    .isReady();
            assertThatConditions(catchAll(rig.client(), next).get().getStatus().conditions())
                    .isReady();
        });
        eventuallyActive(rig.client(), "box-moved");
        assertThat(scene.events()).anyMatch(event -> event.startsWith("HandedOver"));
        scene.eventuallyCatchAll("rest", status -> status.isNotReadyBecause("DomainNotFound"));
        rig.control().clearCalls();
        scene.catchAlls("rest").delete();
        mailbox(rig.client(), "box").delete();
        scene.cloudflareStaysUnwritten();
        assertThat(scene.catchAllRule("rest")).isNull();
        assertThat(rules()).containsOnlyKeys("a@" + DOMAIN, "b@in." + DOMAIN, "c@" + DOMAIN, BOX);
        assertThat(idsOf(rules())).as("the same rules").isEqualTo(ids);
    }

    private static Set<String> idsOf(Map<String, JsonNode> rules) {
        return rules.values().stream().map(rule -> rule.path("id").asText()).collect(Collectors.toSet());
    }

    /** The operator there starts last: what it did not find it would delete. */
    @Test
    void toAnotherClusterWithTheOwnerIdAndWithoutAStatus() {
        OperatorProcess.Launch installation = installation(rig.operatorNamespace());
        applyThere(RULES);
        rig.operator().terminate();
        rig.control().clearCalls();

        start(installation);
        eventuallyThere(RuleState.Synced, 3);
        assertThat(scene.writes()).isZero();

        MergePatch.takeFinalizersOff(scene.catchAlls("rest"));
        MergePatch.takeFinalizersOff(scene.domains("d"));
        mailbox(rig.client(), "box").delete();
        scene.catchAlls("rest").delete();
        scene.delete("d");
        mailIsOfTheNewOne(Set.of());
    }

    /** What the new manifest leaves out goes on: it keeps the name that the old installation gave it. */
    @Test
    void toAnotherClusterWhileBothInstallationsGoOn() throws Exception {
        start(installation(NEW_ID));
        rig.control().clearCalls();
        applyThere(rulesOf(A_AND_B));
        eventuallyThere(RuleState.Matched, 2);

        MergePatch.merge(scene.domains("d"), RETAIN);
        scene.delete("d");
        scene.catchAlls("rest").delete();
        mailbox(rig.client(), "box").delete();
        scene.cloudflareStaysUnwritten();
        assertThat(scene.catchAllRule("rest")).isNull();

        runTheBlocksOfTheGuide();
        eventuallyThere(RuleState.Synced, 2);
        mailIsOfTheNewOne(Set.of("c@" + DOMAIN));
    }

    /** @param others addresses whose rules it does not have */
    private void mailIsOfTheNewOne(Set<String> others) {
        assertThat(scene.zoneExists(DOMAIN)).isTrue();
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isTrue();
        mail.close();
        applyThere(rulesOf(forward("a@" + DOMAIN, BOSS)));
        Set<String> with = new TreeSet<>(others);
        with.addAll(Set.of("a@" + DOMAIN, BOX));
        eventually(() -> assertThat(rules().keySet()).isEqualTo(with));
        assertThat(goesTo(rules().get("a@" + DOMAIN))).isEqualTo("forward " + BOSS);
        domain(elsewhere.client(), rig.namespace()).delete();
        catchAll(elsewhere.client(), rig.namespace()).delete();
        eventually(() ->
                assertThat(domain(elsewhere.client(), rig.namespace()).get()).isNull());
        assertThat(rules().keySet()).isEqualTo(others);
        assertThat(scene.zoneExists(DOMAIN)).as("it counts as adopted").isTrue();
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isTrue();
    }

    /** Those of the page that list the addresses, and that call Cloudflare. */
    private void runTheBlocksOfTheGuide() {
        List<String> lines = new ArrayList<>(List.of("set -euo pipefail"));
        boolean inside = false;
        for (String line : GuidePage.read("docs/guides/moving.md")
                .commands()
                .map(GuidePage.Command::text)
                .toList()) {
            inside |= line.startsWith("kubectl get mdom,mbox ");
            if (inside) {
                lines.add(line);
            }
            inside &= !line.equals("done");
        }
        assertThat(lines).hasSizeGreaterThan(5).last().isEqualTo("done");
        Kubectl.Result result = Kubectl.find(
                        Checkout.find(),
                        elsewhere.kubeconfig(),
                        folder,
                        Path.of("target/kubectl/" + rig.namespace() + ".txt"))
                .run(
                        String.join("\n", lines),
                        Map.of(
                                "CLOUDFLARE_API_BASE_URL",
                                        rig.launch().cloudflare().toString(),
                                "CLOUDFLARE_API_TOKEN", rig.token(),
                                "ZONE_ID", zone,
                                "OLD_ID", rig.operatorNamespace(),
                                "NEW_ID", NEW_ID));
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).isEmpty();
        assertThat(folder.resolve("addresses")).content().contains(BOX).doesNotContain("c@" + DOMAIN);
    }
}
