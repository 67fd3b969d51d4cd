package io.maildomain.operator.controller.account;

import static io.maildomain.operator.fixture.TestResources.ACCOUNT_ID;
import static io.maildomain.operator.fixture.TestResources.domain;
import static io.maildomain.operator.fixture.TestResources.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountSpec;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.DeploySource;
import io.maildomain.api.v1alpha1.KeyKind;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailSite;
import io.maildomain.api.v1alpha1.MailSiteSpec;
import io.maildomain.api.v1alpha1.MailWorker;
import io.maildomain.api.v1alpha1.MailWorkerSpec;
import io.maildomain.api.v1alpha1.SecretRef;
import io.maildomain.api.v1alpha1.TokenState;
import io.maildomain.operator.cloudflare.ClientSettings;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareClients;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.config.OperatorSettings.Probing;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.ControllerParts;
import io.maildomain.operator.controller.DomainLocks;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.fixture.FakeEnvironment;
import io.maildomain.operator.fixture.Remembered;
import io.maildomain.operator.fixture.ScenarioDsl;
import io.maildomain.operator.fixture.ShiftedClock;
import io.maildomain.operator.fixture.TestResources;
import io.maildomain.operator.kubernetes.informers.MemoryCluster;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.ownership.MemoryStore;
import io.maildomain.operator.ownership.ResourceWriter;
import io.maildomain.operator.status.ConditionType;
import io.maildomain.operator.status.Conditions;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.SimulatorOptions;
import io.maildomain.simulator.faults.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The controller with the real client against the simulator. */
class CloudflareAccountReconcilerTest {

    private static final String MINTED = "a-token-that-this-test-minted-0123456789-mine";
    private static final String[] RUNTIME_RIGHTS = ScenarioDsl.runtimeRights();

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final ShiftedClock clock = ShiftedClock.stoppedAt(TestResources.NOW);
    private final CloudflareClients clients =
            new CloudflareClients(settings(simulator.apiUri()), clock, new SimpleMeterRegistry(), () -> true);
    private final MemoryStore<CloudflareAccount, CloudflareAccountSpec, CloudflareAccountStatus> store =
            new MemoryStore<>(CloudflareAccount::new, (status, ownership) -> status);
    private final List<MailDomain> domains = new ArrayList<>();
    private final List<MailWorker> workers = new ArrayList<>();
    private final List<MailSite> sites = new ArrayList<>();
    private final MemoryCluster cluster =
            new MemoryCluster(() -> domains, List::of, () -> workers).withMailSites(() -> sites);
    private final MemorySecrets secrets = new MemorySecrets();
    private final AccountMeta meta = new AccountMeta();
    private final List<String> warnings = new ArrayList<>();
    private final ChangeLog log =
            new ChangeLog((about, type, reason, message) -> warnings.add(reason + ": " + message));
    private final CloudflareAccountReconciler reconciler = new CloudflareAccountReconciler(
            new ControllerParts<>(
                    store,
                    null,
                    clients,
                    clock,
                    new DomainLocks(),
                    FakeEnvironment.rescheduling(),
                    FakeEnvironment.noSweeps(clients),
                    log),
            new AccountInspection(
                    secrets,
                    cluster,
                    new TokenProbes(clients, new Probing(Duration.ofDays(1), Duration.ofMinutes(10)), clock),
                    meta,
                    new AccountTokens(gone -> {}),
                    FakeEnvironment.noSweeps(clients),
                    log,
                    clock));
    private final CloudflareAccount account =
            store.put(TestResources.account("default", null, grant("mail", null, "*")));

    @AfterEach
    void stop() {
        clients.close();
        simulator.close();
    }

