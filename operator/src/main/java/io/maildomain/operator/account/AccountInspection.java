package io.maildomain.operator.account;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.operator.account.AccountStates.SurfaceState;
import io.maildomain.operator.account.TokenProbes.Look;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.Surface;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One look at an account: what its Secrets hold, what Cloudflare says of the tokens, what is to be warned of. */
final class AccountInspection {

    private final Workshop workshop;
    private final TokenProbes probes;

    AccountInspection(Workshop workshop) {
        this.workshop = workshop;
        this.probes = new TokenProbes(workshop.tokens(), workshop.probing(), workshop.clock());
    }

    /** @param status what the look comes to */
    record Result(CloudflareAccountStatus status, Check runtime) {}

    /** @param users who keep an account that is being deleted from going; nothing is asked of Cloudflare any more then */
    Result inspect(CloudflareAccount account, List<String> users) {
        SurfaceState runtimeState = AccountStates.of(account, Surface.RUNTIME, workshop.secrets());
        SurfaceState deployState = AccountStates.of(account, Surface.DEPLOY, workshop.secrets());
        workshop.users().uses(account, tokens(runtimeState, deployState));

        Look runtimeLook = look(account, runtimeState, managedZones(account));
        Look deployLook = look(account, deployState, runtimeLook.probed().zones());
        Instant now = workshop.clock().instant();
        SurfaceFindings runtime = findings(account, runtimeState, runtimeLook, now);
        SurfaceFindings deploy = findings(account, deployState, deployLook, now);
        Check binding = AccountStates.domainBinding(
                account, workshop.secrets(), runtimeLook.probed().accounts());
        return new Result(AccountReport.of(account, runtime, deploy, binding, users, now), runtime.check());
    }

    void forget(String uid) {
        probes.forget(uid);
        workshop.users().forget(uid).ifPresent(account -> {
            workshop.meta().forget(account);
            workshop.expiry().forget(account);
        });
    }

    Set<String> uids() {
        Set<String> all = new HashSet<>(probes.uids());
        all.addAll(workshop.users().uids());
        return all;
    }

    private Look look(CloudflareAccount account, SurfaceState state, List<String> zones) {
        return state.token()
                .map(token -> probes.look(
                        account.getMetadata().getUid(),
                        state.surface(),
                        token,
                        AccountStates.accountId(account, workshop.secrets()),
                        zones))
                .orElseGet(Look::none);
    }

    private SurfaceFindings findings(CloudflareAccount account, SurfaceState state, Look look, Instant now) {
        SurfaceFindings findings =
                new SurfaceFindings(state, look.probed().verification().at(now), look.standing());
        workshop.expiry().seen(account, findings);
        if (look.fresh()) {
            TokenExpiry.warning(findings, now)
                    .ifPresent(words -> workshop.warnings().warn(account, "TokenExpiresSoon", words));
            if (state.misplaced()) {
                workshop.warnings().warn(account, "DeployKeyInRuntimeSecret", AccountStates.MISPLACED);
            }
        }
        return findings;
    }

    private static Stream<ApiToken> tokens(SurfaceState... states) {
        return Stream.of(states).map(SurfaceState::token).flatMap(Optional::stream);
    }

    /** Zones that MailDomains of this account have noted: what the token is for. */
    private List<String> managedZones(CloudflareAccount account) {
        return AccountUsers.of(account, workshop.cluster())
                .map(MailDomain::getStatus)
                .filter(status -> status != null && status.ownership() != null)
                .flatMap(status -> Optional.ofNullable(status.ownership().zone()).stream())
                .flatMap(zone -> zone.notedId().stream())
                .sorted()
                .toList();
    }
}
