package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.KubeApi;
import io.maildomain.harness.Kubectl;
import io.maildomain.harness.Kubectl.Result;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Git's tools do when a folder, a namespace or all goes: they delete everything and wait for nothing. It ends as if nothing
 * had ever been applied, or says what it waits for.
 */
class PruningIT {

    private static final String SHOP = "shop.example";
    private static final String MINE = "credentials: {secretRef: {name: tokens}}";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
                    "--drift-interval=10m", "--local-secrets", "--hand-over=2s")
            .withChart(Map.of("localSecrets", true));

    private final Scene scene = new Scene(rig);

    @TempDir
    private Path folder;

    private Kubectl kubectl;
    private JsonNode before;

    @BeforeEach
    void aDomainThatOthersSetUp() {
        kubectl = Kubectl.find(
                Checkout.find(),
                KubeApi.shared().kubeconfig(),
                folder,
                Path.of("target/kubectl/" + rig.namespace() + ".txt"));
        scene.destination(TEAM);
        scene.activeZone(SHOP);
        before = scene.cloudflare();
        // Stays to the end: something that the search for leaked tokens can look at.
        rig.apply(scene.mailDomainYaml(rig.otherNamespace(), "left", "left.example", "suspend: true"));
    }

    /** An account, its Secret, a MailDomain and a CatchAllRule, as files of one folder; without an account the domain names the Secret. */
    private void folderWithAnAccount() throws IOException {
        secretFile(rig.operatorNamespace());
        Files.writeString(
                folder.resolve("git/account.yaml"), """
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %1$s}
                spec:
                  secretRef: {namespace: %2$s, name: tokens}
                  access: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: %3$s}}, domains: ["*"], forwardTo: ["*"]}]
                """.formatted(pruned(), rig.operatorNamespace(), rig.namespace()));
        domainFiles("credentials: {accountRef: {name: " + pruned() + "}}");
    }

    private void folderWithoutAnAccount() throws IOException {
        secretFile(rig.namespace());
        domainFiles(MINE);
    }

    private String pruned() {
        return "pruned-" + rig.namespace();
    }

    private void secretFile(String namespace) throws IOException {
        Files.createDirectories(folder.resolve("git"));
        Files.writeString(folder.resolve("git/a-secret.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata: {name: tokens, namespace: %s}
                stringData: {CLOUDFLARE_API_TOKEN: "%s", CLOUDFLARE_ACCOUNT_ID: "%s"}
                """.formatted(
                        namespace, rig.token(), SimulatorControl.ACCOUNT_ID));
    }

    private void domainFiles(String credentials) throws IOException {
        String domain = scene.mailDomainYaml(
                rig.namespace(),
                "shop",
                SHOP,
                credentials,
                rulesOf(forward("a@" + SHOP, TEAM), forward("b@in." + SHOP, TEAM)));
        Files.writeString(folder.resolve("git/domain.yaml"), domain + """
                ---
                apiVersion: maildomain.io/v1alpha1
                kind: CatchAllRule
                metadata: {name: shop, namespace: %s}
                spec: {domainRef: {name: shop}, action: {forwardTo: %s}}
                """.formatted(rig.namespace(), TEAM));
        succeeds("kubectl apply -f git/");
        scene.eventuallyReady("shop");
        scene.eventuallyCatchAll("shop", StatusAssert::isReady);
        assertThat(scene.cloudflare()).isNotEqualTo(before);
    }

    private String succeeds(String line) {
        Result result = kubectl.run(line);
        assertThat(result.exitCode()).as("%s%n%s", line, result.output()).isZero();
        return result.output();
    }

    private void prune(String what) {
        succeeds("kubectl delete --wait=false -f " + what);
    }

    /** As a user sees it, and at Cloudflare. */
    private void nothingIsLeft() {
        eventually(() -> assertThat(succeeds("kubectl get mdom,catchallrules -n " + rig.namespace()))
                .contains("No resources found"));
        eventually(() -> assertThat(succeeds("kubectl get cfa -o name")).doesNotContain(pruned()));
        eventually(() -> assertThat(
                        succeeds("kubectl get configmaps -l maildomain.io/departed -n " + rig.operatorNamespace()))
                .contains("No resources found"));
    }

    private void cloudflareIsAsBefore() {
        assertThat(scene.addresses(zone())).isEmpty();
        assertThat(scene.routing(zone()).path("enabled").asBoolean()).isFalse();
        assertThat(scene.catchAll(zone()).path("enabled").asBoolean()).isFalse();
        assertThat(scene.cloudflare().path("zones").size())
                .isEqualTo(before.path("zones").size());
    }

    private String zone() {
        return rig.dashboard().zoneId(SHOP);
    }

    /** What a user who looks at the MailDomain sees. */
    private void saysThatTheSecretIsMissing() {
        eventually(() -> assertThat(succeeds("kubectl get mdom shop -n " + rig.namespace()))
                .containsPattern("shop +" + SHOP + " +False +SecretMissing "));
        assertThat(succeeds("kubectl describe mdom shop -n " + rig.namespace()))
                .contains("Deletion Timestamp")
                .contains("tokens")
                .contains("maildomain.io/finalizer");
    }

    @Test
    void aFolderWithAccountSecretAndDomainsIsGoneAndEverythingUndone() throws IOException {
        folderWithAnAccount();

        prune("git/");

        nothingIsLeft();
        cloudflareIsAsBefore();
    }

    @Test
    void aFolderThatGoesWhileTheOperatorIsDownSaysThatItsSecretIsMissingAndGoesOnOnceThatIsBack() throws IOException {
        folderWithAnAccount();
        rig.operator().kill();

        prune("git/");
        rig.restartOperator();

        saysThatTheSecretIsMissing();
        assertThat(succeeds("kubectl get cfa " + pruned()))
                .as("the account waits for it")
                .contains("False");
        succeeds("kubectl apply -f git/a-secret.yaml");
        nothingIsLeft();
        cloudflareIsAsBefore();
    }

    @Test
    void operatorAndResourcesGoAtOnceAndTheNextOperatorEndsIt() throws IOException {
        folderWithAnAccount();
        rig.operator().kill();

        prune("git/domain.yaml -f git/account.yaml");

        assertThat(succeeds("kubectl get mdom,catchallrules -n " + rig.namespace() + " -o yaml"))
                .as("they are held, and by what is there to see")
                .contains("deletionTimestamp:")
                .contains("- maildomain.io/finalizer");
        assertThat(scene.addresses(zone())).isNotEmpty();
        rig.restartOperator();
        nothingIsLeft();
        cloudflareIsAsBefore();
    }

    @Test
    void aNamespaceWithItsSecretIsGoneAndEverythingUndone() throws IOException {
        folderWithoutAnAccount();

        pruneNamespace();

        nothingIsLeft();
        cloudflareIsAsBefore();
    }

    @Test
    void aNamespaceThatGoesWhileTheOperatorIsDownTakesNoSecretAnyMoreAndEndsWhenToldTo() throws IOException {
        folderWithoutAnAccount();
        rig.operator().kill();

        pruneNamespace();
        rig.restartOperator();

        saysThatTheSecretIsMissing();
        Result back = kubectl.run("kubectl apply -f git/a-secret.yaml");
        assertThat(back.exitCode()).isNotZero();
        assertThat(back.output()).contains("because it is being terminated");
        succeeds("kubectl annotate mdom,catchallrules --all -n " + rig.namespace() + " maildomain.io/abandon=true");
        nothingIsLeft();
        assertThat(scene.addresses(zone())).as("what stays").containsExactly("a@" + SHOP, "b@in." + SHOP);
    }

    /** No controller runs here: this is what that of namespaces does, with the worst order. */
    private void pruneNamespace() {
        KubernetesClient client = rig.client();
        client.namespaces().withName(rig.namespace()).delete();
        client.secrets().inNamespace(rig.namespace()).delete();
        client.resources(MailDomain.class).inNamespace(rig.namespace()).delete();
        client.resources(CatchAllRule.class).inNamespace(rig.namespace()).delete();
        assertThat(client.namespaces()
                        .withName(rig.namespace())
                        .get()
                        .getStatus()
                        .getPhase())
                .isEqualTo("Terminating");
    }
}
