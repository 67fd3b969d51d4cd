package io.maildomain.operator.controller.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.api.v1alpha1.AccountRef;
import io.maildomain.api.v1alpha1.DeletionPolicy;
import io.maildomain.api.v1alpha1.DeployGrant;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.DeployCredentials.Usable;
import io.maildomain.operator.access.DeployCredentialsResolver;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.config.OperatorSettings.Scope;
import io.maildomain.operator.controller.CleanupResult;
import io.maildomain.operator.controller.account.MemorySecrets;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.DeployedResource;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.kubernetes.secrets.SecretState.Cause;
import io.maildomain.operator.status.Blocked;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployCleanupTest {

    private static final String TOKEN = "a-token-a-token-a-token-a-token-a-token-1";

    private final MemorySecrets secrets = new MemorySecrets();
    private final MemoryCluster cluster = MemoryCluster.of(List.of(), List.of());
    private final DeployCredentialsResolver credentials =
            new DeployCredentialsResolver(new Scope(Set.of(), "mail-system", "us", true, true), cluster, secrets);
    private final DeployCleanup cleanup = new DeployCleanup(credentials, new LastDeployCredentials(credentials));
    private final MailSite site = site();
    private final Recorded kind = new Recorded();

    /** Says what was asked of it. */
    private static final class Recorded implements DeployCleanup.Undoing {
        final List<String> done = new ArrayList<>();
        boolean nothing;
        String account = TestResources.ACCOUNT_ID;
        Optional<Blocked> lost = Optional.empty();

        @Override
        public String what() {
            return "site";
        }

        @Override
        public boolean isNothing() {
            return nothing;
        }

        @Override
        public Optional<String> accountId() {
            return Optional.of(account);
        }

        @Override
        public Optional<Blocked> lost(Usable with) {
            return lost;
        }

        @Override
        public CleanupResult kept(String why) {
            done.add("kept: " + why);
            return new CleanupResult.Done();
        }

        @Override
        public CleanupResult undo(Usable with) {
            done.add("undone");
            return new CleanupResult.Done();
        }

        @Override
        public Blocked blocked(CloudflareException e, Usable with) {
            throw new AssertionError("no call failed", e);
        }
    }

    private static MailSite site() {
        MailSite site = new MailSite();
        site.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("web")
                .withUid("uid")
                .build());
        site.setSpec(spec(DeletionPolicy.Delete));
        return site;
    }

    private static MailSiteSpec spec(DeletionPolicy policy) {
        return new MailSiteSpec(
                new AccountRef("default"),
                "web",
                new DeploySource(null, null, null),
                null,
                null,
                null,
                null,
                null,
                policy,
                null);
    }

    @BeforeEach
    void anAccountThatGrantsIt() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", TOKEN);
        granting("web");
    }

    private void granting(String project) {
        AccessGrant entry = TestResources.grant("team", null, "example.com");
        cluster.with(TestResources.account(
                "default",
                TestResources.ACCOUNT_ID,
                new AccessGrant(
                        entry.namespaces(),
                        entry.domains(),
                        null,
                        null,
                        null,
                        null,
                        new DeployGrant(null, null, null, List.of(project), null, null))));
    }

    private CleanupResult run() {
        return cleanup.run(DeployedResource.of(site).orElseThrow(), kind);
    }

    @Test
    void whatIsItsOwnIsUndone() {
        assertThat(run()).isEqualTo(new CleanupResult.Done());
        assertThat(kind.done).containsExactly("undone");
    }

    @Test
    void whatIsToStayOrWasNeverDoneIsLeftWithoutAWord() {
        kind.nothing = true;
        assertThat(run()).isEqualTo(new CleanupResult.Done());
        kind.nothing = false;
        site.setSpec(spec(DeletionPolicy.Retain));
        assertThat(run()).isEqualTo(new CleanupResult.Done());

        assertThat(kind.done).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", " true\n"})
    void theAnnotationLetsItGoThoughItsTokenIsMissing(String value) {
        secrets.knowing("mail-system", "tokens", new SecretState.Unknown(Cause.FORBIDDEN, "it is not readable"));
        assertThat(run()).isInstanceOf(CleanupResult.Waiting.class);
        assertThat(kind.done).isEmpty();

        site.getMetadata().setAnnotations(Map.of("maildomain.io/abandon", value));
        assertThat(run()).isEqualTo(new CleanupResult.Done());
        assertThat(kind.done).containsExactly("kept: given up by annotation");
    }

    @Test
    void anotherAccountIsNotAsked() {
        kind.account = "another";

        assertThat(run()).isInstanceOfSatisfying(CleanupResult.Waiting.class, waiting -> assertThat(
                        waiting.why().reason())
                .isEqualTo(Reason.DeployAccountChanged));
        assertThat(kind.done).isEmpty();
    }

    @Test
    void whatIsNotGrantedAnyMoreStays() {
        granting("other");

        assertThat(run()).isEqualTo(new CleanupResult.Done());
        assertThat(kind.done).containsExactly("kept: the account does not grant it to this namespace any more");
    }

    @Test
    void whatIsAnothersIsLeftAndWhatMayBeIsWaitedFor() {
        kind.lost = Optional.of(Blocked.waiting(ConditionType.TARGETS_READY, Reason.DeployedByAnother, "an older one"));
        assertThat(run()).isEqualTo(new CleanupResult.Done());

        Blocked perhaps = new Blocked(
                ConditionType.TARGETS_READY,
                Check.Status.UNKNOWN,
                Reason.DeployedByAnother,
                "perhaps an older one",
                Requeue.BACKOFF,
                Duration.ZERO,
                false);
        kind.lost = Optional.of(perhaps);
        assertThat(run()).isEqualTo(new CleanupResult.Waiting(perhaps));

        assertThat(kind.done).isEmpty();
    }
}
