package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.credentials.AccountId;
import io.maildomain.operator.credentials.ApiToken;
import io.maildomain.operator.credentials.SecretData;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.credentials.TokenResolution;
import io.maildomain.operator.kubernetes.secrets.AccountSecrets;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import io.maildomain.operator.kubernetes.secrets.SecretState;
import io.maildomain.operator.status.Check;
import io.maildomain.operator.status.ConditionType;
import java.util.List;
import java.util.Optional;

/** What the Secrets of an account hold, surface by surface. Reads Secrets as they are known; pure otherwise. */
public final class AccountStates {

    /** Why a deploy key in the runtime Secret is no good idea. */
    public static final String MISPLACED =
            "key " + Surface.DEPLOY.splitKey() + " lies in the runtime Secret, where an attacker who gets"
                    + " at the running operator gets at it too, though the operator has no need of it: move it to a Secret of"
                    + " its own and name that in spec.deploySecretRef";

    private AccountStates() {}

    /**
     * One surface.
     *
     * @param resolution which token serves it
     * @param check its condition, as far as the Secret by itself tells
     * @param misplaced whether the deploy surface's own key lies in the runtime Secret, which the running operator reads
     */
    public record SurfaceState(
            Surface surface, SecretKey secret, TokenResolution resolution, Check check, boolean misplaced) {

        public Optional<ApiToken> token() {
            return resolution instanceof TokenResolution.Found found ? Optional.of(found.token()) : Optional.empty();
        }
    }

    public static SurfaceState of(CloudflareAccount account, Surface surface, KnownSecrets secrets) {
        SecretKey key = AccountSecrets.of(account, surface);
        ConditionType type =
                surface == Surface.RUNTIME ? ConditionType.RUNTIME_TOKEN_VALID : ConditionType.DEPLOY_TOKEN_VALID;
        SecretState state = secrets.get(key);
        TokenResolution resolution = state instanceof SecretState.Present present
                ? TokenResolution.resolve(surface, SecretData.ofBytes(present.data()))
                : new TokenResolution.Absent(surface.keys());
        return new SurfaceState(
                surface,
                key,
                resolution,
                check(type, surface, key, state, resolution),
                surface == Surface.DEPLOY && isDeployKeyInRuntimeSecret(account, secrets));
    }

    private static boolean isDeployKeyInRuntimeSecret(CloudflareAccount account, KnownSecrets secrets) {
        return secrets.get(AccountSecrets.of(account, Surface.RUNTIME)) instanceof SecretState.Present present
                && SecretData.ofBytes(present.data()).has(Surface.DEPLOY.splitKey());
    }

    private static Check check(
            ConditionType type, Surface surface, SecretKey key, SecretState state, TokenResolution resolution) {
        if (state instanceof SecretState.Unknown unknown) {
            return Check.unknown(type, Reason.SecretUnreadable, unknown.why());
        }
        if (state instanceof SecretState.Absent) {
            return Check.no(
                    type,
                    Reason.SecretMissing,
                    "there is no Secret " + key + ": create it with a token under " + surface.splitKey() + " or "
                            + Surface.SHARED_KEY);
        }
        if (resolution instanceof TokenResolution.Malformed refused) {
            return Check.no(
                    type,
                    Reason.TokenMalformed,
                    "key " + refused.key() + " of Secret " + key + " holds no usable token: " + refused.reason());
        }
        if (resolution instanceof TokenResolution.Found found) {
            return Check.yes(type, Reason.TokenFound, "key " + found.key() + " of Secret " + key);
        }
        Reason reason = surface == Surface.DEPLOY ? Reason.NotConfigured : Reason.TokenMissing;
        return Check.no(
                type,
                reason,
                "Secret " + key + " holds no " + surface.word() + " token: add it under " + surface.splitKey() + " or "
                        + Surface.SHARED_KEY);
    }

    /** The id that the spec names, else the Secret; empty where neither does. */
    public static String accountId(CloudflareAccount account, KnownSecrets secrets) {
        return account.getSpec()
                .wantedAccountId()
                .orElseGet(() -> inSecret(account, secrets) instanceof AccountId.Found found ? found.id() : "");
    }

    private static AccountId inSecret(CloudflareAccount account, KnownSecrets secrets) {
        return secrets.get(AccountSecrets.of(account, Surface.RUNTIME)) instanceof SecretState.Present present
                ? AccountId.resolve(SecretData.ofBytes(present.data()))
                : new AccountId.Absent();
    }

    /** Whether the Secret's first reading is still under way: for a moment after each start. */
    public static boolean isMomentarilyUnknown(CloudflareAccount account, KnownSecrets secrets) {
        return AccountSecrets.all(account).stream()
                .anyMatch(key -> secrets.get(key) instanceof SecretState.Unknown unknown
                        && unknown.cause() == SecretState.Cause.NOT_SYNCED);
    }

    /**
     * Whether zones can be created: not without an account id.
     *
     * @param visible ids of the accounts that the token sees: a single one is named, yet never used by itself
     */
    public static Check domainBinding(CloudflareAccount account, KnownSecrets secrets, List<String> visible) {
        ConditionType type = ConditionType.DOMAIN_BINDING_ENABLED;
        if (account.getSpec().wantedAccountId().isPresent()) {
            return Check.yes(
                    type,
                    Reason.AccountIdKnown,
                    "zones can be created in account " + account.getSpec().accountId());
        }
        SecretKey key = AccountSecrets.of(account, Surface.RUNTIME);
        AccountId id = inSecret(account, secrets);
        if (id instanceof AccountId.Found found) {
            return Check.yes(type, Reason.AccountIdKnown, "zones can be created in account " + found.id());
        }
        if (secrets.get(key) instanceof SecretState.Unknown unknown) {
            return Check.unknown(type, Reason.SecretUnreadable, unknown.why());
        }
        if (id instanceof AccountId.Malformed refused) {
            return Check.no(
                    type,
                    Reason.AccountIdMalformed,
                    "key " + AccountId.KEY + " of Secret " + key + " is not usable: " + refused.reason());
        }
        return Check.no(
                type,
                Reason.AccountIdMissing,
                "zones that exist are adopted, but none can be created: set spec.accountId, or " + AccountId.KEY
                        + " in Secret " + key + onlyAccount(visible));
    }

    /** Names the account, where the token sees exactly one. */
    static String onlyAccount(List<String> visible) {
        return visible.size() == 1 ? " (the token sees one account: " + visible.get(0) + ")" : "";
    }
}
