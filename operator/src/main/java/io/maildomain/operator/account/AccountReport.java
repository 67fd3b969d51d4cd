package io.maildomain.operator.account;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.CloudflareAccountStatus;
import io.maildomain.api.v1alpha1.Condition;
import io.maildomain.api.v1alpha1.KeyKind;
import io.maildomain.api.v1alpha1.SurfaceStatus;
import io.maildomain.api.v1alpha1.TokenState;
import io.maildomain.operator.account.AccountStates.SurfaceState;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.conditions.ConditionType;
import io.maildomain.operator.conditions.Conditions;
import io.maildomain.operator.credentials.TokenResolution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes an account's status of what was found. Pure; no token gets in here. */
final class AccountReport {

    private static final int SHOWN = 3;

    private AccountReport() {}

    /** @param users MailDomains that keep an account that is being deleted from going */
    static CloudflareAccountStatus of(
            CloudflareAccount account,
            SurfaceState runtime,
            SurfaceState deploy,
            Verification verification,
            Check binding,
            List<String> users,
            Instant now) {
        Check runtimeCheck = verification.refine(runtime.check());
        List<Check> checks = new ArrayList<>();
        checks.add(ready(runtimeCheck));
        checks.add(runtimeCheck);
        checks.add(deploy.check());
        checks.add(binding);
        if (!runtimeCheck.holds()) {
            boolean stalled = runtimeCheck.status() == Check.Status.FALSE;
            checks.add(runtimeCheck.holding(stalled ? ConditionType.STALLED : ConditionType.RECONCILING));
        } else if (!users.isEmpty()) {
            checks.add(Check.yes(ConditionType.RECONCILING, "InUse", inUse(users)));
        }
        List<Condition> before =
                account.getStatus() == null ? List.of() : account.getStatus().conditions();
        long generation = account.getMetadata().getGeneration();
        return new CloudflareAccountStatus(
                generation,
                Conditions.of(before, checks, generation, now),
                binding.holds(),
                surface(runtime, verification),
                surface(deploy, Verification.notAsked()));
    }

    private static String inUse(List<String> users) {
        String more = users.size() > SHOWN ? " and " + (users.size() - SHOWN) + " more" : "";
        return "deletion waits until no MailDomain uses it: "
                + String.join(", ", users.subList(0, Math.min(SHOWN, users.size()))) + more;
    }

    private static Check ready(Check runtime) {
        return runtime.holds()
                ? Check.yes(ConditionType.READY, "Ready", "the runtime token can be used")
                : runtime.as(ConditionType.READY);
    }

    private static SurfaceStatus surface(SurfaceState state, Verification verification) {
        if (!(state.resolution() instanceof TokenResolution.Found found)) {
            return null;
        }
        KeyKind kind =
                found.kind() == io.maildomain.operator.credentials.KeyKind.SPLIT ? KeyKind.Split : KeyKind.Shared;
        return new SurfaceStatus(
                found.key(),
                kind,
                state.secret().toString(),
                verification.state(),
                verification.expiresAt().orElse(null),
                List.of());
    }

    /**
     * What Cloudflare says of a token by itself. It never makes a token invalid unless it names it expired or disabled:
     * tokens that an account owns get 401 here and work all the same.
     */
    record Verification(TokenState state, Instant expires) {

        static Verification notAsked() {
            return new Verification(TokenState.unknown, null);
        }

        Optional<Instant> expiresAt() {
            return Optional.ofNullable(expires);
        }

        Check refine(Check found) {
            if (!found.holds() || state == TokenState.unknown) {
                return found;
            }
            return state == TokenState.active
                    ? Check.yes(found.type(), "TokenActive", found.message() + " is active")
                    : Check.no(
                            found.type(),
                            "Token" + (state == TokenState.expired ? "Expired" : "Disabled"),
                            found.message() + " is " + state + ": put a new token there");
        }
    }
}
