package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.access.AccountStates;
import io.maildomain.operator.access.AccountStates.SurfaceState;
import io.maildomain.operator.access.CredentialsResolver;
import io.maildomain.operator.controller.ChangeLog;
import io.maildomain.operator.controller.CloudflareSession;
import io.maildomain.operator.controller.account.TokenProbes.Look;
import io.maildomain.operator.controller.sweep.CheckAge;
import io.maildomain.operator.controller.sweep.Sweeps;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.kubernetes.informers.ResourceCache;
import io.maildomain.operator.kubernetes.secrets.AccountSecrets;
import io.maildomain.operator.status.Check;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One look at an account: what its Secrets hold, what Cloudflare says of the tokens, what is to be warned of. */
public final class AccountInspection {

    private final CredentialsResolver.Secrets secrets;
    private final ResourceCache resources;
    private final TokenProbes probes;
    private final AccountMeta meta;
    private final AccountTokens tokens;
    private final Sweeps sweeps;
    private final ChangeLog log;
    private final Clock clock;

    /**
     * Asks nothing yet.
     *
     * @param secrets follows the account's Secrets
     * @param meta is told what {@code /api/meta} shows
     * @param tokens is told which tokens an account uses
     * @param sweeps know how old what is known with a token is
     */
    public AccountInspection(
            CredentialsResolver.Secrets secrets,
            ResourceCache resources,
            TokenProbes probes,
            AccountMeta meta,
            AccountTokens tokens,
            Sweeps sweeps,
            ChangeLog log,
            Clock clock) {
        this.secrets = secrets;
        this.resources = resources;
        this.probes = probes;
        this.meta = meta;
        this.tokens = tokens;
        this.sweeps = sweeps;
        this.log = log;
        this.clock = clock;
    }

    /** @param status what the look comes to */
    record Result(CloudflareAccountStatus status, Check runtime) {}

    /**
     * Follows the account's Secrets, and says what they hold.
     *
     * @param users the resources that keep an account that is being deleted from going
     * @param session for its calls
     * @return empty where a Secret cannot be read for a moment: what was said before stays
     */
    Optional<Result> inspect(CloudflareAccount account, List<String> users, CloudflareSession session) {
        secrets.retainFirst(uid(account), AccountSecrets.all(account));
        if (AccountStates.isMomentarilyUnknown(account, secrets)) {
            return Optional.empty();
        }
        Result found = found(account, users, session);
        meta.remember(account, found.status());
        return Optional.of(found);
    }

    private Result found(CloudflareAccount account, List<String> users, CloudflareSession session) {
        SurfaceState runtimeState = AccountStates.of(account, Surface.RUNTIME, secrets);
        SurfaceState deployState = AccountStates.of(account, Surface.DEPLOY, secrets);
        tokens.uses(account, tokensOf(runtimeState, deployState));

        Look runtimeLook = look(account, runtimeState, () -> managedZones(account), session);
        Look deployLook = look(account, deployState, runtimeLook.probed()::zones, session);
        Instant now = clock.instant();
        SurfaceFindings runtime = findings(account, runtimeState, runtimeLook, now);
        SurfaceFindings deploy = findings(account, deployState, deployLook, now);
        Check binding = AccountStates.domainBinding(
                account, secrets, runtimeLook.probed().accounts());
        return new Result(
                AccountReport.of(account, runtime, deploy, binding, checks(account), users, now), runtime.check());
    }

    private AccountChecks checks(CloudflareAccount account) {
        CheckAge age = AccountStates.of(account, Surface.RUNTIME, secrets)
                .token()
                .flatMap(token -> sweeps.ageOf(token.fingerprint()))
                .orElse(null);
        return AccountChecks.of(account.getStatus(), age);
    }

    /** This status with what is to be said of the account's checks by now, which takes no call. */
    CloudflareAccountStatus withChecks(CloudflareAccount account, CloudflareAccountStatus status) {
        AccountChecks checks = checks(account);
        List<Condition> all = checks.among(
                status.conditions(), status.conditions(), account.getMetadata().getGeneration(), clock.instant());
        return status.withConditions(all).withChecks(checks.lastChecked(), checks.interval());
    }

    /** The MailDomains that use the account, by namespace and name, and what is deployed with it. */
    List<String> users(CloudflareAccount account) {
        return Stream.concat(
                        AccountUsers.of(account, resources).map(AccountInspection::nameOf),
                        AccountUsers.deployedWith(account, resources)
                                .map(deployed -> ChangeLog.nameOf(deployed.resource())))
                .sorted()
                .toList();
    }

    private static String nameOf(MailDomain domain) {
        return domain.getMetadata().getNamespace() + "/" + domain.getMetadata().getName();
    }

    /** The account is gone, however it went. */
    void forget(String uid) {
        secrets.retain(uid, Set.of());
        probes.forget(uid);
        tokens.forget(uid).ifPresent(meta::forget);
    }

    /** The accounts of which something is remembered. */
    Set<String> uids() {
        Set<String> all = new HashSet<>(probes.uids());
        all.addAll(tokens.uids());
        return all;
    }

    private Look look(
            CloudflareAccount account, SurfaceState state, Supplier<List<String>> zones, CloudflareSession session) {
        return state.token()
                .map(token -> probes.look(
                        uid(account),
                        state.surface(),
                        token,
                        AccountStates.accountId(account, secrets),
                        zones,
                        session))
                .orElseGet(Look::none);
    }

    private SurfaceFindings findings(CloudflareAccount account, SurfaceState state, Look look, Instant now) {
        SurfaceFindings findings = new SurfaceFindings(
                state, look.probed().verification().at(now), look.standing().at(now));
        if (look.fresh()) {
            TokenExpiry.warning(findings, now).ifPresent(words -> log.warned(account, Reason.TokenExpiresSoon, words));
            if (state.misplaced()) {
                log.warned(account, Reason.DeployKeyInRuntimeSecret, AccountStates.MISPLACED);
            }
        }
        return findings;
    }

    private static Stream<ApiToken> tokensOf(SurfaceState... states) {
        return Stream.of(states).map(SurfaceState::token).flatMap(Optional::stream);
    }

    /** Zones that MailDomains of this account have noted: what the token is for. */
    private List<String> managedZones(CloudflareAccount account) {
        return AccountUsers.of(account, resources)
                .map(MailDomain::getStatus)
                .filter(status -> status != null && status.ownership() != null)
                .flatMap(status -> Optional.ofNullable(status.ownership().zone()).stream())
                .flatMap(zone -> zone.notedId().stream())
                .sorted()
                .toList();
    }

    private static String uid(CloudflareAccount account) {
        return account.getMetadata().getUid();
    }
}
