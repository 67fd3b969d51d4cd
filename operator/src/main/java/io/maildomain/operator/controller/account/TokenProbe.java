package io.maildomain.operator.controller.account;

import io.maildomain.api.v1alpha1.TokenState;
import io.maildomain.operator.cloudflare.AccountSummary;
import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.DeployProbe;
import io.maildomain.operator.cloudflare.TokenVerification;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.credentials.Surface;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Asks with a token for what it should be allowed to read: no more than seven calls, none of which changes anything. What
 * the answers show of the rights is remembered by the client. A first answer that does not come ends it.
 */
final class TokenProbe {

    /** So many calls a probe takes at most. */
    static final int MOST_CALLS = 7;

    private final Cloudflare cloudflare;
    private final String accountId;
    private String trouble = "";

    private TokenProbe(Cloudflare cloudflare, String accountId) {
        this.cloudflare = cloudflare;
        this.accountId = accountId;
    }

    /**
     * @param accountId "" if none is known
     * @param zones ids of zones that matter, the most important first; may be empty
     */
    static Probed run(Surface surface, Cloudflare cloudflare, String accountId, List<String> zones) {
        TokenProbe probe = new TokenProbe(cloudflare, accountId);
        return surface == Surface.RUNTIME ? probe.runtime(zones) : probe.deploy(zones);
    }

    private Probed runtime(List<String> managed) {
        Verification verification = verify();
        List<String> seen = ask(() -> cloudflare.someZones()).stream()
                .flatMap(List::stream)
                .map(Zone::id)
                .toList();
        // A managed zone that the token sees says most; one that it does not see is named by its own MailDomain.
        List<String> zones = Stream.of(managed.stream().filter(seen::contains), seen.stream(), managed.stream())
                .flatMap(part -> part)
                .distinct()
                .toList();
        zones.stream().findFirst().ifPresent(zone -> {
            ask(() -> cloudflare.routing(zone));
            ask(() -> cloudflare.catchAll(zone));
        });
        return new Probed(verification, zones, accountId.isEmpty() ? accounts() : List.of(), trouble);
    }

    private Probed deploy(List<String> zones) {
        Verification verification = verify();
        for (DeployProbe right : DeployProbe.values()) {
            Optional<String> about = right.ofZone()
                    ? zones.stream().findFirst()
                    : Optional.of(accountId).filter(id -> !id.isEmpty());
            about.ifPresent(id -> ask(() -> {
                cloudflare.probe(right, id);
                return true;
            }));
        }
        return new Probed(verification, zones, List.of(), trouble);
    }

    private List<String> accounts() {
        return ask(() -> cloudflare.accounts()).stream()
                .flatMap(List::stream)
                .map(AccountSummary::id)
                .toList();
    }

    /** A token that an account owns is verified there; where Cloudflare does not know it, real calls decide. */
    private Verification verify() {
        return ask(() -> cloudflare.verifyToken())
                .or(() -> accountId.isEmpty() ? Optional.empty() : ask(() -> cloudflare.verifyAccountToken(accountId)))
                .map(TokenProbe::read)
                .orElseGet(Verification::notAsked);
    }

    private <T> Optional<T> ask(Supplier<T> call) {
        if (!trouble.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(call.get());
        } catch (CloudflareException e) {
            if (!isAnswer(e)) {
                trouble = String.valueOf(e.getMessage());
            }
            return Optional.empty();
        }
    }

    private static boolean isAnswer(CloudflareException e) {
        return e.refused()
                .filter(refused -> refused.status() < 500 && refused.status() != 429 && refused.status() != 408)
                .isPresent();
    }

    private static Verification read(TokenVerification answer) {
        TokenState state =
                switch (answer.status()) {
                    case "active" -> TokenState.active;
                    case "expired" -> TokenState.expired;
                    case "disabled" -> TokenState.disabled;
                    default -> TokenState.unknown;
                };
        return new Verification(state, answer.expiresOn().orElse(null));
    }
}
