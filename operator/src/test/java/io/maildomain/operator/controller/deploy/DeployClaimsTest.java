package io.maildomain.operator.controller.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.AccountRef;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.DeployGrant;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.SecretRef;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.access.DeployGrants;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.account.MemorySecrets;
import io.maildomain.operator.controller.deploy.DeployClaims.Claimed;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.kubernetes.secrets.SecretState.Cause;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.Requeue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeployClaimsTest {

    private static final String ID = TestResources.ACCOUNT_ID;
    private static final String TOKEN = "a-token-a-token-a-token-a-token-a-token-1";

    private final MemorySecrets secrets = new MemorySecrets();
    private final MemoryCluster cluster = MemoryCluster.of(List.of(), List.of());
    private final DeployClaims claims = new DeployClaims(
            new DeployCredentialsResolver(new Scope(Set.of(), "mail-system", "us", true, true), cluster, secrets));

    private final DeployedResource mine = site("team", "default", "2026-01-02T00:00:00Z");
    private final DeployedResource older = site("others", "other", "2026-01-01T00:00:00Z");

    @BeforeEach
    void accounts() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", TOKEN);
        secrets.holding("mail-system", "other-tokens", "CLOUDFLARE_API_TOKEN", TOKEN);
        account("default", "tokens", ID, "team");
        account("other", "other-tokens", ID, "others");
    }

    private void account(String name, String secret, String id, String namespace) {
        AccessGrant entry = TestResources.grant(namespace, null, "example.com");
        CloudflareAccount account = TestResources.account(
                name,
                id,
                new AccessGrant(
                        entry.namespaces(),
                        entry.domains(),
                        null,
                        null,
                        null,
                        null,
                        new DeployGrant(null, null, null, List.of("web"), null, null)));
        account.setSpec(new CloudflareAccountSpec(
                new SecretRef("mail-system", secret),
                null,
                id,
                account.getSpec().access()));
        cluster.with(account);
    }

    private static DeployedResource site(String namespace, String account, String created) {
        MailSite site = new MailSite();
        site.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("web")
                .withUid(namespace)
                .withCreationTimestamp(created)
                .build());
        site.setSpec(new MailSiteSpec(
                new AccountRef(account),
                "web",
                new DeploySource(null, null, null),
                null,
                null,
                null,
                null,
                null,
                null,
                null));
        return DeployedResource.of(site).orElseThrow();
    }

    private void unreadable(Cause cause) {
        secrets.knowing("mail-system", "other-tokens", new SecretState.Unknown(cause, "it is not readable"));
    }

    private Optional<Blocked> lost() {
        return claims.lost(
                mine,
                Stream.of(mine, older),
                ID,
                DeployGrants::target,
                new Claimed("deploys to web", "choose another spec.project"));
    }

    @Test
    void theOldestOfThoseThatMayHasIt() {
        assertThat(lost()).hasValueSatisfying(why -> assertThat(why.message())
                .isEqualTo("an older MailSite deploys to web: one of another namespace. Delete one of the two, or"
                        + " choose another spec.project"));
        assertThat(claims.lost(older, Stream.of(mine, older), ID, DeployGrants::target, new Claimed("", "")))
                .isEmpty();
    }

    @Test
    void oneThatCertainlyMayNotKeepsNoOtherFromIt() {
        secrets.remove("mail-system", "other-tokens");
        assertThat(lost()).as("no Secret").isEmpty();

        secrets.holding("mail-system", "other-tokens", "CLOUDFLARE_API_TOKEN", TOKEN);
        account("other", "other-tokens", "f".repeat(32), "others");
        assertThat(lost()).as("another account of Cloudflare").isEmpty();

        account("other", "other-tokens", ID, "elsewhere");
        assertThat(lost()).as("not granted").isEmpty();
    }

    @Test
    void oneThatPerhapsMayIsWaitedFor() {
        unreadable(Cause.NOT_SYNCED);
        assertThat(lost()).hasValueSatisfying(why -> {
            assertThat(why.quiet()).isTrue();
            assertThat(why.requeue()).isEqualTo(Requeue.CONFLICT);
        });

        unreadable(Cause.FORBIDDEN);
        assertThat(lost()).hasValueSatisfying(why -> {
            assertThat(why.quiet()).isFalse();
            assertThat(why.status()).isEqualTo(Check.Status.UNKNOWN);
            assertThat(why.message()).contains("perhaps an older MailSite deploys to web");
        });
    }

    @Test
    void whatIsKnownWithoutTheSecretCounts() {
        unreadable(Cause.NOT_SYNCED);
        account("other", "other-tokens", "f".repeat(32), "others");
        assertThat(lost()).as("another account of Cloudflare").isEmpty();

        account("other", "other-tokens", null, "others");
        assertThat(lost()).as("it may be this account").isPresent();

        account("other", "other-tokens", ID, "elsewhere");
        assertThat(lost()).as("not granted").isEmpty();
    }

    @Test
    void oneThatCertainlyHasItIsNamedBeforeOneThatPerhapsDoes() {
        unreadable(Cause.FORBIDDEN);
        DeployedResource between = site("mail-system", "default", "2026-01-01T12:00:00Z");

        assertThat(claims.lost(
                        mine, Stream.of(between, older, mine), ID, DeployGrants::target, new Claimed("has it", "go")))
                .hasValueSatisfying(why -> assertThat(why.status()).isEqualTo(Check.Status.FALSE));
    }
}