    @Test
    void anAccountWithAWorkingTokenIsReadyAndAskedAboutOnce() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());

        reconcile();
        reconcile();

        assertThat(condition(ConditionType.READY).status()).isEqualTo("True");
        assertThat(condition(ConditionType.RUNTIME_TOKEN_VALID).reason()).isEqualTo("TokenActive");
        assertThat(status().runtime().key()).isEqualTo("CLOUDFLARE_API_TOKEN");
        assertThat(status().runtime().kind()).isEqualTo(KeyKind.Shared);
        assertThat(status().runtime().source()).isEqualTo("mail-system/tokens");
        assertThat(store.statuses()).hasSize(1);
        assertThat(callsTo("/user/tokens/verify")).isEqualTo(2);
    }

    @Test
    void ofItsThousandsOfDomainsNoneIsVisitedWhereNothingIsProbed() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        IntStream.range(0, 5_000).forEach(i -> domains.add(domain("mail", "d" + i + ".example", i)));

        assertThat(cluster.visitsOf(this::reconcile))
                .as("a probe asks for their zones")
                .isPositive();
        assertThat(cluster.visitsOf(this::reconcile)).isZero();
    }

    @Test
    void ofAccountsThatComeAndGoNothingIsLeft() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        List<CloudflareAccount> many = IntStream.range(0, 100)
                .mapToObj(i -> store.put(TestResources.account("account-" + i, null)))
                .toList();
        many.forEach(one -> reconciler.reconcile(one, null));
        assertThat(ofAccounts()).filteredOn(size -> size >= 50).hasSizeGreaterThanOrEqualTo(3);

        many.forEach(one -> {
            store.remove(one);
            reconciler.forget(one.getMetadata().getUid());
        });
        assertThat(reconciler.uids()).isEmpty();
        assertThat(ofAccounts()).containsOnly(0);
    }

    /** How much is held of accounts. What all kinds share is looked at by {@code NothingIsKeptTest}. */
    private List<Integer> ofAccounts() {
        return Remembered.by(reconciler).entrySet().stream()
                .filter(field ->
                        field.getKey().startsWith("Account") || field.getKey().startsWith("TokenProbes"))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Test
    void itStaysWhileAMailWorkerOrMailSiteIsDeployedWithIt() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        MailWorker worker = new MailWorker();
        worker.setMetadata(TestResources.meta("mail", "mailbox", 0));
        worker.setSpec(MailWorkerSpec.of("mailbox", DeploySource.ofConfigMap("files"), "2026-04-01"));
        workers.add(worker);
        MailSite site = new MailSite();
        site.setMetadata(TestResources.meta("mail", "web", 0));
        site.setSpec(MailSiteSpec.of("web", DeploySource.ofConfigMap("files")));
        sites.add(site);
        CloudflareAccount going = store.live(account).orElseThrow();
        going.getMetadata().setDeletionTimestamp(TestResources.NOW.toString());
        store.put(going);

        reconciler.cleanup(going, null);
        assertThat(store.live(account)).isPresent();
        assertThat(condition(ConditionType.RECONCILING).message())
                .contains("MailSite mail/web", "MailWorker mail/mailbox");

        workers.clear();
        reconciler.cleanup(going, null);
        assertThat(condition(ConditionType.RECONCILING).message())
                .contains("MailSite mail/web")
                .doesNotContain("MailWorker");

        sites.clear();
        reconciler.cleanup(going, null);
        assertThat(store.live(account)).isEmpty();
    }

    @Test
    void noTokenIsInTheStatus() {
        secrets.holding(
                "mail-system",
                "tokens",
                "CLOUDFLARE_RUNTIME_API_TOKEN",
                simulator.startToken(),
                "CLOUDFLARE_DEPLOY_API_TOKEN",
                "not a token " + simulator.startToken());

        reconcile();

        assertThat(status().toString()).doesNotContain(simulator.startToken());
        assertThat(status().runtime().kind()).isEqualTo(KeyKind.Split);
        assertThat(condition(ConditionType.DEPLOY_TOKEN_VALID).reason()).isEqualTo("TokenMalformed");
        assertThat(meta.accounts().toString()).doesNotContain(simulator.startToken());
    }

    @Test
    void aRotatedTokenIsAskedAboutAgainAndSoIsAnOldOneAfterADay() {
        useZone();
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_RUNTIME_API_TOKEN", simulator.startToken());
        reconcile();
        assertThat(callsTo("/user/tokens/verify")).isEqualTo(1);
        secrets.holding(
                "mail-system",
                "tokens",
                "CLOUDFLARE_RUNTIME_API_TOKEN",
                minted("next", RUNTIME_RIGHTS).value());
        reconcile();
        assertThat(callsTo("/user/tokens/verify")).isEqualTo(2);

        clock.passes(Duration.ofHours(23));
        reconcile();
        assertThat(callsTo("/user/tokens/verify")).isEqualTo(2);
        clock.passes(Duration.ofHours(2));
        reconcile();
        assertThat(callsTo("/user/tokens/verify")).isEqualTo(3);
    }

    @Test
    void aProbeShowsWhichRightsCanBeReadWithAndWhichAreMissing() {
        useZone();
        holdingMinted("Zone: Zone: Edit", "Zone: Email Routing Rules: Edit");

        reconcile();

        assertThat(rights())
                .containsExactly(
                        "Zone: Zone: Edit Readable",
                        "Zone: Email Routing Rules: Edit Readable",
                        "Zone: Zone Settings: Edit Missing");
        assertThat(condition(ConditionType.READY).reason()).isEqualTo("PermissionMissing");
        assertThat(condition(ConditionType.RUNTIME_TOKEN_VALID).message())
                .contains(
                        "Zone: Zone Settings: Edit",
                        "key CLOUDFLARE_RUNTIME_API_TOKEN of Secret mail-system/tokens",
                        "enable Email Routing")
                .doesNotContain("Zone: Zone: Edit");
    }

    @Test
    void aRightThatIsAddedIsSeenAtTheNextProbe() {
        useZone();
        holdingMinted("Zone: Zone: Edit", "Zone: Email Routing Rules: Edit");
        reconcile();
        minted("mine", RUNTIME_RIGHTS);

        clock.passes(Duration.ofMinutes(11));
        reconcile();

        assertThat(condition(ConditionType.READY).status()).isEqualTo("True");
        assertThat(rights()).allMatch(right -> right.endsWith("Readable"));
    }

    @Test
    void aWriteThatSucceedsShowsThatTheRightIsGrantedAndARefusedOneThatItIsNot() {
        String zone = useZone();
        holdingMinted(RUNTIME_RIGHTS);
        reconcile();
        Cloudflare client = clients.forToken(ApiToken.of(MINTED));

        client.enableRouting(zone);
        reconcile();
        assertThat(rights()).contains("Zone: Zone Settings: Edit Granted", "Zone: Zone: Edit Readable");

        minted("mine", "Zone: Zone: Edit", "Zone: Zone Settings: Read", "Zone: Email Routing Rules: Edit");
        assertThatThrownBy(() -> client.disableRouting(zone)).isInstanceOf(CloudflareException.class);
        reconcile();
        assertThat(rights()).contains("Zone: Zone Settings: Edit Missing");
    }

    @Test
    void withoutAnyZoneNothingIsSaidOfTheRightsThatNeedOne() {
        holdingMinted(RUNTIME_RIGHTS);

        reconcile();

        assertThat(rights()).allMatch(right -> right.endsWith("Unknown"));
        assertThat(condition(ConditionType.READY).status()).isEqualTo("True");
    }

    @Test
    void theDeploySurfaceHasRightsOfItsOwnAndDoesNotMakeTheAccountUnready() {
        useZone();
        minted("mine", RUNTIME_RIGHTS);
        String deployToken = simulator
                .controls()
                .putToken("deploy", "Account: D1: Edit", "Account: Workers Scripts: Edit", "Zone: Workers Routes: Edit")
                .value();
        secrets.holding(
                "mail-system",
                "tokens",
                "CLOUDFLARE_RUNTIME_API_TOKEN",
                MINTED,
                "CLOUDFLARE_ACCOUNT_ID",
                ACCOUNT_ID,
                "CLOUDFLARE_DEPLOY_API_TOKEN",
                deployToken);

        reconcile();

        assertThat(status().deploy().rights())
                .extracting(right -> right.right() + " " + right.state())
                .containsExactly(
                        "Account: D1: Edit Readable",
                        "Account: Workers Scripts: Edit Readable",
                        "Account: Workers R2 Storage: Edit Missing",
                        "Account: Cloudflare Pages: Edit Missing",
                        "Zone: Workers Routes: Edit Readable");
        assertThat(status().deploy().rights())
                .allMatch(right -> !right.purpose().isBlank());
        assertThat(condition(ConditionType.DEPLOY_TOKEN_VALID).reason()).isEqualTo("PermissionMissing");
        assertThat(condition(ConditionType.READY).status()).isEqualTo("True");
    }

    @Test
    void aSharedTokenMustHoldBothSetsOnlyWhereItServesBothSurfaces() {
        useZone();
        minted("mine", RUNTIME_RIGHTS);
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", MINTED, "CLOUDFLARE_ACCOUNT_ID", ACCOUNT_ID);
        reconcile();
        assertThat(condition(ConditionType.RUNTIME_TOKEN_VALID).status()).isEqualTo("True");
        assertThat(condition(ConditionType.DEPLOY_TOKEN_VALID).message()).contains("Account: D1: Edit");

        secrets.holding(
                "mail-system",
                "tokens",
                "CLOUDFLARE_API_TOKEN",
                MINTED,
                "CLOUDFLARE_DEPLOY_API_TOKEN",
                simulator.startToken(),
                "CLOUDFLARE_ACCOUNT_ID",
                ACCOUNT_ID);
        reconcile();

        assertThat(status().runtime().kind()).isEqualTo(KeyKind.Shared);
        assertThat(condition(ConditionType.DEPLOY_TOKEN_VALID).status()).isEqualTo("True");
    }

    @Test
    void aDeployKeyInTheRuntimeSecretIsWarnedOf() {
        secrets.holding(
                "mail-system",
                "tokens",
                "CLOUDFLARE_RUNTIME_API_TOKEN",
                simulator.startToken(),
                "CLOUDFLARE_DEPLOY_API_TOKEN",
                simulator.startToken());

        reconcile();

        assertThat(condition(ConditionType.DEPLOY_TOKEN_VALID).message()).contains("spec.deploySecretRef");
        assertThat(warnings).singleElement().asString().startsWith("DeployKeyInRuntimeSecret: ");
    }

    @Test
    void aTokenThatExpiresWithinTwoWeeksIsWarnedOf() {
        clock.passes(Duration.between(clock.instant(), Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        Instant end = clock.instant().plus(Duration.ofDays(13));
        minted("mine", RUNTIME_RIGHTS);
        simulator.controls().putToken("mine", status("active").put("expiresOn", end.toString()));
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_RUNTIME_API_TOKEN", MINTED);

        reconcile();
        reconcile();

        assertThat(status().runtime().expiresAt()).isEqualTo(end);
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("TokenExpiresSoon: the runtime token (key CLOUDFLARE_RUNTIME_API_TOKEN")
                .contains(end.toString());
    }

    @Test
    void aTokenThatCloudflareRefusesInRealCallsIsCalledWhatItsDomainsCallItWhateverTheVerificationSays() {
        secrets.holding(
                "mail-system", "tokens", "CLOUDFLARE_API_TOKEN", "cfat_a-token-that-nobody-has-ever-heard-of-0000");

        reconcile();

        assertThat(condition(ConditionType.RUNTIME_TOKEN_VALID).reason()).isEqualTo("TokenInvalid");
        assertThat(condition(ConditionType.READY).message())
                .startsWith("Cloudflare does not know the runtime token (key CLOUDFLARE_API_TOKEN of Secret"
                        + " mail-system/tokens)")
                .contains("put a valid token under that key");
        assertThat(status().runtime().state()).isEqualTo(TokenState.unknown);
    }

    @Test
    void withoutAnAccountIdTheOnlyAccountThatTheTokenSeesIsNamedAndNotUsed() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());

        reconcile();

        assertThat(condition(ConditionType.DOMAIN_BINDING_ENABLED).message())
                .contains("spec.accountId", "(the token sees one account: " + ACCOUNT_ID + ")");
        assertThat(status().domainBindingEnabled()).isFalse();
    }

    @Test
    void aTokenThatIsSwitchedOffIsSaidAndHealsWithoutADayOfWaiting() {
        secrets.holding(
                "mail-system",
                "tokens",
                "CLOUDFLARE_API_TOKEN",
                minted("mine", RUNTIME_RIGHTS).value());
        simulator.controls().putToken("mine", status("disabled"));
        Duration next = reconcile();
        assertThat(condition(ConditionType.READY).reason()).isEqualTo("TokenDisabled");
        assertThat(condition(ConditionType.STALLED).status()).isEqualTo("True");
        assertThat(next).isLessThan(Duration.ofMinutes(1));

        simulator.controls().putToken("mine", status("active"));
        clock.passes(Duration.ofMinutes(11));
        reconcile();

        assertThat(condition(ConditionType.READY).status()).isEqualTo("True");
    }

    @Test
    void aRefusedVerificationMakesNoTokenInvalid() {
        minted("mine", RUNTIME_RIGHTS);
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_RUNTIME_API_TOKEN", MINTED);
        simulator.controls().failNext("GET", "verify", Fault.status(401));
        useZone();

        reconcile();

        assertThat(condition(ConditionType.RUNTIME_TOKEN_VALID).reason()).isEqualTo("TokenFound");
        assertThat(status().runtime().state()).isEqualTo(TokenState.unknown);
    }

    @Test
    void aTokenThatAnAccountOwnsIsAskedAboutInThatAccountWhereverItsIdStands() {
        ObjectNode owned = status("active");
        owned.put("value", "cfat_0123456789abcdefghijklmnopqrstuvwxyz0000");
        simulator.controls().putToken("owned", owned);
        secrets.holding(
                "mail-system",
                "tokens",
                "CLOUDFLARE_API_TOKEN",
                "cfat_0123456789abcdefghijklmnopqrstuvwxyz0000",
                "CLOUDFLARE_ACCOUNT_ID",
                ACCOUNT_ID);

        reconcile();

        assertThat(status().runtime().state()).isEqualTo(TokenState.active);
    }

    @Test
    void aServerErrorDoesNotMakeAnActiveTokenUnknown() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        reconcile();
        clock.passes(Duration.ofDays(2));
        simulator.controls().failNext("GET", "verify", Fault.status(503));

        reconcile();

        assertThat(status().runtime().state()).isEqualTo(TokenState.active);
        assertThat(store.statuses()).hasSize(1);
    }

    @Test
    void aSecretThatIsNotReadYetWritesNothing() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        reconcile();
        secrets.knowing("mail-system", "tokens", new SecretState.Unknown(SecretState.Cause.NOT_SYNCED, "not yet"));

        assertThat(reconcile()).isEqualTo(Duration.ofSeconds(2));

        assertThat(store.statuses()).hasSize(1);
    }

    @Test
    void aMissingSecretIsSaidWithTheKeysThatWouldDo() {
        reconcile();

        assertThat(condition(ConditionType.READY).reason()).isEqualTo("SecretMissing");
        assertThat(condition(ConditionType.STALLED).message()).contains("CLOUDFLARE_RUNTIME_API_TOKEN");
        assertThat(condition(ConditionType.DOMAIN_BINDING_ENABLED).reason()).isEqualTo("AccountIdMissing");
        assertThat(status().runtime()).isNull();
        assertThat(simulator.controls().calls()).isEmpty();
    }

    @Test
    void aSecretThatCannotBeReadIsUnknownAndReconciling() {
        secrets.knowing("mail-system", "tokens", new SecretState.Unknown(SecretState.Cause.FORBIDDEN, "not allowed"));

        reconcile();

        assertThat(condition(ConditionType.READY).status()).isEqualTo("Unknown");
        assertThat(condition(ConditionType.RECONCILING).message()).isEqualTo("not allowed");
        assertThat(condition(ConditionType.DOMAIN_BINDING_ENABLED).status()).isEqualTo("Unknown");
    }

    @Test
    void eachSurfaceHasItsOwnSecretAndIsFollowed() {
        CloudflareAccount live = store.live(account).orElseThrow();
        live.setSpec(new CloudflareAccountSpec(
                new SecretRef("mail-system", "tokens"), new SecretRef("mail-system", "deploy"), ACCOUNT_ID, null));
        store.put(live);
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        secrets.holding("mail-system", "deploy", "CLOUDFLARE_RUNTIME_API_TOKEN", simulator.startToken());

        reconcile();

        assertThat(condition(ConditionType.DEPLOY_TOKEN_VALID).reason()).isEqualTo("NotConfigured");
        assertThat(status().domainBindingEnabled()).isTrue();
        assertThat(secrets.retainedBy(uid()))
                .containsExactlyInAnyOrder(
                        new SecretKey("mail-system", "tokens"), new SecretKey("mail-system", "deploy"));
        assertThat(meta.accounts().get("default").cloudflareDomainBindingEnabled())
                .isTrue();
    }

    @Test
    void anAccountInUseStaysAndSaysWhoUsesItAndWaitsEverLonger() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        domains.add(domain("mail", "example.com", 0));
        domains.add(domain("mail", "example.org", 0));

        DeleteControl first = cleanup();
        DeleteControl second = cleanup();

        assertThat(store.live(account).orElseThrow().getMetadata().getFinalizers())
                .containsExactly(ResourceWriter.FINALIZER);
        assertThat(condition(ConditionType.RECONCILING).reason()).isEqualTo("InUse");
        assertThat(condition(ConditionType.RECONCILING).message()).contains("mail/example-com", "mail/example-org");
        assertThat(second.getScheduleDelay().orElseThrow())
                .isGreaterThan(first.getScheduleDelay().orElseThrow());
    }

    @Test
    void anAccountThatNobodyUsesGoesAndIsForgotten() {
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_API_TOKEN", simulator.startToken());
        reconcile();

        cleanup();

        assertThat(store.live(account)).isEmpty();

        assertThat(secrets.retainedBy(uid())).isEmpty();
        assertThat(meta.accounts()).isEmpty();
    }

    private io.maildomain.simulator.state.Token minted(String name, String... rights) {
        if (name.equals("mine")) {
            simulator.controls().putToken(name, status("active").put("value", MINTED));
        }
        return simulator.controls().putToken(name, rights);
    }

    private void holdingMinted(String... rights) {
        minted("mine", rights);
        secrets.holding("mail-system", "tokens", "CLOUDFLARE_RUNTIME_API_TOKEN", MINTED);
    }

    /** An active zone in the account. */
    private String useZone() {
        String zone = clients.forToken(ApiToken.of(simulator.startToken()))
                .createZone("example.com", ACCOUNT_ID)
                .id();
        simulator.controls().clearCalls();
        return zone;
    }

    private List<String> rights() {
        return status().runtime().rights().stream()
                .map(right -> right.right() + " " + right.state())
                .toList();
    }

    private long callsTo(String route) {
        return simulator.controls().calls().stream()
                .filter(call -> call.path().endsWith(route))
                .count();
    }

    private static ObjectNode status(String status) {
        return JsonNodeFactory.instance.objectNode().put("status", status);
    }

    private Duration reconcile() {
        return reconciler
                .reconcile(store.live(account).orElseThrow(), null)
                .getScheduleDelay()
                .map(Duration::ofMillis)
                .orElseThrow();
    }

    private DeleteControl cleanup() {
        CloudflareAccount live = store.live(account).orElseThrow();
        live.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        live.getMetadata().setFinalizers(new ArrayList<>(List.of(ResourceWriter.FINALIZER)));
        return reconciler.cleanup(store.put(live), null);
    }

    private CloudflareAccountStatus status() {
        return store.live(account).orElseThrow().getStatus();
    }

    private Condition condition(ConditionType type) {
        return Conditions.find(status().conditions(), type).orElseThrow();
    }

    private String uid() {
        return account.getMetadata().getUid();
    }

    /** A refused token is tried again at once: what is tested here is not that wait. */
    private static ClientSettings settings(URI api) {
        ClientSettings usual = ClientSettings.defaults(api, "test");
        return new ClientSettings(
                usual.baseUrl(),
                usual.callTimeout(),
                usual.connectTimeout(),
                usual.requestsPerWindow(),
                usual.window(),
                usual.reservePercent(),
                // Real time passes here, however the clock is moved: over before the next call.
                Duration.ofNanos(1),
                Duration.ofNanos(1),
                usual.userAgent(),
                usual.egress());
    }
}
