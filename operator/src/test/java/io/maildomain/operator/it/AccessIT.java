package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.goesTo;
import static io.maildomain.operator.it.Scene.rulesOf;
import static io.maildomain.operator.it.Tenants.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.harness.Dashboard;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import io.maildomain.operator.it.Tenants.Untouched;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ways in which a namespace tries to create, change or read through the operator what it was not granted. In each of
 * them nothing happens at Cloudflare.
 */
class AccessIT {

    private static final String MINE = "mine.example";
    private static final String THEIRS = "theirs.example";
    private static final String GRANTED =
            "domains: [mine.example, mine-too.example], workers: ['mine-*']," + " forwardTo: ['*@mine.corp.example']";

    @RegisterExtension
    final OperatorExtension rig =
            OperatorExtension.withOptions("--drift-interval=10m", "--final-base=300ms", "--final-cap=1s");

    private final Scene scene = new Scene(rig);
    private final Tenants tenants = new Tenants(rig, scene);
    private String theirZone;
    private String myZone;

    @BeforeEach
    void aNeighbourWhoHasWhatTheTenantMustNotReach() {
        scene.destination(TEAM).destination("me@mine.corp.example");
        rig.control().putWorker("their-worker");
        rig.control().putWorker("mine-1");
        theirZone = scene.settledZone(THEIRS);
        myZone = scene.settledZone(MINE);
        tenants.grant(GRANTED, ALL);
        tenants.neighbourManages("theirs", THEIRS, rulesOf(forward("a@" + THEIRS, TEAM)));
    }

    private void isDenied(String name, String... words) {
        scene.eventuallyDomain(name, status -> status.isNotReadyBecause("AccessDenied")
                .has("Stalled", "True")
                .says("Ready", words));
    }

    @Test
    void somebodyElsesDomain() {
        Untouched untouched = tenants.untouched();
        scene.mailDomain(
                "grab", THEIRS, "zone: {policy: AdoptOnly}", rulesOf(forward("a@" + THEIRS, "x@evil.example")));
        isDenied("grab", THEIRS, rig.namespace(), rig.account(), "spec.access");
        scene.delete("grab");
        untouched.nothingHappened(THEIRS);
    }

    @Test
    void aSubdomainOfSomebodyElsesDomainAndOneThatOnlyLooksLikeOnesOwn() {
        Untouched untouched = tenants.untouched();
        scene.mailDomain("below", "in." + THEIRS);
        scene.mailDomain("look-alike", "not" + MINE);
        scene.mailDomain("suffix", MINE + ".evil.example");
        isDenied("below", "in." + THEIRS);
        isDenied("look-alike", "not" + MINE);
        isDenied("suffix", MINE + ".evil.example");
        untouched.nothingHappened(THEIRS, MINE);
    }

    @Test
    void somebodyElsesWorkerAndDestinationInARule() {
        scene.mailDomain("mine", MINE, rulesOf(forward("ok@" + MINE, "me@mine.corp.example")));
        scene.eventuallyReady("mine");
        Untouched untouched = tenants.untouched();
        scene.mailDomain(
                "mine",
                MINE,
                rulesOf(
                        forward("ok@" + MINE, "me@mine.corp.example"),
                        forward("leak@" + MINE, TEAM),
                        "{address: bot@" + MINE + ", action: {worker: their-worker}}",
                        "{address: no@" + MINE + ", action: {worker: not-there-at-all}}"));
        scene.eventuallyDomain("mine", status -> status.isNotReadyBecause("AccessDenied")
                .says("RulesSynced", "forwardTo", "spec.access"));
        assertThat(scene.mailDomain("mine").getStatus().rules())
                .filteredOn(rule -> !rule.address().startsWith("ok@"))
                .hasSize(3)
                .allSatisfy(rule -> assertThat(rule.state()).hasToString("AccessDenied"));
        untouched.nothingHappened(THEIRS);
        assertThat(scene.addresses(myZone)).containsExactly("ok@" + MINE);
    }

