package io.maildomain.operator.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.account.MemorySecrets;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may have a destination address created, and with which token. */
class DestinationCredentialsTest {

    private static final String ID = TestResources.ACCOUNT_ID;
    private static final String EMAIL = "team@corp.example";
    private static final String TOKEN = "runtime-token-runtime-token-runtime-1";

    private final MemorySecrets secrets = new MemorySecrets();
    private final MemoryCluster cluster = MemoryCluster.of(List.of(), List.of());
    private final DestinationCredentials found = of(true);

    private DestinationCredentials of(boolean accounts) {
        Scope scope = new Scope(Set.of(), "mail-system", "us", true, accounts);
        return new DestinationCredentials(scope, cluster, new CredentialsResolver(scope, cluster, secrets), secrets);
    }

    /** An account that lets namespace {@code team} forward to these. */
    private void account(String id, String... forwardTo) {
        cluster.with(TestResources.account(
                "default",
                id,
                new AccessGrant(
                        new NamespaceSelector(Map.of("kubernetes.io/metadata.name", "team"), null),
                        List.of("example.com"),
                        null,
                        null,
                        List.of(forwardTo),
                        null)));
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", TOKEN);
    }

    private Reason reason(String namespace, String email) {
        return ((Unusable) found.resolve(namespace, "default", email)).blocked().reason();
    }

    @Test
    void theOperatorsTokenIsUsedWhereTheAccountLetsTheNamespaceForwardToTheAddress() {
        account(ID, "*@corp.example");

        Usable with = (Usable) found.resolve("team", "default", EMAIL);

        assertThat(with.tokenSource()).isEqualTo("Secret mail-system/tokens");
        assertThat(with.accountId()).isEqualTo(ID);
        assertThat(with.accountName()).isEqualTo("default");
    }

    @Test
    void noOtherNamespaceAndNoOtherAddress() {
        account(ID, "*@corp.example");

        assertThat(reason("other", EMAIL)).isEqualTo(Reason.AccessDenied);
        assertThat(reason("team", "team@elsewhere.example")).isEqualTo(Reason.AccessDenied);
        assertThat(found.resolve("mail-system", "default", "team@elsewhere.example"))
                .isInstanceOf(Usable.class);
    }

    /** That is no refusal. */
    @Test
    void aNamespaceWhoseLabelsAreNotKnownIsNotKnown() {
        account(ID, "*");
        cluster.withLabels("team", Map.of());

        assertThat(((Unusable) found.resolve("team", "default", EMAIL)).isUnknown())
                .isTrue();
    }

    @Test
    void withoutTheAccountsIdNothingCanBeAsked() {
        account(null, "*");
        assertThat(reason("team", EMAIL)).isEqualTo(Reason.AccountIdMissing);

        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", TOKEN, "CLOUDFLARE_ACCOUNT_ID", ID);
        assertThat(found.resolve("team", "default", EMAIL)).isInstanceOf(Usable.class);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(reason("team", EMAIL)).isEqualTo(Reason.AccountNotFound);
        account(ID, "*");
        secrets.remove("mail-system", "tokens");
        assertThat(reason("team", EMAIL)).isEqualTo(Reason.SecretMissing);
        assertThat(((Unusable) of(false).resolve("team", "default", EMAIL))
                        .blocked()
                        .reason())
                .isEqualTo(Reason.AccountsDisabled);
    }

    @Test
    void theSecretsOfTheAccountAreFollowed() {
        account(ID, "*");

        found.follow("default");
        found.follow("nowhere");

        assertThat(secrets.retainedBy("default-uid")).containsExactly(new SecretKey("mail-system", "tokens"));
    }
}
