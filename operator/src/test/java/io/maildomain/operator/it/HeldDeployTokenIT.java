package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Secret with the deploy token waits for the site whose project goes with it, as one with the operator's token does for MailDomains. */
class HeldDeployTokenIT {

    private static final String TOKEN = "the-deploy-token-that-is-held-0123456789";
    private static final String SECRET = "deploy-tokens";
    private static final String OURS = "maildomain.io/needed-by-";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
                    "--deploying",
                    "--drift-interval=10m",
                    "--held-secrets=" + SECRET,
                    "--hold-secrets-grace=3s",
                    "--hold-secrets-longest=10m")
            .withChart(Map.of(
                    "deploying",
                    Map.of("enabled", true, "configMaps", List.of("files")),
                    "heldSecrets",
                    Map.of("names", List.of(SECRET))));

    @Test
    void aFolderWithASiteThatGoesWhileTheOperatorIsDownEndsByItselfAndTakesTheProjectAway() {
        aFolderWithASite();
        rig.operator().kill();

        secret().delete();
        site().delete();
        account().delete();
        assertThat(secret().get()).as("it waits").isNotNull();
        rig.restartOperator();

        eventually(() -> assertThat(site().get()).isNull());
        eventually(() -> assertThat(secret().get()).isNull());
        assertThat(account().get()).isNull();
        assertThat(projects()).isEmpty();
    }

    private void aFolderWithASite() {
        rig.control().putToken("deploy", TOKEN, List.of("Account: Cloudflare Pages: Edit"));
        rig.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: %s}
                stringData: {CLOUDFLARE_DEPLOY_API_TOKEN: "%s"}
                """.formatted(SECRET, rig.operatorNamespace(), TOKEN));
        rig.apply(
                """
                apiVersion: maildomain.io/v1alpha1
                kind: CloudflareAccount
                metadata: {name: %1$s}
                spec:
                  accountId: %2$s
                  secretRef: {namespace: %3$s, name: cloudflare-tokens}
                  deploySecretRef: {namespace: %3$s, name: %4$s}
                  access:
                  - namespaces: {matchLabels: {kubernetes.io/metadata.name: %5$s}}
                    domains: ["*"]
                    deploy: {pages: [held-web]}
                """.formatted(pruned(), SimulatorControl.ACCOUNT_ID, rig.operatorNamespace(), SECRET, rig.namespace()));
        rig.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: files, namespace: %s}
                data: {index.html: "<h1>mail</h1>"}
                """.formatted(rig.namespace()));
        rig.apply("""
                apiVersion: maildomain.io/v1alpha1
                kind: MailSite
                metadata: {name: web, namespace: %s}
                spec:
                  accountRef: {name: %s}
                  project: held-web
                  source: {configMap: {name: files}}
                  createProject: true
                  deletionPolicy: Delete
                """.formatted(rig.namespace(), pruned()));
        eventually(() -> assertThat(projects()).hasSize(1));
        eventually(() -> assertThat(secret().get().getMetadata().getFinalizers())
                .anyMatch(finalizer -> finalizer.startsWith(OURS)));
    }

    private String pruned() {
        return "held-" + rig.namespace();
    }

    private JsonNode projects() {
        return rig.control().state().at("/accounts/0/platform/pages");
    }

    private Resource<Secret> secret() {
        return rig.client().secrets().inNamespace(rig.operatorNamespace()).withName(SECRET);
    }

    private Resource<MailSite> site() {
        return rig.client()
                .resources(MailSite.class)
                .inNamespace(rig.namespace())
                .withName("web");
    }

    private Resource<CloudflareAccount> account() {
        return rig.client().resources(CloudflareAccount.class).withName(pruned());
    }
}