    @Test
    void somebodyElsesWorkerOrDestinationInACatchAll() {
        scene.mailDomain("mine", MINE);
        scene.eventuallyReady("mine");
        Untouched untouched = tenants.untouched();
        scene.catchAll("worker", "mine", "worker: their-worker");
        scene.eventuallyCatchAll("worker", status -> status.isNotReadyBecause("AccessDenied")
                .says("Ready", "their-worker", "workers", "spec.access"));
        scene.catchAlls("worker").delete();
        scene.catchAll("forward", "mine", "forwardTo: " + TEAM);
        scene.eventuallyCatchAll("forward", status -> status.isNotReadyBecause("AccessDenied")
                .says("Ready", TEAM, "forwardTo", "spec.access"));
        untouched.nothingHappened(THEIRS);
    }

    @Test
    void theCatchAllOfSomebodyElsesDomain() {
        Untouched untouched = tenants.untouched();
        scene.catchAll("by-name", "theirs", "worker: mine-1");
        scene.mailDomain("grab", THEIRS);
        scene.catchAll("by-domain", "grab", "worker: mine-1");
        scene.eventuallyCatchAll("by-name", status -> status.isNotReadyBecause("DomainNotFound"));
        scene.eventuallyCatchAll("by-domain", status -> status.has("Ready", "False"));
        scene.catchAlls("by-domain").delete();
        scene.catchAlls("by-name").delete();
        eventually(() -> assertThat(scene.catchAllRule("by-domain")).isNull());
        eventually(() -> assertThat(scene.catchAllRule("by-name")).isNull());
        untouched.nothingHappened(THEIRS);
    }

    @Test
    void aZoneThatMustNotBeCreated() {
        Untouched untouched = tenants.untouched();
        scene.mailDomain("new", "mine-too.example");
        isDenied("new", "createZones", "spec.access");
        untouched.nothingHappened(THEIRS);
        assertThat(scene.zoneExists("mine-too.example")).isFalse();
    }

    @Test
    void moreDomainsThanGranted() {
        tenants.grant(GRANTED + ", maxDomains: 1", ALL);
        scene.mailDomain("mine", MINE);
        scene.eventuallyReady("mine");
        String second = scene.settledZone("mine-too.example");
        Untouched untouched = tenants.untouched();
        scene.mailDomain("second", "mine-too.example");
        isDenied("second", "at most 1", "maxDomains");
        untouched.nothingHappened("mine-too.example");
        scene.delete("mine");
        scene.eventuallyReady("second");
        assertThat(scene.mailDomain("second").getStatus().zone().id()).isEqualTo(second);
    }

