package io.maildomain.operator.access;

import static io.maildomain.operator.fixture.TestResources.ACCOUNT_ID;
import static io.maildomain.operator.fixture.TestResources.account;
import static io.maildomain.operator.fixture.TestResources.domain;
import static io.maildomain.operator.fixture.TestResources.domainWithSecret;
import static io.maildomain.operator.fixture.TestResources.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.NamespaceRequirement;
import io.maildomain.api.v1alpha1.NamespaceSelector;
import io.maildomain.api.v1alpha1.Ownership;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.SelectorOperator;
import io.maildomain.api.v1alpha1.ZoneOrigin;
import io.maildomain.api.v1alpha1.ZoneOwnership;
import io.maildomain.operator.access.RuntimeCredentials.Unusable;
import io.maildomain.operator.access.RuntimeCredentials.Usable;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.account.MemorySecrets;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.kubernetes.secrets.SecretState.Cause;
import io.maildomain.operator.ownership.MailAction;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.Requeue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CredentialsResolverTest {

    private static final String TOKEN = "a-token-that-must-never-show-up-anywhere";
    private static final String OTHER = "another-token-that-must-never-show-up-00";

    private final List<MailDomain> domains = new ArrayList<>();
    private final MemorySecrets secrets =
            new MemorySecrets().holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", TOKEN);
    private final MemoryCluster cluster = MemoryCluster.of(domains, List.of())
            .with(account("default", null, grant("mail", null, "example.com")))
            .withLabels("mail", Map.of("kubernetes.io/metadata.name", "mail", "team", "post"));

    @Test
    void theTokenOfTheAccountsSecretIsUsed() {
        assertThat(usable(domain("mail", "example.com", 0))).satisfies(with -> {
            assertThat(with.token()).isEqualTo(ApiToken.of(TOKEN));
            assertThat(with.tokenKey()).isEqualTo("CLOUDFLARE_API_TOKEN");
            assertThat(with.tokenSource()).isEqualTo("Secret mail-system/tokens");
            assertThat(with.shownAccount()).isEqualTo("default");
            assertThat(with.accountId()).isEmpty();
        });
    }

    @Test
    void theSplitKeyComesBeforeTheSharedOne() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", OTHER, "CLOUDFLARE_RUNTIME_API_TOKEN", TOKEN);

        assertThat(usable(domain("mail", "example.com", 0)).token()).isEqualTo(ApiToken.of(TOKEN));
    }

    @Test
    void aBlankSplitKeyDoesNotMaskTheSharedOne() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", TOKEN, "CLOUDFLARE_RUNTIME_API_TOKEN", " \n");

        assertThat(usable(domain("mail", "example.com", 0)).tokenKey()).isEqualTo("CLOUDFLARE_API_TOKEN");
    }

    @Test
    void theAccountIdOfTheSpecComesBeforeThatOfTheSecret() {
        String inSecret = "f".repeat(32);
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", TOKEN, "CLOUDFLARE_ACCOUNT_ID", inSecret);
        assertThat(usable(domain("mail", "example.com", 0)).accountId()).isEqualTo(inSecret);

        cluster.with(account("default", ACCOUNT_ID, grant("mail", null, "example.com")));
        assertThat(usable(domain("mail", "example.com", 0)).accountId()).isEqualTo(ACCOUNT_ID);
    }

    @Test
    void aMalformedAccountIdIsSaidWithoutShowingIt() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", TOKEN, "CLOUDFLARE_ACCOUNT_ID", OTHER);

        assertStalled(domain("mail", "example.com", 0), Reason.AccountIdMalformed, "mail-system/tokens");
    }

    @Test
    void aMissingAccountIsWaitedFor() {
        cluster.removeAccounts();

        Unusable unusable = unusable(domain("mail", "example.com", 0));
        assertThat(unusable.blocked().reason()).isEqualTo(Reason.AccountNotFound);
        assertThat(unusable.blocked().requeue()).isEqualTo(Requeue.WAITING);
    }

    @Test
    void aMissingSecretIsWaitedForAndNamed() {
        secrets.remove("mail-system", "tokens");

        Unusable unusable = unusable(domain("mail", "example.com", 0));
        assertThat(unusable.blocked().reason()).isEqualTo(Reason.SecretMissing);
        assertThat(unusable.blocked().message()).contains("mail-system/tokens", "CLOUDFLARE_RUNTIME_API_TOKEN");
        assertThat(unusable.blocked().requeue()).isEqualTo(Requeue.WAITING);
    }

    @Test
    void aSecretThatIsNotReadYetChangesNoConditionAtAStart() {
        secrets.knowing("mail-system", "tokens", new SecretState.Unknown(Cause.NOT_SYNCED, "not yet"));

        Unusable unusable = unusable(domain("mail", "example.com", 0));
        assertThat(unusable.blocked().quiet()).isTrue();
        assertThat(unusable.blocked().requeue()).isEqualTo(Requeue.CONFLICT);
    }

    @Test
    void aSecretThatCannotBeReadIsNotTakenForMissing() {
        secrets.knowing("mail-system", "tokens", new SecretState.Unknown(Cause.FORBIDDEN, "not allowed"));
        Unusable forbidden = unusable(domain("mail", "example.com", 0));
        assertThat(forbidden.blocked().status()).isEqualTo(Check.Status.UNKNOWN);
        assertThat(forbidden.blocked().message()).isEqualTo("not allowed");
        assertThat(forbidden.blocked().quiet()).isFalse();

        secrets.knowing("mail-system", "tokens", new SecretState.Unknown(Cause.API_ERROR, "the API server is down"));
        assertThat(unusable(domain("mail", "example.com", 0)).blocked().requeue())
                .isEqualTo(Requeue.BACKOFF);
    }

    @Test
    void aSecretWithoutATokenSaysWhichKeysWereLookedFor() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_DEPLOY_API_TOKEN", TOKEN);

        assertStalled(domain("mail", "example.com", 0), Reason.TokenMissing, "CLOUDFLARE_RUNTIME_API_TOKEN");
    }

    @Test
    void aMalformedTokenIsSaidWithoutShowingIt() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", "two words " + TOKEN);

        assertStalled(domain("mail", "example.com", 0), Reason.TokenMalformed, "CLOUDFLARE_API_TOKEN");
    }

    @Test
    void aDomainThatIsNotGrantedIsDenied() {
        assertStalled(domain("mail", "example.org", 0), Reason.AccessDenied, "spec.access");
        assertThat(unusable(domain("mail", "example.org", 0)).isDenied()).isTrue();
        assertStalled(domain("elsewhere", "example.com", 0), Reason.AccessDenied, "namespace elsewhere");
    }

    @Test
    void theOperatorsOwnNamespaceMayDoEverything() {
        assertThat(usable(domain("mail-system", "whatever.example", 0)).grants().createZone("whatever.example"))
                .isTrue();
    }

    @Test
    void aGrantGoesByTheLabelsOfTheNamespace() {
        assertThat(usable(domain("mail", "example.com", 0))
                        .grants()
                        .action("example.com", new MailAction.Worker("any")))
                .isTrue();

        cluster.withLabels("mail", Map.of("kubernetes.io/metadata.name", "renamed"));
        assertStalled(domain("mail", "example.com", 0), Reason.AccessDenied, "mail");
    }

    @Test
    void theOldestDomainsUseUpTheLimit() {
        cluster.with(account("default", null, grant("mail", 2, "*")));
        for (int age = 1; age <= 3; age++) {
            domains.add(domain("mail", "example" + age + ".com", age));
        }

        assertThat(of(domains.get(0))).isInstanceOf(Usable.class);
        assertThat(of(domains.get(1))).isInstanceOf(Usable.class);
        assertStalled(domains.get(2), Reason.AccessDenied, "maxDomains");

        domains.remove(0);
        assertThat(of(domains.get(1))).isInstanceOf(Usable.class);
    }

    @Test
    void ofTwoThatAreEquallyOldTheOneThatHasItsZoneKeepsItsPlace() {
        cluster.with(account("default", null, grant("mail", 1, "*")));
        MailDomain first = domain("mail", "a.example", 0);
        MailDomain holder = domain("mail", "b.example", 0);
        holder.setStatus(MailDomainStatus.ofOwnership(
                Ownership.nothing().withZone(new ZoneOwnership("f".repeat(32), ACCOUNT_ID, ZoneOrigin.Adopted, null))));
        domains.addAll(List.of(first, holder));

        assertThat(of(holder)).isInstanceOf(Usable.class);
        assertStalled(first, Reason.AccessDenied, "maxDomains");
    }

    @Test
    void aNamespaceOfWhichNothingIsKnownYetIsGrantedNothingNotEvenByWhatItLacks() {
        NamespaceSelector notRestricted = new NamespaceSelector(
                null, List.of(new NamespaceRequirement("restricted", SelectorOperator.DoesNotExist, null)));
        cluster.with(account(
                        "default",
                        null,
                        new AccessGrant(notRestricted, List.of("*"), true, List.of("*"), List.of("*"), null)))
                .withLabels("new", Map.of());
        assertThat(of(domain("new", "example.com", 0)))
                .as("not known, which is no refusal")
                .isInstanceOfSatisfying(Unusable.class, unusable -> {
                    assertThat(unusable.isUnknown()).isTrue();
                    assertThat(unusable.isDenied()).isFalse();
                });

        cluster.withLabels("new", Map.of("kubernetes.io/metadata.name", "new"));
        assertThat(of(domain("new", "example.com", 0))).isInstanceOf(Usable.class);
    }

    @Test
    void whatMayMakeNoCallIsToldApartFromWhatMay() {
        CredentialsResolver resolver = resolver(false, true);

        assertThat(resolver.isGranted(domain("mail", "example.com", 0))).isTrue();
        assertThat(resolver.isGranted(domain("mail", "example.org", 0))).isFalse();
        assertThat(resolver.isGranted(domain("stranger", "example.com", 0))).isFalse();
        assertThat(resolver.isGranted(domainWithSecret("stranger", "example.com", "found")))
                .isFalse();
        assertThat(resolver.isGranted(new MailDomain())).isFalse();
    }

    @Test
    void domainsThatAreNotGrantedTakeNobodysPlace() {
        cluster.with(account("default", null, grant("mail", 1, "example.com")));
        domains.add(domain("mail", "denied.org", 0));
        domains.add(domain("mail", "example.com", 1));

        assertThat(of(domains.get(1))).isInstanceOf(Usable.class);
    }

    @Test
    void aSecretOfTheNamespaceIsUsedWhereTheInstallationAllowsIt() {
        secrets.holding("mail", "mine", "CLOUDFLARE_API_TOKEN", OTHER);
        MailDomain domain = domainWithSecret("mail", "example.org", "mine");

        CredentialsResolver resolver = resolver(true, true);
        assertThat(resolver.resolve(domain)).isInstanceOfSatisfying(Usable.class, with -> {
            assertThat(with.token()).isEqualTo(ApiToken.of(OTHER));
            assertThat(with.shownAccount()).isEqualTo("Secret mail/mine");
            assertThat(with.grants().domain("example.org")).isTrue();
        });
        assertThat(secrets.retainedBy(uid(domain)))
                .as("looking credentials up follows nothing")
                .isEmpty();

        resolver.follow(domain);
        assertThat(secrets.retainedBy(uid(domain))).containsExactly(new SecretKey("mail", "mine"));
    }

    @Test
    void aSecretOfTheNamespaceIsNotEvenReadWhereTheInstallationForbidsIt() {
        MailDomain domain = domainWithSecret("mail", "example.com", "mine");

        assertStalled(domain, Reason.LocalSecretsDisabled, "accountRef");
        resolver(false, true).follow(domain);
        assertThat(secrets.retainedBy(uid(domain))).isEmpty();
    }

    @Test
    void aSecretThatADomainUsesNoMoreIsFollowedNoMore() {
        secrets.holding("mail", "mine", "CLOUDFLARE_API_TOKEN", OTHER);
        MailDomain domain = domainWithSecret("mail", "example.com", "mine");
        CredentialsResolver resolver = resolver(true, true);
        resolver.follow(domain);

        domain.setSpec(domain("mail", "example.com", 0).getSpec());
        resolver.follow(domain);
        assertThat(secrets.retainedBy(uid(domain))).isEmpty();

        domain.setSpec(domainWithSecret("mail", "example.com", "mine").getSpec());
        resolver.follow(domain);
        resolver.forget(domain);
        assertThat(secrets.retainedBy(uid(domain))).isEmpty();
    }

    @Test
    void withoutAccountsASecretMustBeNamed() {
        assertThat(resolver(true, false).resolve(domain("mail", "example.com", 0)))
                .isInstanceOfSatisfying(
                        Unusable.class,
                        unusable -> assertThat(unusable.blocked().reason()).isEqualTo(Reason.AccountsDisabled));
    }

    @Test
    void theSecretsOfAnAccountAreFollowedUnderTheAccount() {
        resolver(false, true).follow(domain("mail", "example.com", 0));
        CloudflareAccount account = cluster.account("default").orElseThrow();

        assertThat(secrets.retainedBy(account.getMetadata().getUid()))
                .containsExactly(new SecretKey("mail-system", "tokens"));
    }

    @Test
    void theSecretsOfAnAccountThatDeniesTheDomainAreNotFollowedForIt() {
        MailDomain denied = domain("mail", "denied.org", 0);

        resolver(false, true).follow(denied);

        CloudflareAccount account = cluster.account("default").orElseThrow();
        assertThat(secrets.retainedBy(account.getMetadata().getUid())).isEmpty();
        assertThat(secrets.retainedBy(uid(denied))).isEmpty();
    }

    @Test
    void aSecretIsFollowedNoMoreOnceTheDomainNamesAnAccountThatDeniesIt() {
        MailDomain domain = domainWithSecret("mail", "denied.org", "mine");
        CredentialsResolver resolver = resolver(true, true);
        resolver.follow(domain);

        domain.setSpec(domain("mail", "denied.org", 0).getSpec());
        resolver.follow(domain);

        assertThat(secrets.retainedBy(uid(domain))).isEmpty();
    }

    private void assertStalled(MailDomain domain, Reason reason, String words) {
        Unusable unusable = unusable(domain);
        assertThat(unusable.blocked().reason()).isEqualTo(reason);
        assertThat(unusable.blocked().message()).contains(words);
        assertThat(unusable.blocked().requeue()).isEqualTo(Requeue.STALLED);
    }

    private Usable usable(MailDomain domain) {
        return (Usable) of(domain);
    }

    private Unusable unusable(MailDomain domain) {
        return (Unusable) of(domain);
    }

    private RuntimeCredentials of(MailDomain domain) {
        RuntimeCredentials credentials = resolver(false, true).resolve(domain);
        assertThat(credentials.toString()).doesNotContain(TOKEN, OTHER);
        return credentials;
    }

    private CredentialsResolver resolver(boolean localSecrets, boolean accounts) {
        return new CredentialsResolver(
                new Scope(Set.of(), "mail-system", "us", localSecrets, accounts), cluster, secrets);
    }

    private static String uid(MailDomain domain) {
        return domain.getMetadata().getUid();
    }
}
