package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.OperatorExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** For people who may not make ClusterRoles: no CloudflareAccount is read, and nothing cluster-wide is granted. */
class RolesOnlyIT {

    private static final String DOMAIN = "settled.example";

    @RegisterExtension
    final OperatorExtension rig = OperatorExtension.withOptions(
                    "--accounts=false", "--local-secrets=true", "--drift-interval=10m")
            .withChart(Map.of("accounts", false, "localSecrets", true));

    private final Scene scene = new Scene(rig);

    @Test
    void aMailDomainWorksWithASecretOfItsNamespaceAndIsUndone() {
        scene.destination(TEAM);
        String zone = scene.settledZone(DOMAIN);
        scene.secret(rig.namespace(), "mine", Map.of("CLOUDFLARE_API_TOKEN", rig.token()));
        scene.mailDomain(
                "mine", DOMAIN, "credentials: {secretRef: {name: mine}}", rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.catchAll("mine", "mine", "forwardTo: " + TEAM);
        scene.eventuallyReady("mine");
        scene.eventuallyCatchAll("mine", StatusAssert::isReady);
        assertThat(scene.addresses(zone)).containsExactly("a@" + DOMAIN);
        scene.catchAlls("mine").delete();
        scene.delete("mine");
        assertThat(scene.addresses(zone)).isEmpty();
    }

    @Test
    void whatNamesAnAccountSaysThatThereAreNone() {
        scene.mailDomain("mine", DOMAIN);
        scene.eventuallyDomain("mine", status -> status.isNotReadyBecause("AccountsDisabled")
                .has("Stalled", "True")
                .says("CredentialsValid", "spec.credentials.secretRef"));
        assertThat(scene.account().getStatus())
                .as("only users of accounts look at them")
                .satisfiesAnyOf(status -> assertThat(status).isNull(), status -> assertThat(status.conditions())
                        .isEmpty());
        assertThat(scene.calls().filter(call -> !call.path("token").asText().equals("start")))
                .isEmpty();
    }

    @Test
    void theServiceAccountMayReadNothingAcrossTheCluster() {
        for (String resource : new String[] {"secrets", "namespaces"}) {
            assertThat(may("list", "", resource, ""))
                    .as("list %s everywhere", resource)
                    .isFalse();
            assertThat(may("list", "", resource, "default"))
                    .as("list %s of default", resource)
                    .isFalse();
        }
        for (String resource : new String[] {"maildomains", "catchallrules", "cloudflareaccounts"}) {
            assertThat(may("list", "maildomain.io", resource, ""))
                    .as("list %s everywhere", resource)
                    .isFalse();
        }
        assertThat(may("list", "maildomain.io", "maildomains", rig.namespace())).isTrue();
        assertThat(may("get", "", "secrets", rig.namespace())).isTrue();
    }

    private boolean may(String verb, String group, String resource, String namespace) {
        return rig.mayOperator(verb, group, resource, namespace);
    }
}
