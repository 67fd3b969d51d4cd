package io.maildomain.operator.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.DeployGrant;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.SecretRef;
import io.maildomain.operator.access.DeployCredentials.Unusable;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.account.MemorySecrets;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeployCredentialsResolverTest {

    private static final String ID = TestResources.ACCOUNT_ID;
    private static final String OTHER_ID = "f".repeat(32);
    private static final String SPLIT = "split-token-split-token-split-token-1";
    private static final String SHARED = "shared-token-shared-token-shared-1";

    private final MemorySecrets secrets = new MemorySecrets();
    private final MemoryCluster cluster = MemoryCluster.of(List.of(), List.of());
    private final DeployCredentialsResolver resolver =
            new DeployCredentialsResolver(new Scope(Set.of(), "mail-system", "us", true, true), cluster, secrets);

    private void account(String id, SecretRef deploy) {
        AccessGrant entry = TestResources.grant("team", null, "example.com");
        CloudflareAccount account = TestResources.account(
                "default",
                id,
                new AccessGrant(
                        entry.namespaces(),
                        entry.domains(),
                        null,
                        null,
                        null,
                        null,
                        new DeployGrant(List.of("mailbox-*"), null, null, null, null, null)));
        CloudflareAccountSpec spec = account.getSpec();
        account.setSpec(new CloudflareAccountSpec(spec.secretRef(), deploy, id, spec.access()));
        cluster.with(account);
    }

    private Usable usable(String namespace) {
        return (Usable) resolver.resolve(namespace, "default");
    }

    private Reason reason() {
        return ((Unusable) resolver.resolve("team", "default")).blocked().reason();
    }

    @Test
    void theDeployKeyComesBeforeTheSharedOne() {
        account(ID, null);
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", SHARED);
        assertThat(usable("team").tokenKey()).isEqualTo("CLOUDFLARE_API_TOKEN");

        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", SHARED, "CLOUDFLARE_DEPLOY_API_TOKEN", SPLIT);
        assertThat(usable("team").tokenKey()).isEqualTo("CLOUDFLARE_DEPLOY_API_TOKEN");

        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", SHARED, "CLOUDFLARE_DEPLOY_API_TOKEN", " ");
        assertThat(usable("team").tokenKey()).as("blank is absent").isEqualTo("CLOUDFLARE_API_TOKEN");
    }

    @Test
    void keysOfTwoSecretsAreNotMixed() {
        account(ID, new SecretRef("mail-system", "deploy"));
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", SHARED, "CLOUDFLARE_DEPLOY_API_TOKEN", SPLIT);
        assertThat(reason()).isEqualTo(Reason.SecretMissing);

        secrets.holding("mail-system", "deploy", "ELSE", "x");
        assertThat(reason()).isEqualTo(Reason.NotConfigured);
    }

    @Test
    void theAccountIdIsTheSpecsElseThatBesideTheDeployTokenElseThatBesideTheOther() {
        account(null, new SecretRef("mail-system", "deploy"));
        secrets.holding("mail-system", "deploy", "CLOUDFLARE_API_TOKEN", SPLIT);
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", SHARED);
        assertThat(reason()).isEqualTo(Reason.AccountIdMissing);

        secrets.holding("mail-system", "tokens", "CLOUDFLARE_ACCOUNT_ID", ID);
        assertThat(usable("team").accountId()).isEqualTo(ID);

        secrets.holding("mail-system", "deploy", "CLOUDFLARE_API_TOKEN", SPLIT, "CLOUDFLARE_ACCOUNT_ID", OTHER_ID);
        assertThat(usable("team").accountId()).isEqualTo(OTHER_ID);

        account(ID, new SecretRef("mail-system", "deploy"));
        assertThat(usable("team").accountId()).isEqualTo(ID);

        account(null, new SecretRef("mail-system", "deploy"));
        secrets.holding("mail-system", "deploy", "CLOUDFLARE_API_TOKEN", SPLIT, "CLOUDFLARE_ACCOUNT_ID", "nonsense");
        assertThat(reason()).isEqualTo(Reason.AccountIdMalformed);
    }

    @Test
    void whatIsGrantedIsGrantedByTheEntriesOfTheNamespace() {
        account(ID, null);
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", SHARED);

        assertThat(usable("team").grants().worker("mailbox-worker")).isTrue();
        assertThat(usable("team").grants().worker("other")).isFalse();
        assertThat(usable("stranger").grants().worker("mailbox-worker")).isFalse();
        assertThat(usable("mail-system").grants().worker("other")).isTrue();
    }

    @Test
    void aSecretThatIsNotReadYetIsNotMissing() {
        account(ID, null);
        secrets.knowing("mail-system", "tokens", new SecretState.Unknown(SecretState.Cause.NOT_SYNCED, "a moment"));

        assertThat(reason()).isEqualTo(Reason.SecretUnreadable);
        assertThat(((Unusable) resolver.resolve("team", "default")).blocked().quiet())
                .isTrue();
    }

    @Test
    void ownSecretsAreFollowedForTheResourceAndTheAccountsForAllItsUsers() {
        account(ID, new SecretRef("mail-system", "deploy"));

        resolver.follow("uid", "default", Set.of(new SecretKey("team", "mailbox")));

        assertThat(secrets.retainedBy("uid")).containsExactly(new SecretKey("team", "mailbox"));
        assertThat(secrets.retainedBy("default-uid"))
                .containsExactlyInAnyOrder(
                        new SecretKey("mail-system", "tokens"), new SecretKey("mail-system", "deploy"));
        resolver.forget("uid");
        assertThat(secrets.retainedBy("uid")).isEmpty();
    }
}
