package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.api.v1alpha1.RightState;
import io.maildomain.api.v1alpha1.RightStatus;
import io.maildomain.api.v1alpha1.SurfaceStatus;
import io.maildomain.api.v1alpha1.TokenState;
import io.maildomain.operator.access.AccountStates;
import io.maildomain.operator.access.AccountStates.SurfaceState;
import io.maildomain.operator.cloudflare.CloudflareCall;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Permission;
import io.maildomain.operator.cloudflare.TokenStanding;
import io.maildomain.operator.cloudflare.errors.Catalogue;
import io.maildomain.operator.cloudflare.errors.Diagnosis;
import io.maildomain.operator.cloudflare.errors.DiagnosisContext;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.credentials.TokenResolution;
import io.maildomain.operator.status.Check;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that is known of one surface of an account, and what its condition and its status say of it. Pure; holds a token but shows none. */
record SurfaceFindings(SurfaceState state, Verification verification, TokenStanding standing) {

    /** The surface's condition: what the Secret holds, corrected by what Cloudflare says. */
    Check check() {
        Check found = state.check();
        if (!found.holds()) {
            return found;
        }
        Optional<Diagnosis> trouble = Catalogue.ofToken(standing, call(), context());
        if (trouble.isPresent()) {
            return refused(found, trouble.get());
        }
        List<Permission> missing = missing();
        if (!missing.isEmpty()) {
            return Check.no(found.type(), Reason.PermissionMissing, found.message() + " lacks " + words(missing));
        }
        return verification.state() == TokenState.active
                ? Check.yes(found.type(), Reason.TokenActive, found.message() + " is active" + misplaced())
                : Check.yes(found.type(), found.reason(), found.message() + misplaced());
    }

    /** In the same words as the domains that use the token: one table says what a refusal means. */
    private static Check refused(Check found, Diagnosis meaning) {
        return meaning.reason().isAboutToken()
                ? Check.no(found.type(), meaning.reason(), meaning.message())
                : Check.no(
                        found.type(),
                        Reason.TokenRefused,
                        found.message() + " is refused by Cloudflare (" + meaning.message()
                                + "): put a valid token there");
    }

    /** One that this surface's token is for. */
    private CloudflareCall call() {
        return state.surface() == Surface.RUNTIME
                ? CloudflareCall.LIST_ZONES
                : standing.refusal().map(CloudflareException::call).orElse(CloudflareCall.VERIFY_TOKEN);
    }

    private DiagnosisContext context() {
        TokenResolution.Found found = (TokenResolution.Found) state.resolution();
        return new DiagnosisContext(
                "",
                found.key(),
                "Secret " + state.secret(),
                "",
                "",
                found.token().isAccountOwned());
    }

    /** The surface's part of the status; null where no key was found, as the status has it then. */
    @Nullable
    SurfaceStatus status() {
        if (!(state.resolution() instanceof TokenResolution.Found found)) {
            return null;
        }
        return new SurfaceStatus(
                found.key(),
                found.kind(),
                state.secret().toString(),
                verification.state(),
                verification.expiresAt().orElse(null),
                rights());
    }

    List<Permission> missing() {
        return Permission.of(state.surface()).stream()
                .filter(right -> standing.of(right) == RightState.Missing)
                .toList();
    }

    private List<RightStatus> rights() {
        return Permission.of(state.surface()).stream()
                .map(right -> new RightStatus(right.describe(), standing.of(right), right.purpose()))
                .toList();
    }

    private String misplaced() {
        return state.misplaced() ? "; " + AccountStates.MISPLACED : "";
    }

    private String words(List<Permission> missing) {
        return missing.stream()
                .map(right -> right.describe() + " (to " + right.purpose() + ")")
                .collect(Collectors.joining(
                        ", ",
                        "",
                        ": add it to the token, or make another one where \"token-url --surface "
                                + state.surface().word() + "\" says"));
    }
}
