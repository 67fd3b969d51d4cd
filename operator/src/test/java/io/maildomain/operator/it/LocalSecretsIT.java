package io.maildomain.operator.it;

import static io.maildomain.operator.it.Scene.TEAM;
import static io.maildomain.operator.it.Scene.eventually;
import static io.maildomain.operator.it.Scene.forward;
import static io.maildomain.operator.it.Scene.rulesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.harness.OperatorExtension;
import io.maildomain.harness.SimulatorControl;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An installation that reads Secrets of the MailDomains' own namespaces, and CloudflareAccounts. */
class LocalSecretsIT {

    private static final String DOMAIN = "settled.example";
    private static final String TOKEN = "the-tenants-own-token-with-runtime-rights-00";

    @RegisterExtension
    final OperatorExtension rig =
            Tenants.rigWithLocalSecrets("--final-base=300ms", "--final-cap=1s", "--auth-retry-base=1s");

    private final Scene scene = new Scene(rig);
    private final Tenants tenants = new Tenants(rig, scene);
    private String zone;

    @BeforeEach
    void aSettledZone() {
        zone = tenants.settledZoneOfTheNeighbour(DOMAIN);
    }

    private void secret(String token) {
        scene.secret(rig.namespace(), "mine", Map.of("CLOUDFLARE_API_TOKEN", token));
    }

    @Test
    void aTokenOfOnesOwnMayDoWhatItMayAndIsUsedForNobodyElse() {
        rig.control().putToken("tenant", TOKEN, SimulatorControl.RUNTIME_RIGHTS);
        secret(TOKEN);
        scene.mailDomain(
                "mine", DOMAIN, "credentials: {secretRef: {name: mine}}", rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyDomain(
                "mine", status -> status.isReady().says("CredentialsValid", "Secret " + rig.namespace() + "/mine"));
        assertThat(scene.calls()
                        .filter(call -> call.path("path").asText().contains("/rules"))
                        .filter(call -> call.path("method").asText().equals("POST")))
                .allMatch(call -> call.path("token").asText().equals("tenant"));
        assertThat(scene.addresses(zone)).containsExactly("a@" + DOMAIN);
    }

    @ParameterizedTest
    @CsvSource({"expired, TokenExpired", "disabled, TokenDisabled"})
    void aTokenOfOnesOwnThatEndsIsCalledWhatItIsAndWorksAgainOnceItIsRenewed(String status, String reason) {
        tenantsToken("active");
        secret(TOKEN);
        scene.mailDomain(
                "mine", DOMAIN, "credentials: {secretRef: {name: mine}}", rulesOf(forward("a@" + DOMAIN, TEAM)));
        scene.eventuallyReady("mine");

        tenantsToken(status);
        scene.mailDomain(
                "mine", DOMAIN, "credentials: {secretRef: {name: mine}}", rulesOf(forward("b@" + DOMAIN, TEAM)));
        scene.eventuallyDomain("mine", domain -> domain.isNotReadyBecause(reason));

        tenantsToken("active");
        scene.eventuallyReady("mine");
        assertThat(scene.addresses(zone)).containsExactly("b@" + DOMAIN);
    }

    private void tenantsToken(String status) {
        rig.control()
                .putToken(
                        "tenant",
                        Map.of(
                                "value",
                                TOKEN,
                                "rights",
                                SimulatorControl.RUNTIME_RIGHTS,
                                "zones",
                                List.of("*"),
                                "accounts",
                                List.of("*"),
                                "status",
                                status));
    }

    @Test
    void aSecretOfAnotherNamespaceIsNotFoundByItsName() {
        scene.mailDomain("mine", DOMAIN, "credentials: {secretRef: {name: cloudflare-tokens}}");
        scene.eventuallyDomain("mine", status -> status.isNotReadyBecause("SecretMissing")
                .says("Ready", rig.namespace() + "/cloudflare-tokens"));
        assertThat(tenants.operatorsCalls().map(call -> call.path("path").asText()))
                .as("calls for the MailDomain; those that find out about the account's token are none of them")
                .noneMatch(path -> path.contains(DOMAIN));
    }

    @Test
    void aWorthlessTokenClaimsNothingHoweverOldItsClaim() {
        secret("a-token-that-nobody-ever-made-00000000000000");
        scene.mailDomain("worthless", DOMAIN, "credentials: {secretRef: {name: mine}}");
        scene.eventuallyDomain("worthless", status -> status.isNotReadyBecause("TokenInvalid"));
        tenants.neighbourManages("theirs", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));

        scene.delete("worthless");
        assertThat(scene.addresses(zone)).containsExactly("a@" + DOMAIN);
    }

    @Test
    void aTokenThatSeesNoSuchZoneClaimsNothingEither() {
        rig.control()
                .putToken(
                        "blind",
                        Map.of(
                                "value",
                                "a-token-that-sees-another-zone-alone-0000000",
                                "rights",
                                SimulatorControl.RUNTIME_RIGHTS,
                                "zones",
                                List.of("elsewhere.example"),
                                "accounts",
                                List.of("*")));
        secret("a-token-that-sees-another-zone-alone-0000000");
        scene.mailDomain("blind", DOMAIN, "credentials: {secretRef: {name: mine}}", "zone: {policy: AdoptOnly}");
        scene.eventuallyDomain("blind", status -> status.isNotReadyBecause("ZoneNotFound"));
        tenants.neighbourManages("theirs", DOMAIN, rulesOf(forward("a@" + DOMAIN, TEAM)));
        eventually(() -> assertThat(scene.addresses(zone)).containsExactly("a@" + DOMAIN));
    }
}
