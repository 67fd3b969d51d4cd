package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.maildomain.api.v1alpha1.CatchAllRule;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A Secret that the installation lists waits for what needs its token, though the operator restarts meanwhile; and never for ever
 * ({@code docs/adr/0044}).
 */
class HeldSecretsIT {

    private static final String SHOP = "shop.example";
    private static final String OURS = "maildomain.io/needed-by-";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
                    "--drift-interval=10m",
                    "--local-secrets",
                    "--hand-over=2s",
                    "--held-secrets=tokens,spare",
                    "--hold-secrets-grace=3s",
                    "--hold-secrets-longest=10m")
            .withChart(Map.of("localSecrets", true, "heldSecrets", Map.of("names", List.of("tokens", "spare"))));

    private final Scene scene = new Scene(rig);

    @BeforeEach
    void aDomainThatOthersSetUp() {
        scene.destination(TEAM);
        scene.activeZone(SHOP);
        // Stays to the end: something that the search for leaked tokens can look at.
        rig.apply(scene.mailDomainYaml(rig.otherNamespace(), "left", "left.example", "suspend: true"));
    }

    private void aFolderWithAnAccount() {
        secret(rig.operatorNamespace(), "tokens");
        account("tokens");
        domain("credentials: {accountRef: {name: " + pruned() + "}}");
        eventuallyHeld(rig.operatorNamespace());
    }

    private void aFolderWithASecretOfItsOwn() {
        secret(rig.namespace(), "tokens");
        domain("credentials: {secretRef: {name: tokens}}");
        eventuallyHeld(rig.namespace());
    }

    private String pruned() {
        return "held-" + rig.namespace();
    }

    private void account(String secret) {
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %1$s}
                spec:
                  secretRef: {namespace: %2$s, name: %4$s}
                  access: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: %3$s}}, domains: ["*"], forwardTo: ["*"]}]
                """.formatted(pruned(), rig.operatorNamespace(), rig.namespace(), secret));
    }

    private void secret(String namespace, String name) {
        rig.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: %s}
                stringData: {CLOUDFLARE_API_TOKEN: "%s", CLOUDFLARE_ACCOUNT_ID: "%s"}
                """.formatted(name, namespace, rig.token(), SimulatorControl.ACCOUNT_ID));
    }

    private void domain(String credentials) {
        scene.mailDomain("shop", SHOP, credentials, rulesOf(forward("a@" + SHOP, TEAM)));
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: CatchAllRule
                metadata: {name: shop, namespace: %s}
                spec: {domainRef: {name: shop}, action: {forwardTo: %s}}
                """.formatted(rig.namespace(), TEAM));
        scene.eventuallyReady("shop");
        scene.eventuallyCatchAll("shop", StatusAssert::isReady);
    }

    private Optional<Secret> secretNow(String namespace, String name) {
        return Optional.ofNullable(
                rig.client().secrets().inNamespace(namespace).withName(name).get());
    }

    private boolean isHeld(String namespace, String name) {
        return secretNow(namespace, name)
                .filter(secret -> secret.getMetadata().getFinalizers().stream().anyMatch(each -> each.startsWith(OURS)))
                .isPresent();
    }

    private void eventuallyHeld(String namespace) {
        eventually(() -> assertThat(isHeld(namespace, "tokens")).isTrue());
    }

    private void deleteSecret(String namespace) {
        rig.client().secrets().inNamespace(namespace).withName("tokens").delete();
    }

    /** As Git's tools do: everything at once, the Secret first, and no waiting. */
    private void prune(String namespaceOfSecret) {
        KubernetesClient client = rig.client();
        deleteSecret(namespaceOfSecret);
        client.resources(MailDomain.class).inNamespace(rig.namespace()).delete();
        client.resources(CatchAllRule.class).inNamespace(rig.namespace()).delete();
        client.resources(CloudflareAccount.class).withName(pruned()).delete();
    }

    private void everythingEndsAndIsUndone(String namespaceOfSecret) {
        eventually(() -> assertThat(rig.client()
                        .resources(MailDomain.class)
                        .inNamespace(rig.namespace())
                        .list()
                        .getItems())
                .isEmpty());
        eventually(() -> assertThat(secretNow(namespaceOfSecret, "tokens")).isEmpty());
        String zone = rig.dashboard().zoneId(SHOP);
        assertThat(scene.addresses(zone)).isEmpty();
        assertThat(scene.routing(zone).path("enabled").asBoolean()).isFalse();
        assertThat(scene.catchAll(zone).path("enabled").asBoolean()).isFalse();
    }

    private void eventuallyTold(String reason, String... words) {
        eventually(() -> assertThat(rig.client()
                        .v1()
                        .events()
                        .inNamespace(rig.operatorNamespace())
                        .list()
                        .getItems())
                .filteredOn(event -> event.getReason().equals(reason))
                .anySatisfy(event -> {
                    assertThat(event.getInvolvedObject().getKind()).isEqualTo("Secret");
                    assertThat(event.getMessage()).contains(words);
                }));
    }

    @Test
    void aFolderThatGoesWhileTheOperatorIsDownEndsByItselfAndLeavesNothing() {
        aFolderWithAnAccount();
        rig.operator().kill();
        prune(rig.operatorNamespace());
        assertThat(secretNow(rig.operatorNamespace(), "tokens")).as("it waits").isPresent();

        rig.restartOperator();

        everythingEndsAndIsUndone(rig.operatorNamespace());
        assertThat(rig.client()
                        .resources(CloudflareAccount.class)
                        .withName(pruned())
                        .get())
                .isNull();
    }

    @Test
    void aNamespaceThatGoesWhileTheOperatorIsDownEndsByItselfAndLeavesNothing() {
        aFolderWithASecretOfItsOwn();
        rig.operator().kill();
        rig.client().namespaces().withName(rig.namespace()).delete();
        prune(rig.namespace());

        rig.restartOperator();

        everythingEndsAndIsUndone(rig.namespace());
    }

    @Test
    void theOperatorIsKilledWhileItUndoesAndTheNextOneEndsIt() {
        aFolderWithAnAccount();
        rig.control()
                .addFault(Map.of(
                        "method",
                        "DELETE",
                        "path",
                        ".*/email/routing/rules/.*",
                        "times",
                        1_000,
                        "fault",
                        Map.of("status", 500)));
        prune(rig.operatorNamespace());
        eventuallyTold("SecretHeld", rig.namespace() + "/shop");

        rig.restartOperator();

        rig.control().clearFaults();
        everythingEndsAndIsUndone(rig.operatorNamespace());
    }

    @Test
    void aSecretThatAUserDeletesOnPurposeIsGoneAfterTheGraceAndTheDomainSaysSo() {
        aFolderWithAnAccount();

        deleteSecret(rig.operatorNamespace());

        eventuallyTold("SecretHeld", "nothing that needs its token", "revoke it at Cloudflare");
        eventually(
                () -> assertThat(secretNow(rig.operatorNamespace(), "tokens")).isEmpty());
        eventuallyTold("SecretReleased", "nothing that needs it is being deleted");
        scene.eventuallyDomain("shop", status -> status.isNotReadyBecause("SecretMissing"));
        secret(rig.operatorNamespace(), "tokens");
        scene.eventuallyReady("shop");
        eventuallyHeld(rig.operatorNamespace());
    }

    /** RBAC cannot say so: who may patch a Secret may write its token. */
    @Test
    void theApiServerRefusesTheOperatorEveryOtherChangeOfTheSecret() throws IOException {
        aFolderWithAnAccount();
        try (KubernetesClient operator = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(rig.launch().kubeconfig())))
                .build()) {
            for (String change : List.of(
                    "{\"data\": {\"CLOUDFLARE_API_TOKEN\": \"bm9uZQ==\"}}",
                    "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}",
                    "{\"metadata\": {\"annotations\": {\"a\": \"b\"}}}",
                    "{\"metadata\": {\"finalizers\": [\"example.com/another\"]}}",
                    "{\"immutable\": true}")) {
                assertThatThrownBy(() -> patch(operator, "tokens", change))
                        .as(change)
                        .isInstanceOf(KubernetesClientException.class)
                        .hasMessageContaining("mail-domain-operator may")
                        .hasMessageContaining("held-secrets");
            }
            patch(operator, "tokens", "{\"metadata\": {\"finalizers\": [\"" + OURS + "x\"]}}");
            assertThatThrownBy(
                            () -> patch(operator, "cloudflare-tokens", "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}"))
                    .as("RBAC, of a name that is not listed")
                    .hasMessageContaining("forbidden");
        }
    }

    private void patch(KubernetesClient as, String secret, String change) {
        as.secrets()
                .inNamespace(rig.operatorNamespace())
                .withName(secret)
                .patch(PatchContext.of(PatchType.JSON_MERGE), change);
    }

    @Test
    void aSecretOfAnAccountThatNamesAnotherOneIsReleasedThoughTheOperatorWasDown() {
        aFolderWithAnAccount();
        rig.operator().kill();
        secret(rig.operatorNamespace(), "spare");
        account("spare");

        rig.restartOperator();

        eventually(() -> assertThat(isHeld(rig.operatorNamespace(), "spare")).isTrue());
        eventually(() -> assertThat(isHeld(rig.operatorNamespace(), "tokens")).isFalse());
    }

    @Test
    void otherFinalizersAndOtherSecretsAreNotTouched() {
        secret(rig.operatorNamespace(), "tokens");
        rig.client()
                .secrets()
                .inNamespace(rig.operatorNamespace())
                .withName("tokens")
                .edit(secret -> {
                    secret.getMetadata().getFinalizers().add("example.com/another");
                    return secret;
                });
        account("tokens");
        domain("credentials: {accountRef: {name: " + pruned() + "}}");
        eventuallyHeld(rig.operatorNamespace());
        assertThat(secretNow(rig.operatorNamespace(), "cloudflare-tokens")
                        .orElseThrow()
                        .getMetadata()
                        .getFinalizers())
                .as("a Secret that is not listed")
                .isEmpty();

        scene.delete("shop");

        eventually(() -> assertThat(secretNow(rig.operatorNamespace(), "tokens")
                        .orElseThrow()
                        .getMetadata()
                        .getFinalizers())
                .containsExactly("example.com/another"));
    }
}