    @Test
    void somebodyElsesAccount() {
        String token = "the-neighbours-very-own-token-0000000000000";
        rig.control().putToken("neighbour", token, SimulatorControl.RUNTIME_RIGHTS);
        scene.secret(rig.operatorNamespace(), "their-tokens", Map.of("CLOUDFLARE_API_TOKEN", token));
        String account = rig.otherNamespace();
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %1$s}
                spec:
                  secretRef: {namespace: %2$s, name: their-tokens}
                  access:
                  - {namespaces: {matchLabels: {kubernetes.io/metadata.name: %1$s}}, %3$s}
                """.formatted(account, rig.operatorNamespace(), ALL));
        // The account itself asks what its token may: that is its owner's doing, and must be over.
        Scene.eventually(() -> assertThat(rig.client()
                        .resources(CloudflareAccount.class)
                        .withName(account)
                        .get()
                        .getStatus()
                        .runtime()
                        .rights())
                .isNotEmpty());
        Untouched untouched = tenants.untouched();
        scene.mailDomain("mine", MINE, "credentials: {accountRef: {name: " + account + "}}");
        isDenied("mine", account, MINE);
        untouched.nothingHappened(THEIRS, MINE);
        scene.forgetAccount(account);
    }

    @Test
    void aSecretOfOnesOwnNamespaceWhereTheInstallationReadsNone() {
        String token = "a-token-that-somebody-found-somewhere-00000";
        rig.control().putToken("found", token, SimulatorControl.RUNTIME_RIGHTS);
        scene.secret(rig.namespace(), "found", Map.of("CLOUDFLARE_API_TOKEN", token));
        Untouched untouched = tenants.untouched();
        scene.mailDomain("mine", THEIRS, "credentials: {secretRef: {name: found}}");
        scene.mailDomain("guess", THEIRS, "credentials: {secretRef: {name: cloudflare-tokens}}");
        for (String name : new String[] {"mine", "guess"}) {
            scene.eventuallyDomain(name, status -> status.isNotReadyBecause("LocalSecretsDisabled")
                    .has("Stalled", "True")
                    .says("Ready", "localSecrets"));
        }
        untouched.nothingHappened(THEIRS);
        assertThat(tenants.operatorsCalls())
                .noneMatch(call -> call.path("token").asText().equals("found"));
    }

    @Test
    void aSecretOfAnotherNamespaceOrAnotherServer() {
        Untouched untouched = tenants.untouched();
        String elsewhere =
                "credentials: {secretRef: {name: cloudflare-tokens, namespace: " + rig.operatorNamespace() + "}}";
        String path = "credentials: {secretRef: {name: ../" + rig.operatorNamespace() + "/cloudflare-tokens}}";
        for (String spec : new String[] {elsewhere, path, "apiBaseUrl: http://evil.example"}) {
            assertThatThrownBy(() -> scene.mailDomain("mine", MINE, spec))
                    .isInstanceOf(KubernetesClientException.class);
        }
        untouched.nothingHappened(THEIRS, MINE);
    }

    @Test
    void aRuleOfAnotherInstallationOrOfWranglers() {
        scene.dashboard().createRule(myZone, "x [mdo:another]", "a@" + MINE, Dashboard.forward(TEAM));
        scene.dashboard().createRule(myZone, "plain", "b@" + MINE, Dashboard.forward(TEAM));
        Untouched untouched = tenants.untouched();
        scene.mailDomain(
                "mine",
                MINE,
                "conflictPolicy: Adopt",
                rulesOf(
                        forward("a@" + MINE, "me@mine.corp.example"),
                        "{address: b@" + MINE + ", action: {worker: their-worker}}"));
        scene.eventuallyDomain("mine", status -> status.has("Ready", "False").has("Stalled", "True"));
        assertThat(scene.mailDomain("mine").getStatus().rules())
                .extracting(rule -> rule.state().name())
                .containsExactly("Conflict", "AccessDenied");
        scene.delete("mine");
        untouched.nothingHappened(THEIRS);
        assertThat(goesTo(scene.rule(myZone, "a@" + MINE))).isEqualTo("forward " + TEAM);
    }

    @Test
    void theZoneIdOfSomebodyElseByAnnotation() {
        scene.mailDomain("mine", MINE, rulesOf(forward("ok@" + MINE, "me@mine.corp.example")));
        scene.eventuallyReady("mine");
        Untouched untouched = tenants.untouched();
        scene.annotate("mine", "maildomain.io/rebind-zone", theirZone);
        scene.eventuallyDomain("mine", status -> status.isNotReadyBecause("ZoneNotVisible"));
        String said = scene.mailDomain("mine").getStatus().conditions().toString();
        scene.annotate("mine", "maildomain.io/rebind-zone", "0".repeat(32));
        scene.eventuallyDomain(
                "mine", status -> status.isNotReadyBecause("ZoneNotVisible").says("Ready", "0".repeat(32)));
        untouched.nothingHappened();
        assertThat(said.replaceAll("[0-9a-f]{32}|20[0-9T:.Z-]+", "…"))
                .as("that a zone exists is not told apart from that there is none")
                .isEqualTo(scene.mailDomain("mine")
                        .getStatus()
                        .conditions()
                        .toString()
                        .replaceAll("[0-9a-f]{32}|20[0-9T:.Z-]+", "…"));
    }

    @Test
    void annotationsThatConfirmOrAbandonWhatBelongsToSomebodyElse() {
        Untouched untouched = tenants.untouched();
        rig.apply(scene.mailDomainYaml(
                        rig.namespace(), "grab", THEIRS, "zone: {deletionPolicy: Delete}", "deletionPolicy: Delete")
                .replace(
                        "metadata: {",
                        "metadata: {annotations: {maildomain.io/confirm-zone-deletion: " + THEIRS
                                + ", maildomain.io/abandon: 'true', maildomain.io/rebind-zone: " + theirZone + "}, "));
        isDenied("grab", THEIRS);
        scene.delete("grab");
        untouched.nothingHappened();
        assertThat(tenants.operatorsCalls()).isEmpty();
    }
}
