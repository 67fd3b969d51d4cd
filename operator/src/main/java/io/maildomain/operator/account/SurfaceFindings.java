package io.maildomain.operator.account;

import io.maildomain.api.v1alpha1.KeyKind;
import io.maildomain.api.v1alpha1.RightState;
import io.maildomain.api.v1alpha1.RightStatus;
import io.maildomain.api.v1alpha1.SurfaceStatus;
import io.maildomain.api.v1alpha1.TokenState;
import io.maildomain.operator.account.AccountStates.SurfaceState;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Right;
import io.maildomain.operator.cloudflare.RightStanding;
import io.maildomain.operator.cloudflare.TokenStanding;
import io.maildomain.operator.conditions.Check;
import io.maildomain.operator.credentials.TokenResolution;
import io.maildomain.operator.diagnosis.Catalogue;
import io.maildomain.operator.diagnosis.Diagnosis;
import io.maildomain.operator.diagnosis.DiagnosisContext;
import io.maildomain.operator.outcome.Halt;
import java.util.List;
import java.util.stream.Collectors;

/** All that is known of one surface of an account, and what its condition and its status say of it. Pure; holds a token but shows none. */
record SurfaceFindings(SurfaceState state, Verification verification, TokenStanding standing) {

    /** The surface's condition: what the Secret holds, corrected by what Cloudflare says. */
    Check check() {
        Check found = state.check();
        if (!found.holds()) {
            return found;
        }
        if (verification.saysUnusable()) {
            String reason = verification.state() == TokenState.expired ? "TokenExpired" : "TokenDisabled";
            return Check.no(
                    found.type(), reason, found.message() + " is " + verification.state() + ": put a new token there");
        }
        if (standing.refusal().isPresent()) {
            return refused(found, standing.refusal().get());
        }
        List<Right> missing = missing();
        if (!missing.isEmpty()) {
            return Check.no(found.type(), "PermissionMissing", found.message() + " lacks " + words(missing));
        }
        return verification.state() == TokenState.active
                ? Check.yes(found.type(), "TokenActive", found.message() + " is active" + misplaced())
                : Check.yes(found.type(), found.reason(), found.message() + misplaced());
    }

    /** In the same words as the domains that use the token: one table says what a refusal means. */
    private Check refused(Check found, CloudflareException refusal) {
        Diagnosis meaning = Catalogue.diagnose(refusal, context());
        return Halt.isAboutToken(meaning.reason())
                ? Check.no(found.type(), meaning.reason(), meaning.message())
                : Check.no(
                        found.type(),
                        "TokenRefused",
                        found.message() + " is refused by Cloudflare (" + refusal.words()
                                + "): put a valid token there");
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
    SurfaceStatus status() {
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
                rights());
    }

    List<Right> missing() {
        return Right.of(state.surface()).stream()
                .filter(right -> standing.of(right) == RightStanding.MISSING)
                .toList();
    }

    private List<RightStatus> rights() {
        return Right.of(state.surface()).stream()
                .map(right -> new RightStatus(right.words(), stateOf(standing.of(right)), right.purpose()))
                .toList();
    }

    private String misplaced() {
        return state.misplaced() ? "; " + AccountStates.MISPLACED : "";
    }

    private static RightState stateOf(RightStanding standing) {
        return switch (standing) {
            case GRANTED -> RightState.Granted;
            case READABLE -> RightState.Readable;
            case MISSING -> RightState.Missing;
            case UNKNOWN -> RightState.Unknown;
        };
    }

    private static String words(List<Right> missing) {
        return missing.stream()
                .map(right -> right.words() + " (to " + right.purpose() + ")")
                .collect(Collectors.joining(", ", "", ": add it to the token"));
    }
}
